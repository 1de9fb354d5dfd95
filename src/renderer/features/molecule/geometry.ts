import type { Lifecycle } from '#shared/domain/vocabulary.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { stageOf } from '../../ui/Lifecycle.tsx';
import { stageValue } from '../network/look/fields.ts';
import type { NetEdge, NetNode, Point } from '../network/model/model.ts';
import type { Molecule, Nucleus } from './members.ts';

/** Radius of each ring, in units of the drawing (y down). Saved positions use these units, whatever the scale of the nucleus. */
export const ringRadius: Readonly<Record<Lifecycle, number>> = {
  incoming: 200,
  established: 290,
  outgoing: 380,
};
const facultyRadius = 115;
const ringWidth = 90;
/** The numbers of teams and faculty that fit at scale 1. Among several nuclei, one with at most `small` of each is drawn smaller. */
const capacity = { teams: 22, faculty: 10, small: 6 };
const smallScale = 0.7;

function scaleOf({ teams, faculty }: Nucleus, isOnly: boolean): number {
  if (!isOnly && teams.length <= capacity.small && faculty.length <= capacity.small) return smallScale;
  return Math.max(1, teams.length / capacity.teams, faculty.length / capacity.faculty);
}

export function nearestRing(distance: number): Lifecycle {
  const gap = (stage: Lifecycle): number => Math.abs(ringRadius[stage] - distance);
  return vocabulary.lifecycle.reduce((nearest, stage) => (gap(stage) < gap(nearest) ? stage : nearest));
}

/** The ring of a team by its lifecycle; without one the middle ring. */
export const ringOf = (team: NetNode): Lifecycle => stageOf(stageValue(team)) ?? 'established';

const fromPolar = (angle: number, radius: number): Point => ({
  x: radius * Math.cos(angle),
  y: radius * Math.sin(angle),
});

/** Moves a saved offset radially into the ring, because a team's distance always shows its lifecycle. */
export function clampToRing(offset: Point, ring: Lifecycle): Point {
  const distance = Math.hypot(offset.x, offset.y);
  const halfWidth = ringWidth / 2 - 1;
  const clampedDistance = Math.min(
    ringRadius[ring] + halfWidth,
    Math.max(ringRadius[ring] - halfWidth, distance),
  );
  return fromPolar(Math.atan2(offset.y, offset.x), clampedDistance);
}

export interface Sector {
  discipline: string;
  from: number;
  to: number;
}

export interface PlacedNucleus extends Nucleus {
  centre: Point;
  /** Units of the drawing per unit of positions. */
  scale: number;
  /** The radius around the centre that stays free of other nuclei. */
  extent: number;
  sectors: readonly Sector[];
}

export interface Placement {
  nuclei: readonly PlacedNucleus[];
  points: ReadonlyMap<string, Point>;
  /** The nucleus of each node. The central node of a nucleus maps to that nucleus. */
  nucleusOf: ReadonlyMap<string, PlacedNucleus>;
  width: number;
  height: number;
}

const disciplineOf = ({ values: { discipline } }: NetNode): string =>
  typeof discipline === 'string' ? discipline : '';

const startAngle = -Math.PI / 2;

function arrangeTeams(teams: readonly NetNode[]): { angles: Map<string, number>; sectors: Sector[] } {
  const disciplines = [...new Set(teams.map(disciplineOf))].sort((a, b) => (a < b ? -1 : 1));
  const step = (2 * Math.PI) / Math.max(1, teams.length);
  const angles = new Map<string, number>();
  const sectors = disciplines.map((discipline) => {
    const from = startAngle + angles.size * step;
    for (const { id } of teams.filter((team) => disciplineOf(team) === discipline))
      angles.set(id, startAngle + (angles.size + 0.5) * step);
    return { discipline, from, to: startAngle + angles.size * step };
  });
  return { angles, sectors };
}

const fullTurn = 2 * Math.PI;
const normaliseAngle = (angle: number): number => ((angle % fullTurn) + fullTurn) % fullTurn;

/** The angles of faculty: evenly spaced, as near as possible to their linked teams. */
function arrangeFaculty(
  faculty: readonly NetNode[],
  angles: ReadonlyMap<string, number>,
  bonds: readonly NetEdge[],
): Map<string, number> {
  const idealAngles = faculty.map(({ id }) => {
    const teams = bonds.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
    const teamAngles = teams.flatMap((team) => angles.get(team) ?? []);
    const x = teamAngles.reduce((sum, angle) => sum + Math.cos(angle), 0);
    const y = teamAngles.reduce((sum, angle) => sum + Math.sin(angle), 0);
    return { id, angle: normaliseAngle(Math.atan2(y, x)) };
  });
  idealAngles.sort((a, b) => a.angle - b.angle || (a.id < b.id ? -1 : 1));
  const step = fullTurn / Math.max(1, idealAngles.length);
  const shift =
    idealAngles.reduce((sum, { angle }, index) => sum + angle - index * step, 0) /
    Math.max(1, idealAngles.length);
  return new Map(idealAngles.map(({ id }, index) => [id, shift + index * step]));
}

