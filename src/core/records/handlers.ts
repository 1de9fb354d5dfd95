import { editOf } from '../model/commands.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { longQuery, writeJob } from '../model/pipeline.ts';
import { runYielding, runSteps } from '../kernel/progress.ts';
import { makeChanges } from './change.ts';
import { editRecords } from './edit.ts';
import { findDuplicates } from './duplicates.ts';
import { groupRecords } from './groups.ts';
import { deleteRecords, restoreRecords } from '../model/deletion.ts';
import { mergeRecords } from './merge.ts';
import { advanceTerms } from './terms.ts';
import { resolveSelection } from '../model/list.ts';

const os = operationBuilder.entities;

export const bulkHandlers = {
  groups: os.groups.handler(longQuery((_db, input, { services }) => groupRecords(services, input))),
  applyChanges: os.applyChanges.handler(({ input: { changes }, context: { session, services }, signal }) =>
    services.queue.job(session, 'several changes', (write) => {
      const pace = { clock: services.source.clock, signal };
      return runSteps(pace, 'writing', makeChanges(write, changes), changes.length);
    }),
  ),
  advanceTerms: os.advanceTerms.handler(
    writeJob(({ input, context }, pace) => advanceTerms(context, input, pace)),
  ),
  merge: os.merge.handler(writeJob(({ input, context }, pace) => mergeRecords(context, input, pace))),
  duplicates: os.duplicates.handler(longQuery((db, input) => findDuplicates(db, input))),
  setFields: os.setFields.handler(
    writeJob(({ input: { type, which, data, unset }, context: { session, services } }, pace) => {
      const edit = editOf(type, null, { data, unset });
      return services.queue.job(session, 'edit of many records', async (write) => {
        const ids = await runYielding(resolveSelection(services, type, which), pace);
        return runSteps(pace, 'writing', editRecords(write, type, ids, edit), ids.length);
      });
    }),
  ),
  removeMany: os.removeMany.handler(
    writeJob(
      ({ input: { type, which, also, with_contents, retire }, context: { session, services } }, pace) =>
        services.queue.job(session, 'deletion of many records', async (write) => {
          const ids = await runYielding(resolveSelection(services, type, which), pace);
          const keys = [{ type, ids }, ...also].flatMap((one) =>
            one.ids.map((id) => ({ type: one.type, id })),
          );
          const deletion = deleteRecords(write, keys, { withContents: with_contents, retire });
          const result = await runSteps(pace, 'deleting', deletion, keys.length);
          return { ...result, op_id: write.audit.changes === 0 ? null : write.audit.op_id };
        }),
    ),
  ),
  restoreMany: os.restoreMany.handler(
    writeJob(({ input: { type, ids, with_references }, context: { session, services } }, pace) =>
      services.queue.job(session, 'restoring of many records', async (write) => {
        const keys = [...new Set(ids)].map((id) => ({ type, id }));
        const restoration = restoreRecords(write, keys, { withReferences: with_references });
        const result = await runSteps(pace, 'restoring', restoration, keys.length);
        return { ...result, op_id: write.audit.op_id, restored: keys.length };
      }),
    ),
  ),
};
