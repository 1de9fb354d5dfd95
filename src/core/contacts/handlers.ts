import type { z } from 'zod';
import type { applyProposals as operation, ProposalsApplied } from '#shared/contract/contacts.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { localDay } from '../kernel/system.ts';
import type { Ids } from '../kernel/system.ts';
import { idPrefix } from '#shared/domain/types.ts';
import { operations } from '../model/implement.ts';
import { job, longQuery } from '../model/pipeline.ts';
import { planJob, runSteps } from '../plan/dry-run.ts';
import type { Pace } from '../plan/dry-run.ts';
import { movedOn } from '../plan/moved.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { settlePlan } from '../plan/settle.ts';
import { proposeLinks } from './proposals.ts';
import type { PlannedProposal } from './proposals.ts';

const os = operations.contacts;

type Input = z.output<(typeof operation)['~orpc']['inputSchema'] & z.ZodType>;

function changeOf({ proposal, before, set }: PlannedProposal, ids: Ids): PlannedChange {
  const id = proposal.link ?? `${idPrefix.interface}_${ids.uuid()}`;
  return { type: 'interface', id, payload: { ...before, ...set } };
}

async function apply(
  write: WriteContext,
  { dry, seen, since, keys }: Input,
  ids: Ids,
  pace: Pace,
): Promise<ProposalsApplied> {
  const today = localDay(pace.clock.now());
  const { planned, head } = await runSteps(pace, 'checking', proposeLinks(write.db, { since, today }));
  const chosen = keys && new Set(keys);
  const wanted = planned.filter(({ proposal }) => chosen?.has(proposal.key) ?? true);
  if (chosen && wanted.length < chosen.size) throw movedOn([]);
  const plan = wanted.map((one) => changeOf(one, ids));
  const report = await settlePlan(write, plan, { dry, seen }, pace);
  write.audit.label('contacts.applied', { count: plan.length });
  return { op_id: dry || plan.length === 0 ? null : write.audit.op_id, dry, ...report, head };
}

export const contactsHandlers = {
  proposals: os.proposals.handler(
    longQuery(function* (db, { since }, { services }) {
      const today = localDay(services.source.clock.now());
      const { planned, ...proposed } = yield* proposeLinks(db, { since, today });
      return { ...proposed, proposals: planned.map(({ proposal }) => proposal) };
    }),
  ),
  applyProposals: os.applyProposals.handler(
    job(({ input, context, signal }) =>
      planJob(context, { label: 'proposals of contacts', dry: input.dry, signal }, (write, pace) =>
        apply(write, input, context.services.source.ids, pace),
      ),
    ),
  ),
};
