import type { KeyboardEvent } from 'react';
import { matches } from '../../commands/keys.ts';
import { say } from '../../i18n/setup.ts';
import { counted, inSentence, titleOr, typeName } from '../../text/names.ts';
import { headings, nearest, towards } from '../../ui/stage/directions.ts';
import type { Points } from './layout/positions.ts';
import type { NetNode } from './model/model.ts';
import type { Scene } from './stage/useScene.ts';
import { gather } from './state.ts';
import type { NetworkStore } from './state.ts';

const panStep = 80;
const commands: Readonly<Record<string, string>> = {
  '+': 'network.zoomIn',
  '=': 'network.zoomIn',
  '-': 'network.zoomOut',
  '0': 'network.fit',
  l: 'network.link',
  k: 'network.lasso',
  Enter: 'network.open',
  Delete: 'network.delete',
  Escape: 'network.clear',
};

/**
 * The next neighbour of a node after `last`, clockwise from the top; the first without `last`; `back` reverses. Null without neighbours.
 */
export function nextNeighbour(
  from: string,
  last: string | null,
  neighbours: readonly string[],
  points: Points,
  back = false,
): string | null {
  const centre = points.get(from);
  if (!centre || neighbours.length === 0) return null;
  const angle = (id: string): number => {
    const point = points.get(id) ?? centre;
    return (Math.atan2(point.x - centre.x, point.y - centre.y) + 2 * Math.PI) % (2 * Math.PI);
  };
  const inOrder = neighbours.toSorted((a, b) => angle(a) - angle(b) || (a < b ? -1 : 1));
  const at = last === null ? -1 : inOrder.indexOf(last);
  if (at < 0) return (back ? inOrder.at(-1) : inOrder[0]) ?? null;
  return inOrder[(at + (back ? -1 : 1) + inOrder.length) % inOrder.length] ?? null;
}

/** A node in words, for screen readers. */
export function spokenNode({ title, type, links }: NetNode, isSelected: boolean): string {
  return say(isSelected ? 'network:saidSelected' : 'network:said', {
    title: titleOr(title, type),
    type: inSentence(typeName(type)),
    links: counted('interface', links),
  });
}

/** The node whose neighbours Page Up and Page Down visit. */
export interface Visit {
  centre: string;
  last: string | null;
}

interface Context {
  scene: Scene;
  store: NetworkStore;
  visit: { current: Visit | null };
  /** The focus moves to a node; null if there is none in that direction. */
  onFocus: (id: string | null) => void;
  run: (command: string) => boolean;
}

function centralNode({ scene: { stage, layout } }: Context): string | null {
  const { x, y } = stage.camera.viewport();
  return nearest({ x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 }, layout.points);
}

function visitNeighbour(context: Context, cursor: string, back: boolean): string | null {
  const { neighbours, points } = context.scene.layout;
  const visit = context.visit.current;
  // From a neighbour reached this way, continue with the same centre.
  const centre = visit?.last === cursor ? visit.centre : cursor;
  const last = centre === cursor ? null : cursor;
  const next = nextNeighbour(centre, last, neighbours.get(centre) ?? [], points, back);
  context.visit.current = next === null ? null : { centre, last: next };
  return next;
}

/** Handles a key on the network. Returns whether it was used. */
export function onNetworkKey(event: KeyboardEvent, context: Context): boolean {
  const { scene, store } = context;
  const { cursor } = store.getState();
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  const heading = headings[event.key];
  if (heading && !hasModifier) {
    const { x, y } = heading;
    if (event.shiftKey) scene.stage.camera.panBy(x * panStep, y * panStep);
    else {
      context.visit.current = null;
      // y of the layout points up.
      const next =
        cursor === null ? centralNode(context) : towards(cursor, { x, y: -y }, scene.layout.points);
      context.onFocus(next);
    }
    return true;
  }
  if (event.key === 'PageDown' || event.key === 'PageUp') {
    const back = event.key === 'PageUp';
    context.onFocus(cursor === null ? centralNode(context) : visitNeighbour(context, cursor, back));
    return true;
  }
  if (event.key === 'Home') {
    const nodes = [...scene.layout.model.nodes.values()];
    context.onFocus(nodes.toSorted((a, b) => b.links - a.links)[0]?.id ?? null);
    return true;
  }
  if (event.key === ' ') {
    if (cursor !== null) gather(store, cursor);
    return true;
  }
  if (matches('mod+A', event)) return context.run('network.selectAll');
  const command = commands[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  return !hasModifier && command !== undefined && context.run(command);
}
