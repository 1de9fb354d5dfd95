import type { SavedView } from '#shared/contract/views.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { command, query } from '../model/pipeline.ts';
import { withNamesFromLive } from '../model/names-from-live.ts';
import type { Services } from '../model/services.ts';
import { createView, removeView, updateView } from './commands.ts';
import { listViews, readView } from './rows.ts';

const os = operationBuilder.views;

const readWithOwner = (services: Services, db: ReadHandle, id: string): SavedView =>
  withNamesFromLive(services, readView(db, id), ({ owner }) => [owner]);

export const viewHandlers = {
  list: os.list.handler(
    query((db, _input, { services }) =>
      withNamesFromLive(services, listViews(db), (all) => all.map(({ owner }) => owner)),
    ),
  ),
  create: os.create.handler(
    command((write, input, { services }) => {
      const id = createView(write, input);
      return { view: readWithOwner(services, write.db, id), op_id: write.audit.op_id };
    }),
  ),
  update: os.update.handler(
    command((write, { id, ...changes }, { services }) => {
      const isChanged = updateView(write, id, changes);
      return { view: readWithOwner(services, write.db, id), op_id: isChanged ? write.audit.op_id : null };
    }),
  ),
  remove: os.remove.handler(
    command((write, { id }) => {
      const name = removeView(write, id);
      return { op_id: write.audit.op_id, name };
    }),
  ),
};
