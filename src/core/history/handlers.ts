import { operations } from '../implement.ts';
import { longQuery, query } from '../pipeline.ts';
import { listChanges, listOfRecord, listTransactions } from './queries.ts';
import { nextRedo, nextUndo } from './stack.ts';
import type { Step } from './stack.ts';
import { listSteps } from './steps.ts';
import { stepBack, undoChange } from './undo.ts';

const os = operations.history;

export const historyHandlers = {
  list: os.list.handler(longQuery((db, input, { services }) => listTransactions(db, input, services.facets))),
  changes: os.changes.handler(longQuery(listChanges)),
  ofRecord: os.ofRecord.handler(longQuery(listOfRecord)),
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
  steps: os.steps.handler(
    query((db, { limit, skip }, { session }) => listSteps(db, session.actor, { limit, skip: new Set(skip) })),
  ),
  undo: os.undo.handler(({ input, context, signal }) => stepBack(context, 'undo', input, signal)),
  undoChange: os.undoChange.handler(({ input, context, signal }) => undoChange(context, input, signal)),
  redo: os.redo.handler(({ input, context, signal }) => stepBack(context, 'redo', input, signal)),
};
