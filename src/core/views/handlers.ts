import { operations } from '../implement.ts';
import { command, query } from '../pipeline.ts';
import { createView, removeView, updateView } from './commands.ts';
import { listViews, readView } from './rows.ts';

const os = operations.views;

export const viewHandlers = {
  list: os.list.handler(query(listViews)),
  create: os.create.handler(
    command((write, input) => {
      const id = createView(write, input);
      return { view: readView(write.db, id), op_id: write.audit.op_id };
    }),
  ),
  update: os.update.handler(
    command((write, { id, ...given }) => {
      const changed = updateView(write, id, given);
      return { view: readView(write.db, id), op_id: changed ? write.audit.op_id : null };
    }),
  ),
  remove: os.remove.handler(
    command((write, { id }) => {
      const name = removeView(write, id);
      return { op_id: write.audit.op_id, name };
    }),
  ),
};
