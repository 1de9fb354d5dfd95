import { bulkHandlers } from './handlers.ts';
import { operations } from '../model/implement.ts';
import { command, longQuery, query } from '../model/pipeline.ts';
import { createRecord, overwrittenBy, updateRecord } from '../model/commands.ts';
import { countRecords } from '../log/records/counts.ts';
import { listRecords, listValues } from '../model/list.ts';
import { findRecord, linksOf, lookUp, readRecord } from '../model/queries.ts';
import { countByTable, planRemovals, removeRecord } from '../model/removal.ts';
import type { Removal } from '../model/removal.ts';
import { restoreRecord, toldOf } from '../model/restoration.ts';
import { readTitle } from '../model/titles.ts';

const os = operations.entities;

const summary = (removal: Omit<Removal, 'record'>) => ({
  links: removal.links.length,
  references: removal.references.length,
  contents: countByTable(removal.contents),
});

export const entityHandlers = {
  list: os.list.handler(query((db, input, { services }) => listRecords(db, services, input))),
  get: os.get.handler(query((db, { type, id }) => readRecord(db, type, id))),
  find: os.find.handler(query((db, { id }) => findRecord(db, id))),
  counts: os.counts.handler(query((db, { deleted }) => countRecords(db, deleted === 'only'))),
  values: os.values.handler(query((db, input, { services }) => listValues(db, services.columns, input))),
  ownFields: os.ownFields.handler(
    longQuery(function* (_db, { type }, { services }) {
      return [...(yield* services.columns.findOwnFields(type))];
    }),
  ),
  lookup: os.lookup.handler(query((_db, input, { services }) => lookUp(services.names, input))),
  links: os.links.handler(query((db, { id, limit }) => linksOf(db, id, limit))),
  create: os.create.handler(
    command((write, input) => {
      const id = createRecord(write, input);
      return { record: readRecord(write.db, input.type, id), op_id: write.audit.op_id };
    }),
  ),
  update: os.update.handler(
    command((write, input) => {
      const overwritten = overwrittenBy(write.db, input);
      const changed = updateRecord(write, input);
      return {
        record: readRecord(write.db, input.type, input.id),
        op_id: changed ? write.audit.op_id : null,
        overwritten: changed ? overwritten : [],
      };
    }),
  ),
  previewRemoval: os.previewRemoval.handler(
    longQuery(function* (db, { type, id, also }) {
      return summary(yield* planRemovals(db, type, [id, ...also]));
    }),
  ),
  remove: os.remove.handler(
    command((write, { type, id, with_contents }) => {
      const removal = removeRecord(write, type, id, with_contents);
      const title = readTitle(write.db, type, removal.record.payload);
      return { ...summary(removal), op_id: write.audit.op_id, title };
    }),
  ),
  restore: os.restore.handler(
    command((write, { type, id, with_references: withReferences }) => {
      const came = toldOf(write.db, restoreRecord(write, type, id, { withReferences }));
      return { record: readRecord(write.db, type, id), op_id: write.audit.op_id, ...came };
    }),
  ),
  ...bulkHandlers,
};
