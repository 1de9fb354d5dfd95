import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { Lifecycle } from '#shared/domain/vocabulary.ts';
import type { NetEdge, NetNode, Point, Model } from '../network/model/model.ts';
import { toSavedPosition, nearestRing, ringOf } from './geometry.ts';
import type { Placement } from './geometry.ts';
import { useMemo, useState } from 'react';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { choiceName, inSentence } from '../../text/names.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { roundPoint, savePositions } from '../network/saved-positions.ts';
import { nodeName } from '../network/model/model.ts';

/** A record change that moving a node proposes. */
export type Proposal =
  | { kind: 'lifecycle'; id: string; team: NetNode; to: Lifecycle }
  | { kind: 'bond'; id: string; link: NetEdge; from: NetNode; to: NetNode; bond: string };

/** Bonds, strongest first. */
const orderedBonds = Object.keys(defaultEnergyLoss);
/** The lengths at which each class of bonds after the first begins. */
const classStarts = [150, 300, 480];
/** The maximum number of link changes proposed by a move. The largest changes of length come first. */
const maxBondProposals = 3;

const lengthClass = (length: number): number => classStarts.filter((start) => length >= start).length;

/** The bond some steps weaker, at most the weakest (or stronger, for negative steps). Undefined if unknown or unchanged. */
function shiftBond(bond: string | null, steps: number): string | undefined {
  const index = orderedBonds.indexOf(bond ?? '');
  const targetIndex = Math.max(0, Math.min(orderedBonds.length - 1, index + steps));
  return index < 0 || targetIndex === index ? undefined : orderedBonds[targetIndex];
}

interface Move {
  node: NetNode;
  from: Point;
  to: Point;
}

/** The proposals of a move: the lifecycle of a team's new ring, and weaker or stronger bonds for links whose length changed class. */
export function proposalsOf(
  { node, from, to }: Move,
  placement: Placement,
  links: readonly NetEdge[],
  nodes: ReadonlyMap<string, NetNode>,
): Proposal[] {
  const scale = placement.nucleusOf.get(node.id)?.scale ?? 1;
  const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y) / scale;
  const bondChanges = links.flatMap((link) => {
    const otherId = link.from === node.id ? link.to : link.to === node.id ? link.from : null;
    const otherPoint = placement.points.get(otherId ?? '');
    const [start, end] = [nodes.get(link.from), nodes.get(link.to)];
    if (!otherPoint || !start || !end) return [];
    const [lengthBefore, lengthAfter] = [distance(from, otherPoint), distance(to, otherPoint)];
    const bond = shiftBond(link.bond, lengthClass(lengthAfter) - lengthClass(lengthBefore));
    const proposal = { kind: 'bond', id: link.id, link, from: start, to: end, bond } as const;
    return bond === undefined
      ? []
      : [{ proposal: { ...proposal, bond }, lengthChange: Math.abs(lengthAfter - lengthBefore) }];
  });
  const bondProposals = bondChanges
    .toSorted((a, b) => b.lengthChange - a.lengthChange)
    .slice(0, maxBondProposals)
    .map(({ proposal }) => proposal);
  if (node.type !== 'team') return bondProposals;
  const { x, y } = toSavedPosition(to, node.id, placement);
  const ring = nearestRing(Math.hypot(x, y));
  return ring === ringOf(node)
    ? bondProposals
    : [{ kind: 'lifecycle', id: node.id, team: node, to: ring }, ...bondProposals];
}

export function updateInput(proposal: Proposal) {
  if (proposal.kind === 'lifecycle')
    return { type: 'team' as const, id: proposal.id, data: { lifecycle: proposal.to } };
  return { type: 'interface' as const, id: proposal.id, data: { bond_type: proposal.bond } };
}

export interface Drop {
  node: NetNode;
  from: Point;
  to: Point;
  /** The new position in its saved form. */
  saved: Point;
  placement: Placement;
}

interface PendingProposal {
  proposal: Proposal;
  /** The moved node and its new position. The proposal ends when another move or an undo changes the saved position. */
  nodeId: string;
  position: Point;
}

const isSameChange = (a: PendingProposal, b: PendingProposal): boolean =>
  a.proposal.kind === b.proposal.kind && a.proposal.id === b.proposal.id;

async function applyProposal(proposal: Proposal): Promise<boolean> {
  try {
    const { op_id } = await whileSaving(() => api.entities.update(updateInput(proposal)));
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
export function useProposals(model: Model, isEnabled: boolean) {
  const [entries, setEntries] = useState<readonly PendingProposal[]>([]);
  const pending = useMemo(
    () =>
      entries.filter(({ nodeId, position }) => {
        const saved = model.nodes.get(nodeId)?.saved;
        return saved?.x === position.x && saved.y === position.y;
      }),
    [entries, model],
  );
  const freeTeams = useMemo(
    () => new Set(pending.flatMap(({ proposal: { kind, id } }) => (kind === 'lifecycle' ? [id] : []))),
    [pending],
  );
  const drop = ({ node, from, to, saved, placement }: Drop): void => {
    const position = roundPoint(saved);
    const links = [...model.edges.values()].filter(({ kind }) => kind === 'interface');
    const proposals = isEnabled ? proposalsOf({ node, from, to }, placement, links, model.nodes) : [];
    const newEntries = proposals.map((proposal) => ({ proposal, nodeId: node.id, position }));
    setEntries((previous) => [
      // Replaces earlier proposals of this node or for the same record.
      ...previous.filter(
        (entry) => entry.nodeId !== node.id && !newEntries.some((other) => isSameChange(entry, other)),
      ),
      ...newEntries,
    ]);
    void savePositions(new Map([[node.id, position]]), node.title, 'molecule');
  };
  const removeEntry = (entry: PendingProposal): void =>
    setEntries((previous) => previous.filter((other) => other !== entry));
  return {
    pending,
    freeTeams,
    drop,
    accept: async (entry: PendingProposal): Promise<void> => {
      if (await applyProposal(entry.proposal)) removeEntry(entry);
    },
    /** The node keeps its position as far as its record allows: a team returns to its ring. */
    reject: removeEntry,
  };
}

export type ProposalState = ReturnType<typeof useProposals>;
