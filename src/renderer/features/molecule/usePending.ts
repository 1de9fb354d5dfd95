import { useMemo, useState } from 'react';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoable } from '../../stores/undo.ts';
import { choiceName, inSentence } from '../../text/names.ts';
import { notice, report } from '../../ui/notices.tsx';
import type { Model, Point } from '../network/model/model.ts';
import type { Drop } from './Drawing.tsx';
import { rounded, savePositions } from '../network/positions.ts';
import { changeOf, proposalsOf } from './proposals.ts';
import type { Proposal } from './proposals.ts';
import { nodeName } from './labels.ts';

interface Pending {
  proposal: Proposal;
  /** The moved node and its position; moving it again or undoing replaces the proposal. */
  node: string;
  at: Point;
}

const sameRecord = (a: Pending, b: Pending): boolean =>
  a.proposal.kind === b.proposal.kind && a.proposal.id === b.proposal.id;

/** Returns whether it was applied. */
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
    notice({ ...undoable(op_id), title });
    return true;
  } catch (error) {
    report(error);
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
    const at = rounded(exact);
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
