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
const facultyRing = 115;
const width = 90;
/** The number of teams and faculty that fit at normal scale. With several nuclei, those with few members are smaller. */
const roomy = { teams: 22, faculty: 10, few: 6 };
const smaller = 0.7;

function scaleOf({ teams, faculty }: Nucleus, isOnly: boolean): number {
  if (!isOnly && teams.length <= roomy.few && faculty.length <= roomy.few) return smaller;
  return Math.max(1, teams.length / roomy.teams, faculty.length / roomy.faculty);
}

export function ringAt(distance: number): Lifecycle {
  const gap = (stage: Lifecycle): number => Math.abs(ringRadius[stage] - distance);
  return vocabulary.lifecycle.reduce((nearest, stage) => (gap(stage) < gap(nearest) ? stage : nearest));
}

/** The ring of a team by its lifecycle; without one the middle ring. */
export const ringOf = (team: NetNode): Lifecycle => stageOf(stageValue(team)) ?? 'established';

const polar = (angle: number, radius: number): Point => ({
  x: radius * Math.cos(angle),
  y: radius * Math.sin(angle),
});

/** Moves a saved offset radially into the ring, because a team's distance always shows its lifecycle. */
export function withinRing(offset: Point, ring: Lifecycle): Point {
  const distance = Math.hypot(offset.x, offset.y);
  const half = width / 2 - 1;
  const to = Math.min(ringRadius[ring] + half, Math.max(ringRadius[ring] - half, distance));
  return polar(Math.atan2(offset.y, offset.x), to);
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
  /** The radius around its centre that is kept free. */
  extent: number;
  sectors: readonly Sector[];
}

export interface Placed {
  nuclei: readonly PlacedNucleus[];
  points: ReadonlyMap<string, Point>;
  /** The nucleus of each node; its own for a nucleus. */
  nucleusOf: ReadonlyMap<string, PlacedNucleus>;
  width: number;
  height: number;
}

const disciplineOf = ({ values: { discipline } }: NetNode): string =>
  typeof discipline === 'string' ? discipline : '';

const start = -Math.PI / 2;

function arrangeTeams(teams: readonly NetNode[]): { angles: Map<string, number>; sectors: Sector[] } {
  const disciplines = [...new Set(teams.map(disciplineOf))].sort((a, b) => (a < b ? -1 : 1));
  const step = (2 * Math.PI) / Math.max(1, teams.length);
  const angles = new Map<string, number>();
  const sectors = disciplines.map((discipline) => {
    const from = start + angles.size * step;
    for (const { id } of teams.filter((team) => disciplineOf(team) === discipline))
      angles.set(id, start + (angles.size + 0.5) * step);
    return { discipline, from, to: start + angles.size * step };
  });
  return { angles, sectors };
}

const turn = 2 * Math.PI;
const normal = (angle: number): number => ((angle % turn) + turn) % turn;

/** Faculty on the circle, evenly spaced and as near as possible to their linked teams. */
function arrangeFaculty(
  faculty: readonly NetNode[],
  angles: ReadonlyMap<string, number>,
  bonds: readonly NetEdge[],
): Map<string, number> {
  const targets = faculty.map(({ id }) => {
    const teams = bonds.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
    const known = teams.flatMap((team) => angles.get(team) ?? []);
    const [x, y] = [Math.cos, Math.sin].map((of) => known.reduce((sum, angle) => sum + of(angle), 0));
    return { id, angle: normal(Math.atan2(y ?? 0, x ?? 0)) };
  });
  targets.sort((a, b) => a.angle - b.angle || (a.id < b.id ? -1 : 1));
  const step = turn / Math.max(1, targets.length);
  const shift =
    targets.reduce((sum, { angle }, at) => sum + angle - at * step, 0) / Math.max(1, targets.length);
  return new Map(targets.map(({ id }, at) => [id, shift + at * step]));
}

function extentOf({ teams, faculty }: Nucleus, scale: number): number {
  if (teams.length > 0) return scale * (ringRadius.outgoing + width / 2) + 80;
  return faculty.length > 0 ? facultyRing * scale + 80 : 80;
}

