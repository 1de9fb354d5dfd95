import { bulkHandlers } from './handlers.ts';
import { operationBuilder } from '../model/implement.ts';
import { command, longQuery, query } from '../model/pipeline.ts';
import { createRecord, liveRecord, overwrittenBy, updateRecord } from '../model/commands.ts';
import { countRecords } from '../log/records/counts.ts';
import { listRecords, listValues } from '../model/list.ts';
import { findRecord, linksOf, lookUp, readRecord } from '../model/queries.ts';
import { deleteRecords, restoreRecords } from '../model/deletion.ts';
import { countDependants, findDependants } from '../model/dependants.ts';
import { readTitle } from '../model/titles.ts';

const os = operationBuilder.entities;

function finish<R>(steps: Generator<number, R, void>): R {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export const entityHandlers = {
  list: os.list.handler(query((db, input, { services }) => listRecords(db, services, input))),
  get: os.get.handler(query((db, { type, id }) => readRecord(db, type, id))),
  find: os.find.handler(query((db, { id }) => findRecord(db, id))),
  counts: os.counts.handler(
    query((db, { deleted }) => countRecords(db, deleted === 'only' ? 'deleted' : 'visible')),
  ),
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
      const ids = [id, ...also];
      for (const one of ids) liveRecord(db, type, one);
      return countDependants(
        yield* findDependants(
          db,
          ids.map((one) => ({ type, id: one })),
        ),
      );
    }),
  ),
  remove: os.remove.handler(
    command((write, { type, id, with_contents }) => {
      const title = readTitle(write.db, type, liveRecord(write.db, type, id).payload);
      const deleting = deleteRecords(write, [{ type, id }], { withContents: with_contents });
      const { removed: _, retired: __, ...counts } = finish(deleting);
      return { ...counts, op_id: write.audit.op_id, title };
    }),
  ),
  restore: os.restore.handler(
    command((write, { type, id, with_references: withReferences }) => {
      const restored = finish(restoreRecords(write, [{ type, id }], { withReferences }));
      return { record: readRecord(write.db, type, id), op_id: write.audit.op_id, ...restored };
    }),
  ),
  ...bulkHandlers,
};
