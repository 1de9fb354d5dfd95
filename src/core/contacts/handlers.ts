import type { InputOf } from '#shared/contract/base.ts';
import type { applyProposals as operation, AppliedProposals } from '#shared/contract/contacts.ts';
import { localDay } from '../kernel/system.ts';
import type { Ids } from '../kernel/system.ts';
import { idPrefix } from '#shared/domain/types.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { longQuery, writeJob } from '../model/pipeline.ts';
import type { CallContext } from '../model/services.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { movedOnFault } from '../plan/changed-since.ts';
import { runPlan } from '../plan/run-plan.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { proposeLinks } from './proposals.ts';
import type { PlannedProposal } from './proposals.ts';

const os = operationBuilder.contacts;

type Input = InputOf<typeof operation>;

function changeOf({ proposal, before, changes }: PlannedProposal, ids: Ids): PlannedChange {
  const id = proposal.link ?? `${idPrefix.interface}_${ids.uuid()}`;
  return { type: 'interface', id, payload: { ...before, ...changes } };
}

const applyProposals = (
  call: CallContext,
  { dry, seen, since, keys }: Input,
  job: JobPace,
): Promise<AppliedProposals> =>
  runPlan(call, { jobLabel: 'proposals of contacts', dry, seen }, job, async ({ write, pace, apply }) => {
    const today = localDay(pace.clock.now());
    const { proposals } = await runSteps(pace, 'checking', proposeLinks(write.db, { since, today }));
    const chosenKeys = keys && new Set(keys);
    const selected = proposals.filter(({ proposal }) => chosenKeys?.has(proposal.key) ?? true);
    if (chosenKeys && selected.length < chosenKeys.size) throw movedOnFault([]);
    const changes = selected.map((one) => changeOf(one, write.ids));
    return apply({ changes, label: (audit) => audit.label('contacts.applied', { count: changes.length }) });
  });

export const contactsHandlers = {
  proposals: os.proposals.handler(
    longQuery(function* (db, { since }, { services }) {
      const today = localDay(services.source.clock.now());
      const { proposals, ...proposed } = yield* proposeLinks(db, { since, today });
      return { ...proposed, proposals: proposals.map(({ proposal }) => proposal) };
    }),
  ),
  applyProposals: os.applyProposals.handler(
    writeJob(({ input, context }, pace) => applyProposals(context, input, pace)),
  ),
};