/** Centres in rows, about half as high as wide. */
function inRows(extents: readonly number[]): { centres: Point[]; width: number; height: number } {
  const area = extents.reduce((sum, extent) => sum + (2 * extent) ** 2, 0);
  const most = Math.max(Math.sqrt(area) * 1.5, ...extents.map((extent) => 2 * extent));
  let [x, y, high, wide] = [0, 0, 0, 0];
  const centres = extents.map((extent) => {
    if (x > 0 && x + 2 * extent > most) [x, y, high] = [0, y + high, 0];
    const centre = { x: x + extent, y: y + extent };
    x += 2 * extent;
    [high, wide] = [Math.max(high, 2 * extent), Math.max(wide, x)];
    return centre;
  });
  return { centres, width: wide, height: y + high };
}

export interface Freedom {
  /** Teams that may be in another ring than their own, because a change is proposed. */
  free: ReadonlySet<string>;
  /** The dragged node and its position as it would be saved. */
  dragged: { id: string; at: Point } | null;
}

export function placeMolecule({ nuclei, bonds }: Molecule, { free, dragged }: Freedom): Placed {
  const savedOf = ({ id, saved }: NetNode): Point | null => (dragged?.id === id ? dragged.at : saved);
  const inOrder = nuclei.toSorted((a, b) => b.teams.length - a.teams.length);
  const scales = inOrder.map((nucleus) => scaleOf(nucleus, inOrder.length === 1));
  const extents = inOrder.map((nucleus, at) => extentOf(nucleus, scales[at] ?? 1));
  const { centres, ...size } = inRows(extents);
  const points = new Map<string, Point>();
  const nucleusOf = new Map<string, PlacedNucleus>();
  const placed = inOrder.map((nucleus, at) => {
    const scale = scales[at] ?? 1;
    const row = centres[at] ?? { x: 0, y: 0 };
    // A single nucleus is always in the middle.
    const moved = inOrder.length > 1 ? savedOf(nucleus.node) : null;
    const centre = moved ? { x: moved.x, y: moved.y } : row;
    const { angles, sectors } = arrangeTeams(nucleus.teams);
    const placedOne = { ...nucleus, centre, scale, extent: extents[at] ?? 0, sectors };
    const put = (id: string, { x, y }: Point): void => {
      points.set(id, { x: centre.x + x * scale, y: centre.y + y * scale });
      nucleusOf.set(id, placedOne);
    };
    put(nucleus.node.id, { x: 0, y: 0 });
    for (const team of nucleus.teams) {
      const ring = ringOf(team);
      const usual = polar(angles.get(team.id) ?? 0, ringRadius[ring]);
      const saved = savedOf(team);
      const isFree = free.has(team.id) || dragged?.id === team.id;
      put(team.id, !saved ? usual : isFree ? saved : withinRing(saved, ring));
    }
    const around = arrangeFaculty(nucleus.faculty, angles, bonds);
    for (const one of nucleus.faculty)
      put(one.id, savedOf(one) ?? polar(around.get(one.id) ?? 0, facultyRing));
    return placedOne;
  });
  return { nuclei: placed, points, nucleusOf, ...size };
}

/** The saved form of a point: relative to its nucleus; for a nucleus to the corner of the drawing. */
export function offsetOf(point: Point, id: string, { nucleusOf }: Placed): Point {
  const nucleus = nucleusOf.get(id);
  if (!nucleus || nucleus.node.id === id) return point;
  const { centre, scale } = nucleus;
  return { x: (point.x - centre.x) / scale, y: (point.y - centre.y) / scale };
}

/** The curve of a bond, bent slightly towards the nuclei of its ends. */
export function curveOf(from: Point, to: Point, towards: Point): string {
  const bend = 0.22;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const x = middle.x + (towards.x - middle.x) * bend;
  const y = middle.y + (towards.y - middle.y) * bend;
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${x.toFixed(1)} ${y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}
