import type { Point } from '../model/model.ts';

/** Distance of adjacent nodes in layout units. */
export const groupSpacing = 100;

export interface Grouped {
  id: string;
  /** '' for none. */
  group: string;
  weight: number;
}

export interface GroupPlace extends Point {
  group: string;
  radius: number;
  count: number;
}

export interface GroupLayout {
  points: ReadonlyMap<string, Point>;
  places: readonly GroupPlace[];
}

const golden = Math.PI * (3 - Math.sqrt(5));
const step = groupSpacing * 0.62;

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function gather(nodes: readonly Grouped[]): [string, Grouped[]][] {
  const groups = new Map<string, Grouped[]>();
  for (const node of nodes) {
    const members = groups.get(node.group);
    if (members) members.push(node);
    else groups.set(node.group, [node]);
  }
  for (const members of groups.values()) members.sort((a, b) => b.weight - a.weight || byName(a.id, b.id));
  return [...groups].sort(([a, inA], [b, inB]) => inB.length - inA.length || byName(a, b));
}

const radiusOf = (count: number): number => step * Math.sqrt(count) + groupSpacing * 0.3;

function freeSpot(radius: number, taken: readonly GroupPlace[]): Point {
  const gap = groupSpacing * 0.9;
  const stride = Math.max(groupSpacing * 0.35, radius * 0.12);
  for (let turn = 0; turn < 20_000; turn += 1) {
    const distance = stride * Math.sqrt(turn);
    const at = { x: 1.25 * distance * Math.cos(turn * golden), y: distance * Math.sin(turn * golden) };
    const free = taken.every(
      (other) => Math.hypot(at.x - other.x, at.y - other.y) >= radius + other.radius + gap,
    );
    if (free) return at;
  }
  const last = taken.at(-1);
  return { x: (last?.x ?? 0) + (last?.radius ?? 0) + radius + gap, y: last?.y ?? 0 };
}

/** One disc for each group, the largest in the middle; in a disc the heaviest nodes are inside. */
export function clusterLayout(nodes: readonly Grouped[]): GroupLayout {
  const places: GroupPlace[] = [];
  const points = new Map<string, Point>();
  for (const [group, members] of gather(nodes)) {
    const radius = radiusOf(members.length);
    const middle = freeSpot(radius, places);
    places.push({ group, radius, count: members.length, ...middle });
    members.forEach(({ id }, at) => {
      const distance = members.length === 1 ? 0 : step * Math.sqrt(at + 0.5);
      points.set(id, {
        x: middle.x + distance * Math.cos(at * golden),
        y: middle.y + distance * Math.sin(at * golden),
      });
    });
  }
  return { points, places };
}

/** One column for each group, in the given order, unknown groups last; within a column row by row. */
export function columnLayout(nodes: readonly Grouped[], order: readonly string[]): GroupLayout {
  const rank = (group: string): number => {
    const at = order.indexOf(group);
    return at < 0 ? order.length : at;
  };
  const groups = gather(nodes).sort(([a], [b]) => rank(a) - rank(b) || byName(a, b));
  const most = Math.max(1, ...groups.map(([, members]) => members.length));
  const tall = Math.max(4, Math.ceil(Math.sqrt(most * 2.2)));
  const points = new Map<string, Point>();
  const places: GroupPlace[] = [];
  let left = 0;
  for (const [group, members] of groups) {
    const wide = Math.ceil(members.length / tall);
    const high = Math.ceil(members.length / wide);
    members.forEach(({ id }, at) => {
      const row = Math.floor(at / wide);
      // Every other row is shifted by half a step, which leaves room for names.
      const shift = wide > 1 && row % 2 === 1 ? 0.5 : 0;
      points.set(id, {
        x: left + ((at % wide) + shift) * groupSpacing * 1.1,
        y: ((high - 1) / 2 - row) * groupSpacing * 0.8,
      });
    });
    const width = (wide - 1 + (wide > 1 ? 0.5 : 0)) * groupSpacing * 1.1;
    places.push({
      group,
      x: left + width / 2,
      y: 0,
      radius: ((high - 1) / 2) * groupSpacing * 0.8 + groupSpacing * 0.3,
      count: members.length,
    });
    left += width + groupSpacing * 3;
  }
  return { points, places };
}
