import { operations } from '../implement.ts';
import { query } from '../pipeline.ts';
import { listChanges, listOfRecord, listTransactions } from './queries.ts';
import { nextRedo, nextUndo } from './stack.ts';
import type { Step } from './stack.ts';
import { stepBack } from './undo.ts';

const os = operations.history;

export const historyHandlers = {
  list: os.list.handler(query(listTransactions)),
  changes: os.changes.handler(query(listChanges)),
  ofRecord: os.ofRecord.handler(query(listOfRecord)),
  state: os.state.handler(
    query((db, input, { session }) => {
      const skip = new Set(input.skip);
      const describe = (step: Step | null) => {
        if (!step) return null;
        const { op_id, label, params, created_at } = step;
        return { op_id, label, params, created_at };
      };
      return {
        undo: describe(nextUndo(db, session.actor, skip)),
        redo: describe(nextRedo(db, session.actor, skip)),
      };
    }),
  ),
  undo: os.undo.handler(({ input, context, signal }) => stepBack(context, 'undo', input, signal)),
  redo: os.redo.handler(({ input, context, signal }) => stepBack(context, 'redo', input, signal)),
};
