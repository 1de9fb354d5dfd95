import type { Point } from '../model/model.ts';

/** Distance of adjacent nodes in layout units. */
export const nodeSpacing = 100;

export interface GroupedNode {
  id: string;
  /** '' for none. */
  group: string;
  weight: number;
}

export interface GroupArea extends Point {
  group: string;
  radius: number;
  count: number;
}

export interface GroupLayout {
  points: ReadonlyMap<string, Point>;
  areas: readonly GroupArea[];
}

const goldenAngle = Math.PI * (3 - Math.sqrt(5));
const discStep = nodeSpacing * 0.62;

const compareStrings = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function groupNodes(nodes: readonly GroupedNode[]): [string, GroupedNode[]][] {
  const groups = new Map<string, GroupedNode[]>();
  for (const node of nodes) {
    const members = groups.get(node.group);
    if (members) members.push(node);
    else groups.set(node.group, [node]);
  }
  for (const members of groups.values())
    members.sort((a, b) => b.weight - a.weight || compareStrings(a.id, b.id));
  return [...groups].sort(
    ([a, membersA], [b, membersB]) => membersB.length - membersA.length || compareStrings(a, b),
  );
}

const discRadius = (count: number): number => discStep * Math.sqrt(count) + nodeSpacing * 0.3;

function findFreeSpot(radius: number, areas: readonly GroupArea[]): Point {
  const gap = nodeSpacing * 0.9;
  const stride = Math.max(nodeSpacing * 0.35, radius * 0.12);
  for (let turn = 0; turn < 20_000; turn += 1) {
    const distance = stride * Math.sqrt(turn);
    const point = {
      x: 1.25 * distance * Math.cos(turn * goldenAngle),
      y: distance * Math.sin(turn * goldenAngle),
    };
    const isFree = areas.every(
      (other) => Math.hypot(point.x - other.x, point.y - other.y) >= radius + other.radius + gap,
    );
    if (isFree) return point;
  }
  const lastArea = areas.at(-1);
  return { x: (lastArea?.x ?? 0) + (lastArea?.radius ?? 0) + radius + gap, y: lastArea?.y ?? 0 };
}

/** One disc for each group, the largest in the middle; in a disc the heaviest nodes are inside. */
export function clusterLayout(nodes: readonly GroupedNode[]): GroupLayout {
  const areas: GroupArea[] = [];
  const points = new Map<string, Point>();
  for (const [group, members] of groupNodes(nodes)) {
    const radius = discRadius(members.length);
    const middle = findFreeSpot(radius, areas);
    areas.push({ group, radius, count: members.length, ...middle });
    members.forEach(({ id }, index) => {
      const distance = members.length === 1 ? 0 : discStep * Math.sqrt(index + 0.5);
      points.set(id, {
        x: middle.x + distance * Math.cos(index * goldenAngle),
        y: middle.y + distance * Math.sin(index * goldenAngle),
      });
    });
  }
  return { points, areas };
}

const columnStep = nodeSpacing * 1.1;
const rowStep = nodeSpacing * 0.8;

/** One column for each group, in the given order, unknown groups last; within a column row by row. */
export function columnLayout(nodes: readonly GroupedNode[], order: readonly string[]): GroupLayout {
  const rank = (group: string): number => {
    const index = order.indexOf(group);
    return index < 0 ? order.length : index;
  };
  const groups = groupNodes(nodes).sort(([a], [b]) => rank(a) - rank(b) || compareStrings(a, b));
  const maxMembers = Math.max(1, ...groups.map(([, members]) => members.length));
  const maxRows = Math.max(4, Math.ceil(Math.sqrt(maxMembers * 2.2)));
  const points = new Map<string, Point>();
  const areas: GroupArea[] = [];
  let left = 0;
  for (const [group, members] of groups) {
    const columns = Math.ceil(members.length / maxRows);
    const rows = Math.ceil(members.length / columns);
    members.forEach(({ id }, index) => {
      const row = Math.floor(index / columns);
      // Every other row is shifted by half a step, which leaves room for names.
      const shift = columns > 1 && row % 2 === 1 ? 0.5 : 0;
      points.set(id, {
        x: left + ((index % columns) + shift) * columnStep,
        y: ((rows - 1) / 2 - row) * rowStep,
      });
    });
    const width = (columns - 1 + (columns > 1 ? 0.5 : 0)) * columnStep;
    areas.push({
      group,
      x: left + width / 2,
      y: 0,
      radius: ((rows - 1) / 2) * rowStep + nodeSpacing * 0.3,
      count: members.length,
    });
    left += width + nodeSpacing * 3;
  }
  return { points, areas };
}
