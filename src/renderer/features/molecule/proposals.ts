import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { Lifecycle } from '#shared/domain/vocabulary.ts';
import type { NetEdge, NetNode, Point, Model } from '../network/model/model.ts';
import { offsetOf, ringAt, ringOf } from './geometry.ts';
import type { Placed } from './geometry.ts';
import { useMemo, useState } from 'react';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { choiceName, inSentence } from '../../text/names.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { roundPoint, savePositions } from '../network/positions.ts';
import { nodeName } from '../network/model/model.ts';

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

export function changeOf(proposal: Proposal) {
  if (proposal.kind === 'lifecycle')
    return { type: 'team' as const, id: proposal.id, data: { lifecycle: proposal.to } };
  const { bond } = proposal;
  const data = { bond_type: bond, energy_loss: defaultEnergyLoss[bond] ?? null };
  return { type: 'interface' as const, id: proposal.id, data };
}

/** A node that was dragged. */
export interface Drop {
  node: NetNode;
  from: Point;
  to: Point;
  /** As saved. */
  at: Point;
  placed: Placed;
}

interface Pending {
  proposal: Proposal;
  /** The moved node and its position; moving it again or undoing replaces the proposal. */
  node: string;
  at: Point;
}

const sameRecord = (a: Pending, b: Pending): boolean =>
  a.proposal.kind === b.proposal.kind && a.proposal.id === b.proposal.id;

async function accept(proposal: Proposal): Promise<boolean> {
  try {
    const { op_id } = await whileSaving(() => api.entities.update(changeOf(proposal)));
    const title =
      proposal.kind === 'lifecycle'
        ? say('molecule:accepted.lifecycle', {
            title: nodeName(proposal.team),
            to: inSentence(choiceName(proposal.to)),
          })
        : say('molecule:accepted.bond', {
            from: nodeName(proposal.from),
            to: nodeName(proposal.to),
            bond: inSentence(choiceName(proposal.bond)),
          });
    notice({ ...undoAction(op_id), title });
    return true;
  } catch (error) {
    reportError(error);
    return false;
  }
}

/** The proposals from moving nodes, until accepted or rejected. */
export function usePending(model: Model, proposes: boolean) {
  const [all, setAll] = useState<readonly Pending[]>([]);
  const pending = useMemo(
    () =>
      all.filter(({ node, at }) => {
        const saved = model.nodes.get(node)?.saved;
        return saved?.x === at.x && saved.y === at.y;
      }),
    [all, model],
  );
  const free = useMemo(
    () => new Set(pending.flatMap(({ proposal: { kind, id } }) => (kind === 'lifecycle' ? [id] : []))),
    [pending],
  );
  const drop = ({ node, from, to, at: exact, placed }: Drop): void => {
    const at = roundPoint(exact);
    const links = [...model.edges.values()].filter(({ kind }) => kind === 'interface');
    const found = proposes ? proposalsOf({ node, from, to }, placed, links, model.nodes) : [];
    const fresh = found.map((proposal) => ({ proposal, node: node.id, at }));
    setAll((before) => [
      // Earlier proposals of this node are replaced.
      ...before.filter((one) => one.node !== node.id && !fresh.some((other) => sameRecord(one, other))),
      ...fresh,
    ]);
    void savePositions(new Map([[node.id, at]]), node.title, 'molecule');
  };
  const settle = (one: Pending): void => setAll((before) => before.filter((other) => other !== one));
  return {
    pending,
    free,
    drop,
    accept: async (one: Pending): Promise<void> => {
      if (await accept(one.proposal)) settle(one);
    },
    /** The node keeps its position as far as its record allows: a team returns to its ring. */
    refuse: settle,
  };
}

export type PendingProposals = ReturnType<typeof usePending>;
