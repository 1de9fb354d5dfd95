import type { NetNode, Point } from '../network/model/model.ts';
import { shortened } from '../network/stage/labels.ts';
import { mostDots } from './members.ts';
import type { Molecule } from './members.ts';
import type { Placed } from './geometry.ts';
import { nodeName } from './words.ts';

export const radius = { university: 20, project: 22, faculty: 10, team: 13, student: 4.5 } as const;
/** Radius of the orbit of a team's students. */
export const orbit = 26;
/** About the width of a letter, of its height. */
const letterWidth = 0.56;
const ranks = { project: 0, university: 0, team: 1, faculty: 2, student: 3 } as const;

/** How far below a node the baseline of its name lies. */
export function nameBelow(node: NetNode, students: number, fontSize: number): number {
  return (students > 0 && students <= mostDots ? orbit + 6 : radius[node.type] * 1.2) + fontSize;
}

interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The ids of the nodes whose names find room: those of nuclei always, then of teams, then of faculty, each with the most links first. */
export function namesWithRoom(
  { nuclei, points }: Placed,
  { students }: Molecule,
  fontSize: number,
): Set<string> {
  const nodes = nuclei.flatMap(({ node, teams, faculty }) => [node, ...teams, ...faculty]);
  nodes.sort((a, b) => ranks[a.type] - ranks[b.type] || b.links - a.links);
  const around = ({ x, y }: Point, half: number): Area => ({
    left: x - half,
    right: x + half,
    top: y - half,
    bottom: y + half,
  });
  const taken = nodes.map((node) => ({
    id: node.id,
    area: around(points.get(node.id) ?? { x: 0, y: 0 }, radius[node.type] * 0.8),
  }));
  const shown = new Set<string>();
  for (const node of nodes) {
    const { x, y } = points.get(node.id) ?? { x: 0, y: 0 };
    const half = (shortened(nodeName(node)).length * letterWidth * fontSize) / 2;
    const base = y + nameBelow(node, students.get(node.id)?.length ?? 0, fontSize);
    const area = {
      left: x - half,
      right: x + half,
      top: base - fontSize * 0.9,
      bottom: base + fontSize * 0.2,
    };
    const isHidden = taken.some((other) => other.id !== node.id && overlap(area, other.area));
    if (isHidden && ranks[node.type] > 0) continue;
    taken.push({ id: node.id, area });
    shown.add(node.id);
  }
  return shown;
}
