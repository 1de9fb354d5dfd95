import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { Lifecycle } from '#shared/domain/vocabulary.ts';
import type { NetEdge, NetNode, Point } from '../network/model/model.ts';
import { offsetOf, ringAt, ringOf } from './geometry.ts';
import type { Placed } from './geometry.ts';

/** A record change that moving a node proposes. */
export type Proposal =
  | { kind: 'lifecycle'; id: string; team: NetNode; to: Lifecycle }
  | { kind: 'bond'; id: string; link: NetEdge; from: NetNode; to: NetNode; bond: string };

/** Bonds, strongest first. */
const bonds = Object.keys(defaultEnergyLoss);
/** Lengths at which each class of bonds after the first begins. */
const lengths = [150, 300, 480];
/** The most link changes proposed by a move: those with the largest change of length. */
const mostBonds = 3;

const classOf = (length: number): number => lengths.filter((begin) => length >= begin).length;

/** The bond some steps weaker or stronger; undefined if unknown or out of range. */
function shifted(bond: string | null, steps: number): string | undefined {
  const at = bonds.indexOf(bond ?? '');
  const to = Math.max(0, Math.min(bonds.length - 1, at + steps));
  return at < 0 || to === at ? undefined : bonds[to];
}

interface Move {
  node: NetNode;
  from: Point;
  to: Point;
}

/** The proposals of a move: the lifecycle of a team's new ring, and weaker or stronger bonds for links whose length changed class. */
export function proposalsOf(
  { node, from, to }: Move,
  placed: Placed,
  links: readonly NetEdge[],
  nodes: ReadonlyMap<string, NetNode>,
): Proposal[] {
  const scale = placed.nucleusOf.get(node.id)?.scale ?? 1;
  const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y) / scale;
  const changed = links.flatMap((link) => {
    const otherId = link.from === node.id ? link.to : link.to === node.id ? link.from : null;
    const other = placed.points.get(otherId ?? '');
    const [start, end] = [nodes.get(link.from), nodes.get(link.to)];
    if (!other || !start || !end) return [];
    const [before, after] = [distance(from, other), distance(to, other)];
    const bond = shifted(link.bond, classOf(after) - classOf(before));
    const proposal = { kind: 'bond', id: link.id, link, from: start, to: end, bond } as const;
    return bond === undefined ? [] : [{ proposal: { ...proposal, bond }, by: Math.abs(after - before) }];
  });
  const byBond = changed
    .toSorted((a, b) => b.by - a.by)
    .slice(0, mostBonds)
    .map(({ proposal }) => proposal);
  if (node.type !== 'team') return byBond;
  const { x, y } = offsetOf(to, node.id, placed);
  const ring = ringAt(Math.hypot(x, y));
  return ring === ringOf(node)
    ? byBond
    : [{ kind: 'lifecycle', id: node.id, team: node, to: ring }, ...byBond];
}

/** The change made by accepting. */
export function changeOf(proposal: Proposal) {
  if (proposal.kind === 'lifecycle')
    return { type: 'team' as const, id: proposal.id, data: { lifecycle: proposal.to } };
  const { bond } = proposal;
  const data = { bond_type: bond, energy_loss: defaultEnergyLoss[bond] ?? null };
  return { type: 'interface' as const, id: proposal.id, data };
}
