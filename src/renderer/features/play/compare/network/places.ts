import type { NodeType } from '#shared/contract/network.ts';
import { say } from '../../../../i18n/setup.ts';
import { titleOr } from '../../../../text/names.ts';
import { extent } from '../../../network/layout/places.ts';
import type { Points } from '../../../network/layout/places.ts';
import type { Point } from '../../../network/model/model.ts';
import type { Mark, Picture } from './model.ts';

/** How far in one is, and which point of the layout is in the middle. */
export interface Look {
  zoom: number;
  /** Moved by so much, in px. */
  by: Point;
}

export const whole: Look = { zoom: 1, by: { x: 0, y: 0 } };

interface Size {
  width: number;
  height: number;
}

/** Room around the picture for names and what lies over it, in px. */
const margin = { x: 90, y: 48 };

/** Where everything stands in px: the whole fits, as far as one has not come nearer. */
export function onScreen(points: Points, { width, height }: Size, { zoom, by }: Look): Map<string, Point> {
  const { x, y } = extent(points.values());
  const across = Math.max(40, width - 2 * margin.x) / (x[1] - x[0]);
  const up = Math.max(40, height - 2 * margin.y) / (y[1] - y[0]);
  const scale = Math.min(across, up, 1.4) * zoom;
  const middle = { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 };
  return new Map(
    [...points].map(([id, point]) => [
      id,
      {
        x: width / 2 + by.x + (point.x - middle.x) * scale,
        y: height / 2 + by.y + (point.y - middle.y) * scale,
      },
    ]),
  );
}

interface Chooseable {
  id: string;
  title: string;
  mark: Mark;
  at: Point;
}

/** Something that differs and can be chosen: a record, a link at its middle, or what a record joined or left, nearer to that record. */
export type Item = Chooseable &
  ({ kind: 'node'; type: NodeType } | { kind: 'link' | 'membership'; type: 'interface' });

/** Where on a line its mark stands: 0 where it begins, 1 at its other end. */
const onLine = { link: 0.5, membership: 0.42 } as const;

/** All that can be chosen, with where it stands. */
export function itemsOf({ nodes, links }: Picture, places: Points): Item[] {
  const records = nodes.flatMap(({ id, type, title, mark, found }): Item[] => {
    const at = places.get(id);
    return found && mark && at ? [{ id, kind: 'node', type, title, mark, at }] : [];
  });
  const names = new Map(nodes.map(({ id, title, type }) => [id, titleOr(title, type)]));
  const between = links.flatMap((link): Item[] => {
    const { id, from, to, mark, found } = link;
    const [start, end] = [places.get(from), places.get(to)];
    if (!found || !mark || !start || !end) return [];
    const kind = link.kind === 'reference' ? 'membership' : 'link';
    const share = onLine[kind];
    const at = { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share };
    const belongs = { what: names.get(from) ?? '', to: names.get(to) ?? '' };
    const title = kind === 'link' ? link.title : say('compare:network.belongs', belongs);
    return [{ id, kind, type: 'interface', title, mark, at }];
  });
  return [...records, ...between];
}

const ways: Readonly<Record<string, Point>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** The one that a key leads to from another, or undefined: the nearest that way, the first and the last. */
export function walked(items: readonly Item[], from: string | null, key: string): Item | undefined {
  const way = ways[key];
  const here = items.find(({ id }) => id === from);
  if (key === 'Home' || (way && !here)) return items[0];
  if (key === 'End') return items.at(-1);
  if (!way || !here) return undefined;
  const far = ({ at }: Item): number => {
    const [x, y] = [at.x - here.at.x, at.y - here.at.y];
    const ahead = x * way.x + y * way.y;
    const aside = Math.abs(x * way.y) + Math.abs(y * way.x);
    return ahead > 0 && aside <= ahead * 1.5 ? ahead + aside : Infinity;
  };
  const near = items.filter((one) => one !== here).toSorted((a, b) => far(a) - far(b))[0];
  return near && far(near) < Infinity ? near : undefined;
}