const nucleusMargin = 80;

function extentOf({ teams, faculty }: Nucleus, scale: number): number {
  const outerRadius =
    teams.length > 0 ? ringRadius.outgoing + ringWidth / 2 : faculty.length > 0 ? facultyRadius : 0;
  return outerRadius * scale + nucleusMargin;
}

/** Centres in rows, about half as high as wide. */
function packInRows(extents: readonly number[]): { centres: Point[]; width: number; height: number } {
  const area = extents.reduce((sum, extent) => sum + (2 * extent) ** 2, 0);
  const maxWidth = Math.max(Math.sqrt(area) * 1.5, ...extents.map((extent) => 2 * extent));
  let [x, y, rowHeight, totalWidth] = [0, 0, 0, 0];
  const centres = extents.map((extent) => {
    if (x > 0 && x + 2 * extent > maxWidth) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const centre = { x: x + extent, y: y + extent };
    x += 2 * extent;
    [rowHeight, totalWidth] = [Math.max(rowHeight, 2 * extent), Math.max(totalWidth, x)];
    return centre;
  });
  return { centres, width: totalWidth, height: y + rowHeight };
}

export interface PlacementOptions {
  /** Teams that can be drawn outside of the ring of their lifecycle, because a change is proposed. */
  freeTeams: ReadonlySet<string>;
  /** The dragged node and its position in the saved form. */
  dragged: { id: string; position: Point } | null;
}

export function placeMolecule(
  { nuclei, bonds }: Molecule,
  { freeTeams, dragged }: PlacementOptions,
): Placement {
  const savedPosition = ({ id, saved }: NetNode): Point | null =>
    dragged?.id === id ? dragged.position : saved;
  const sortedNuclei = nuclei.toSorted((a, b) => b.teams.length - a.teams.length);
  const scales = sortedNuclei.map((nucleus) => scaleOf(nucleus, sortedNuclei.length === 1));
  const extents = sortedNuclei.map((nucleus, index) => extentOf(nucleus, scales[index] ?? 1));
  const { centres, ...size } = packInRows(extents);
  const points = new Map<string, Point>();
  const nucleusOf = new Map<string, PlacedNucleus>();
  const placedNuclei = sortedNuclei.map((nucleus, index) => {
    const scale = scales[index] ?? 1;
    const packedCentre = centres[index] ?? { x: 0, y: 0 };
    // A single nucleus is always in the middle.
    const savedCentre = sortedNuclei.length > 1 ? savedPosition(nucleus.node) : null;
    const centre = savedCentre ? { x: savedCentre.x, y: savedCentre.y } : packedCentre;
    const { angles, sectors } = arrangeTeams(nucleus.teams);
    const placedNucleus = { ...nucleus, centre, scale, extent: extents[index] ?? 0, sectors };
    const addNode = (id: string, { x, y }: Point): void => {
      points.set(id, { x: centre.x + x * scale, y: centre.y + y * scale });
      nucleusOf.set(id, placedNucleus);
    };
    addNode(nucleus.node.id, { x: 0, y: 0 });
    for (const team of nucleus.teams) {
      const ring = ringOf(team);
      const defaultPoint = fromPolar(angles.get(team.id) ?? 0, ringRadius[ring]);
      const savedPoint = savedPosition(team);
      const isFree = freeTeams.has(team.id) || dragged?.id === team.id;
      addNode(team.id, !savedPoint ? defaultPoint : isFree ? savedPoint : clampToRing(savedPoint, ring));
    }
    const facultyAngles = arrangeFaculty(nucleus.faculty, angles, bonds);
    for (const person of nucleus.faculty)
      addNode(
        person.id,
        savedPosition(person) ?? fromPolar(facultyAngles.get(person.id) ?? 0, facultyRadius),
      );
    return placedNucleus;
  });
  return { nuclei: placedNuclei, points, nucleusOf, ...size };
}

/** Converts a point to the saved form: relative to its nucleus; for the central node of a nucleus, the point itself. */
export function toSavedPosition(point: Point, id: string, { nucleusOf }: Placement): Point {
  const nucleus = nucleusOf.get(id);
  if (!nucleus || nucleus.node.id === id) return point;
  const { centre, scale } = nucleus;
  return { x: (point.x - centre.x) / scale, y: (point.y - centre.y) / scale };
}

/** The curve of a bond, bent slightly towards `attractor`, as an SVG path. */
export function curveOf(from: Point, to: Point, attractor: Point): string {
  const bend = 0.22;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const x = middle.x + (attractor.x - middle.x) * bend;
  const y = middle.y + (attractor.y - middle.y) * bend;
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${x.toFixed(1)} ${y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}
