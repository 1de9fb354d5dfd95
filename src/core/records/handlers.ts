import { jobStream } from '../log/commands/job-stream.ts';
import { editOf } from '../model/commands.ts';
import { operations } from '../model/implement.ts';
import { job, longQuery } from '../model/pipeline.ts';
import { completed, inTurns, streamed } from '../kernel/progress.ts';
import { makeChanges } from './change.ts';
import { editRecords } from './edit.ts';
import { findDuplicates } from './duplicates.ts';
import { groupRecords } from './groups.ts';
import { deleteRecords, restoreRecords } from '../model/deletion.ts';
import { mergeRecords } from './merge.ts';
import { advanceTerms } from './terms.ts';
import { resolveWhich } from './selection.ts';

const os = operations.entities;

export const bulkHandlers = {
  groups: os.groups.handler(longQuery((_db, input, { services }) => groupRecords(services, input))),
  change: os.change.handler(({ input: { changes }, context: { session, services }, signal }) =>
    services.queue.job(session, 'several changes', (write) => {
      const steps = { step: 'writing', total: changes.length, clock: services.source.clock, signal };
      return completed(streamed(makeChanges(write, changes), steps));
    }),
  ),
  advanceTerms: os.advanceTerms.handler(
    job(({ input, context, signal }) => advanceTerms(context, input, signal)),
  ),
  merge: os.merge.handler(job(({ input, context, signal }) => mergeRecords(context, input, signal))),
  duplicates: os.duplicates.handler(longQuery((db, input) => findDuplicates(db, input))),
  edit: os.edit.handler(
    job(({ input: { type, which, data, unset }, context: { session, services }, signal: asked }) => {
      const edit = editOf(type, null, { data, unset });
      return jobStream(services.queue, session, {
        label: 'edit of many records',
        signal: asked,
        run: async (write, tell, signal) => {
          const pace = { clock: services.source.clock, signal };
          const ids = await inTurns(resolveWhich(services, type, which), pace);
          const steps = { ...pace, step: 'writing', total: ids.length };
          return completed(streamed(editRecords(write, type, ids, edit), steps), tell);
        },
      });
    }),
  ),
  removeMany: os.removeMany.handler(
    job(({ input, context: { session, services }, signal: asked }) =>
      jobStream(services.queue, session, {
        label: 'deletion of many records',
        signal: asked,
        run: async (write, tell, signal) => {
          const pace = { clock: services.source.clock, signal };
          const ids = await inTurns(resolveWhich(services, input.type, input.which), pace);
          const named = [{ type: input.type, ids }, ...input.also];
          const keys = named.flatMap((one) => one.ids.map((id) => ({ type: one.type, id })));
          const steps = { ...pace, step: 'deleting', total: keys.length };
          const { with_contents: withContents, retire } = input;
          const deleting = deleteRecords(write, keys, { withContents, retire });
          const deleted = await completed(streamed(deleting, steps), tell);
          return { ...deleted, op_id: write.audit.changes === 0 ? null : write.audit.op_id };
        },
      }),
    ),
  ),
  restoreMany: os.restoreMany.handler(
    job(({ input: { type, ids, with_references }, context: { session, services }, signal: asked }) =>
      jobStream(services.queue, session, {
        label: 'restoring of many records',
        signal: asked,
        run: async (write, tell, signal) => {
          const each = [...new Set(ids)];
          const steps = { clock: services.source.clock, signal, step: 'restoring', total: each.length };
          const keys = each.map((id) => ({ type, id }));
          const restoring = restoreRecords(write, keys, { withReferences: with_references });
          const restored = await completed(streamed(restoring, steps), tell);
          return { ...restored, op_id: write.audit.op_id, restored: each.length };
        },
      }),
    ),
  ),
};
