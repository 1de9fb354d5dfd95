import { logFacets } from './facets.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { longQuery, query } from '../model/pipeline.ts';
import { actingProfile } from '../log/session.ts';
import { withNamesFromLive } from '../model/names-from-live.ts';
import { listChanges, listOfRecord, listTransactions } from './queries.ts';
import { nextRedo, nextUndo } from './stack.ts';
import type { Step } from './stack.ts';
import { listSteps } from './list-steps.ts';
import { undoOrRedo, undoChange } from './undo.ts';

const os = operationBuilder.history;

export const historyHandlers = {
  list: os.list.handler(
    longQuery(function* (db, input, { services }) {
      const page = yield* listTransactions(db, input, logFacets(services));
      return withNamesFromLive(services, page, ({ rows }) => rows.map(({ actor }) => actor));
    }),
  ),
  changes: os.changes.handler(
    query((db, input, { services }) =>
      withNamesFromLive(services, listChanges(db, input), ({ transaction }) => [transaction.actor]),
    ),
  ),
  ofRecord: os.ofRecord.handler(
    longQuery(function* (db, input, { services }) {
      const page = yield* listOfRecord(db, input);
      return withNamesFromLive(services, page, ({ rows }) =>
        rows.map(({ transaction }) => transaction.actor),
      );
    }),
  ),
  nextSteps: os.nextSteps.handler(
    query((db, input, { session, services }) => {
      const { id: actor } = actingProfile(services.home.read, session);
      const skip = new Set(input.skip);
      const describe = (step: Step | null) => {
        if (!step) return null;
        const { op_id, label, params, created_at } = step;
        return { op_id, label, params, created_at };
      };
      return {
        undo: describe(nextUndo(db, actor, skip)),
        redo: describe(nextRedo(db, actor, skip)),
      };
    }),
  ),
  steps: os.steps.handler(
    query((db, { limit, skip }, { session, services }) => {
      const { id: actor } = actingProfile(services.home.read, session);
      const steps = listSteps(db, actor, { limit, skip: new Set(skip) });
      return withNamesFromLive(services, steps, ({ undo, redo }) =>
        [...undo, ...redo].map(({ actor }) => actor),
      );
    }),
  ),
  undo: os.undo.handler(({ input, context, signal }) => undoOrRedo(context, 'undo', input, signal)),
  undoChange: os.undoChange.handler(({ input, context, signal }) => undoChange(context, input, signal)),
  redo: os.redo.handler(({ input, context, signal }) => undoOrRedo(context, 'redo', input, signal)),
};
