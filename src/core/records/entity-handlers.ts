import { bulkHandlers } from './handlers.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { command, longQuery, query } from '../model/pipeline.ts';
import { createRecord, visibleRecord, overwrittenFields, updateRecord } from '../model/commands.ts';
import { runSync } from '../kernel/progress.ts';
import { countRecords } from '../log/records/counts.ts';
import { listRecords, listValues } from '../model/list.ts';
import { findRecord, linksOf, lookUp, readRecord } from '../model/queries.ts';
import { deleteRecords, restoreRecords } from '../model/deletion.ts';
import { countDependants, findDependants } from '../model/dependants.ts';
import { readTitle } from '../model/titles.ts';
import { findRelated } from './related.ts';

const os = operationBuilder.entities;

export const entityHandlers = {
  list: os.list.handler(query((db, input, { services }) => listRecords(db, services, input))),
  get: os.get.handler(query((db, { type, id }) => readRecord(db, type, id))),
  find: os.find.handler(query((db, { id }) => findRecord(db, id))),
  counts: os.counts.handler(
    query((db, { deleted }) => countRecords(db, deleted === 'only' ? 'deleted' : 'visible')),
  ),
  values: os.values.handler(query((db, input, { services }) => listValues(db, services.columns, input))),
  customFields: os.customFields.handler(
    longQuery(function* (_db, { type }, { services }) {
      return [...(yield* services.columns.findCustomFields(type))];
    }),
  ),
  lookup: os.lookup.handler(query((_db, input, { services }) => lookUp(services.names, input))),
  links: os.links.handler(query((db, { id, limit }) => linksOf(db, id, limit))),
  related: os.related.handler(longQuery((_db, input, { services }) => findRelated(services, input))),
  create: os.create.handler(
    command((write, input) => {
      const id = createRecord(write, input);
      return { record: readRecord(write.db, input.type, id), op_id: write.audit.op_id };
    }),
  ),
  update: os.update.handler(
    command((write, input) => {
      const overwritten = overwrittenFields(write.db, input);
      const isChanged = updateRecord(write, input);
      return {
        record: readRecord(write.db, input.type, input.id),
        op_id: isChanged ? write.audit.op_id : null,
        overwritten: isChanged ? overwritten : [],
      };
    }),
  ),
  previewRemoval: os.previewRemoval.handler(
    longQuery(function* (db, { type, id, also }) {
      const ids = [id, ...also];
      for (const recordId of ids) visibleRecord(db, type, recordId);
      return countDependants(
        yield* findDependants(
          db,
          ids.map((recordId) => ({ type, id: recordId })),
        ),
      );
    }),
  ),
  remove: os.remove.handler(
    command((write, { type, id, with_contents }) => {
      const title = readTitle(write.db, type, visibleRecord(write.db, type, id).payload);
      const deletion = deleteRecords(write, [{ type, id }], { withContents: with_contents });
      const { removed: _, retired: __, ...counts } = runSync(deletion);
      return { ...counts, op_id: write.audit.op_id, title };
    }),
  ),
  restore: os.restore.handler(
    command((write, { type, id, with_references: withReferences }) => {
      const result = runSync(restoreRecords(write, [{ type, id }], { withReferences }));
      return { record: readRecord(write.db, type, id), op_id: write.audit.op_id, ...result };
    }),
  ),
  ...bulkHandlers,
};
