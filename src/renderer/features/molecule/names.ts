import type { Box } from './camera.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../i18n/setup.ts';
import { choiceName } from '../../text/names.ts';
import type { NetNode, Point } from '../network/model/model.ts';
import { boxesOverlap, shortenLabel } from '../network/stage/labels.ts';
import type { Box as LabelBox } from '../network/stage/labels.ts';
import { mostDots } from './members.ts';
import type { Molecule } from './members.ts';
import { ringRadius } from './geometry.ts';
import type { Placed, PlacedNucleus, Sector } from './geometry.ts';
import { nodeName } from '../network/model/model.ts';

export const nodeRadius = { university: 20, project: 22, faculty: 10, team: 13, student: 4.5 } as const;
export const orbitRadius = 26;
/** Approximate width of a letter relative to its height. */
const letterWidth = 0.56;
const ranks = { project: 0, university: 0, team: 1, faculty: 2, student: 3 } as const;

/** Distance of a label's baseline below its node. */
export function nameBelow(node: NetNode, students: number, fontSize: number): number {
  return (students > 0 && students <= mostDots ? orbitRadius + 6 : nodeRadius[node.type] * 1.2) + fontSize;
}

interface NodeNames {
  shown: ReadonlySet<string>;
  areas: readonly LabelBox[];
}

/** Labels of nuclei are always shown, then those of teams, then of faculty, most links first. */
export function namesWithRoom(
  { nuclei, points }: Placed,
  { students }: Molecule,
  fontSize: number,
): NodeNames {
  const nodes = nuclei.flatMap(({ node, teams, faculty }) => [node, ...teams, ...faculty]);
  nodes.sort((a, b) => ranks[a.type] - ranks[b.type] || b.links - a.links);
  const around = ({ x, y }: Point, half: number): LabelBox => ({
    left: x - half,
    right: x + half,
    top: y - half,
    bottom: y + half,
  });
  const taken = nodes.map((node) => ({
    id: node.id,
    area: around(points.get(node.id) ?? { x: 0, y: 0 }, nodeRadius[node.type] * 0.8),
  }));
  const shown = new Set<string>();
  for (const node of nodes) {
    const { x, y } = points.get(node.id) ?? { x: 0, y: 0 };
    const half = (shortenLabel(nodeName(node)).length * letterWidth * fontSize) / 2;
    const base = y + nameBelow(node, students.get(node.id)?.length ?? 0, fontSize);
    const area = {
      left: x - half,
      right: x + half,
      top: base - fontSize * 0.9,
      bottom: base + fontSize * 0.2,
    };
    const isHidden = taken.some((other) => other.id !== node.id && boxesOverlap(area, other.area));
    if (isHidden && ranks[node.type] > 0) continue;
    taken.push({ id: node.id, area });
    shown.add(node.id);
  }
  return { shown, areas: taken.map(({ area }) => area) };
}

type Anchor = 'start' | 'middle' | 'end';

export interface GroundName {
  key: string;
  kind: 'sector' | 'ring';
  text: string;
  /** Relative to the centre of the nucleus. */
  at: Point;
  anchor: Anchor;
  fontSize: number;
}

/** Beyond the outermost ring, where sector labels are. */
const rim = ringRadius.outgoing + 52;

/** Possible positions of a sector label, best first. */
function sectorPlaces(
  { from, to }: Sector,
  scale: number,
  fontSize: number,
): { at: Point; anchor: Anchor }[] {
  const middle = (from + to) / 2;
  const [cos, sin] = [Math.cos(middle), Math.sin(middle)];
  // Team labels are below their nodes, so sector labels in the lower half move further down.
  const below = Math.max(0, sin) * 44;
  const anchor = Math.abs(cos) < 0.35 ? 'middle' : cos > 0 ? 'start' : 'end';
  return [0, 1.3, 2.6, 3.9].map((lines) => {
    const out = rim * scale + lines * fontSize;
    return { at: { x: out * cos, y: out * sin + below }, anchor };
  });
}

function areaOf({ at, anchor, text, fontSize }: GroundName, centre: Point): LabelBox {
  const width = text.length * letterWidth * fontSize;
  const left = centre.x + at.x - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
  const base = centre.y + at.y;
  return { left, right: left + width, top: base - fontSize * 0.9, bottom: base + fontSize * 0.2 };
}

function namesOf({ scale, sectors }: PlacedNucleus, fontSize: number): GroundName[][] {
  const small = fontSize * 0.92;
  return [
    ...sectors.map((sector) =>
      sectorPlaces(sector, scale, fontSize).map((place): GroundName => ({
        ...place,
        key: `sector ${sector.discipline}`,
        kind: 'sector',
        text: sector.discipline === '' ? say('molecule:noDiscipline') : choiceName(sector.discipline),
        fontSize,
      })),
    ),
    ...vocabulary.lifecycle.map((stage): GroundName[] => [
      {
        key: `ring ${stage}`,
        kind: 'ring',
        text: choiceName(stage),
        at: { x: 0, y: -ringRadius[stage] * scale + fontSize / 3 },
        anchor: 'middle',
        fontSize: small,
      },
    ]),
  ];
}

/** The labels of sectors and rings that fit between those of nodes, by nucleus id. */
export function groundNames(
  { nuclei }: Placed,
  areas: readonly LabelBox[],
  { x, y, width, height }: Box,
  fontSize: number,
): ReadonlyMap<string, readonly GroundName[]> {
  const taken = [...areas];
  const isFree = (area: LabelBox): boolean =>
    !taken.some((other) => boxesOverlap(area, other)) &&
    area.left >= x &&
    area.right <= x + width &&
    area.top >= y &&
    area.bottom <= y + height;
  const found = new Map<string, readonly GroundName[]>();
  for (const nucleus of nuclei.filter(({ teams }) => teams.length > 0)) {
    const names = namesOf(nucleus, fontSize).flatMap((places) => {
      const place = places.find((one) => isFree(areaOf(one, nucleus.centre)));
      if (place) taken.push(areaOf(place, nucleus.centre));
      return place ?? [];
    });
    found.set(nucleus.node.id, names);
  }
  return found;
}
