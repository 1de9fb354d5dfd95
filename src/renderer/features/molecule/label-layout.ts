import type { ViewBox } from './camera.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../i18n/setup.ts';
import { choiceName } from '../../text/names.ts';
import type { NetNode, Point } from '../network/model/model.ts';
import { boxesOverlap, shortenLabel } from '../network/stage/labels.ts';
import type { PixelBox as LabelBox } from '../network/stage/labels.ts';
import { maxDots } from './members.ts';
import type { Molecule } from './members.ts';
import { ringRadius } from './geometry.ts';
import type { Placement, PlacedNucleus, Sector } from './geometry.ts';
import { nodeName } from '../network/model/model.ts';

export const nodeRadius = {
  university: 20,
  project: 22,
  faculty: 10,
  organisation: 10,
  team: 13,
  student: 4.5,
} as const;
export const orbitRadius = 26;
/** Approximate width of a letter relative to its height. */
const letterWidth = 0.56;
const labelRank = { project: 0, university: 0, team: 1, faculty: 2, organisation: 2, student: 3 } as const;

/** Distance of a label's baseline below its node. */
export function labelOffset(node: NetNode, studentCount: number, fontSize: number): number {
  return (
    (studentCount > 0 && studentCount <= maxDots ? orbitRadius + 6 : nodeRadius[node.type] * 1.2) + fontSize
  );
}

interface NodeLabels {
  shownIds: ReadonlySet<string>;
  occupiedAreas: readonly LabelBox[];
}

/** Chooses the node labels that fit: those of nuclei always, then those of teams, then of faculty, most links first. */
export function layoutNodeLabels(
  { nuclei, points }: Placement,
  { studentsByTeam }: Molecule,
  fontSize: number,
): NodeLabels {
  const nodes = nuclei.flatMap(({ node, teams, faculty }) => [node, ...teams, ...faculty]);
  nodes.sort((a, b) => labelRank[a.type] - labelRank[b.type] || b.links - a.links);
  const squareAround = ({ x, y }: Point, halfSize: number): LabelBox => ({
    left: x - halfSize,
    right: x + halfSize,
    top: y - halfSize,
    bottom: y + halfSize,
  });
  const occupied = nodes.map((node) => ({
    id: node.id,
    area: squareAround(points.get(node.id) ?? { x: 0, y: 0 }, nodeRadius[node.type] * 0.8),
  }));
  const shownIds = new Set<string>();
  for (const node of nodes) {
    const { x, y } = points.get(node.id) ?? { x: 0, y: 0 };
    const halfWidth = (shortenLabel(nodeName(node)).length * letterWidth * fontSize) / 2;
    const baseline = y + labelOffset(node, studentsByTeam.get(node.id)?.length ?? 0, fontSize);
    const area = {
      left: x - halfWidth,
      right: x + halfWidth,
      top: baseline - fontSize * 0.9,
      bottom: baseline + fontSize * 0.2,
    };
    const isHidden = occupied.some((other) => other.id !== node.id && boxesOverlap(area, other.area));
    if (isHidden && labelRank[node.type] > 0) continue;
    occupied.push({ id: node.id, area });
    shownIds.add(node.id);
  }
  return { shownIds, occupiedAreas: occupied.map(({ area }) => area) };
}

type Anchor = 'start' | 'middle' | 'end';

export interface BackgroundLabel {
  key: string;
  kind: 'sector' | 'ring';
  text: string;
  /** Relative to the centre of the nucleus. */
  position: Point;
  anchor: Anchor;
  fontSize: number;
}

/** The radius of sector labels, outside of the outermost ring. */
const sectorLabelRadius = ringRadius.outgoing + 52;

/** Possible positions of a sector label, best first. */
function sectorPositions(
  { from, to }: Sector,
  scale: number,
  fontSize: number,
): { position: Point; anchor: Anchor }[] {
  const middle = (from + to) / 2;
  const [cos, sin] = [Math.cos(middle), Math.sin(middle)];
  // Team labels are below their nodes, so sector labels in the lower half move further down.
  const shiftDown = Math.max(0, sin) * 44;
  const anchor = Math.abs(cos) < 0.35 ? 'middle' : cos > 0 ? 'start' : 'end';
  return [0, 1.3, 2.6, 3.9].map((lineOffset) => {
    const radius = sectorLabelRadius * scale + lineOffset * fontSize;
    return { position: { x: radius * cos, y: radius * sin + shiftDown }, anchor };
  });
}

function labelArea({ position, anchor, text, fontSize }: BackgroundLabel, centre: Point): LabelBox {
  const width = text.length * letterWidth * fontSize;
  const left = centre.x + position.x - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
  const baseline = centre.y + position.y;
  return { left, right: left + width, top: baseline - fontSize * 0.9, bottom: baseline + fontSize * 0.2 };
}

function labelCandidates({ scale, sectors }: PlacedNucleus, fontSize: number): BackgroundLabel[][] {
  const ringFontSize = fontSize * 0.92;
  return [
    ...sectors.map((sector) =>
      sectorPositions(sector, scale, fontSize).map((option): BackgroundLabel => ({
        ...option,
        key: `sector ${sector.discipline}`,
        kind: 'sector',
        text: sector.discipline === '' ? say('molecule:noDiscipline') : choiceName(sector.discipline),
        fontSize,
      })),
    ),
    ...vocabulary.lifecycle.map((stage): BackgroundLabel[] => [
      {
        key: `ring ${stage}`,
        kind: 'ring',
        text: choiceName(stage),
        position: { x: 0, y: -ringRadius[stage] * scale + fontSize / 3 },
        anchor: 'middle',
        fontSize: ringFontSize,
      },
    ]),
  ];
}

/** The labels of sectors and rings that fit between those of nodes, by nucleus id. */
export function layoutBackground(
  { nuclei }: Placement,
  occupiedAreas: readonly LabelBox[],
  { x, y, width, height }: ViewBox,
  fontSize: number,
): ReadonlyMap<string, readonly BackgroundLabel[]> {
  const occupied = [...occupiedAreas];
  const isFree = (area: LabelBox): boolean =>
    !occupied.some((other) => boxesOverlap(area, other)) &&
    area.left >= x &&
    area.right <= x + width &&
    area.top >= y &&
    area.bottom <= y + height;
  const labelsByNucleus = new Map<string, readonly BackgroundLabel[]>();
  for (const nucleus of nuclei.filter(({ teams }) => teams.length > 0)) {
    const labels = labelCandidates(nucleus, fontSize).flatMap((candidates) => {
      const label = candidates.find((candidate) => isFree(labelArea(candidate, nucleus.centre)));
      if (label) occupied.push(labelArea(label, nucleus.centre));
      return label ?? [];
    });
    labelsByNucleus.set(nucleus.node.id, labels);
  }
  return labelsByNucleus;
}
