import { jobStream } from '../log/commands/job-stream.ts';
import { patchOf } from '../model/commands.ts';
import { operations } from '../model/implement.ts';
import { job, longQuery } from '../model/pipeline.ts';
import { completed, inTurns, streamed } from '../kernel/progress.ts';
import { makeChanges } from './change.ts';
import { editRecords } from './edit.ts';
import { groupRecords } from './groups.ts';
import { removeRecords } from './remove-many.ts';
import { restoreRecords } from './restore-many.ts';
import { meant } from './which.ts';

const os = operations.entities;

export const bulkHandlers = {
  groups: os.groups.handler(longQuery((_db, input, { services }) => groupRecords(services, input))),
  change: os.change.handler(({ input: { changes }, context: { session, services }, signal }) =>
    services.queue.job(session, 'several changes', (write) => {
      const steps = { step: 'writing', total: changes.length, clock: services.source.clock, signal };
      return completed(streamed(makeChanges(write, changes), steps));
    }),
  ),
  edit: os.edit.handler(
    job(({ input: { type, which, data, unset }, context: { session, services }, signal: asked }) => {
      const patch = patchOf(type, null, { data, unset });
      return jobStream(services.queue, session, {
        label: 'edit of many records',
        signal: asked,
        run: async (write, tell, signal) => {
          const pace = { clock: services.source.clock, signal };
          const ids = await inTurns(meant(services, type, which), pace);
          const steps = { ...pace, step: 'writing', total: ids.length };
          return completed(streamed(editRecords(write, type, ids, patch), steps), tell);
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
          const ids = await inTurns(meant(services, input.type, input.which), pace);
          const going = [{ type: input.type, ids }, ...input.also];
          const total = going.reduce((sum, one) => sum + one.ids.length, 0);
          const steps = { ...pace, step: 'deleting', total };
          return completed(streamed(removeRecords(write, going, input.with_contents), steps), tell);
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
          return completed(streamed(restoreRecords(write, type, each, with_references), steps), tell);
        },
      }),
    ),
  ),
};
