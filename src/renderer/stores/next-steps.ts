import { atStart } from '../api/window-state.ts';
import { api } from '../api/client.ts';
import { queryKeys } from './queries.ts';

export type Direction = 'undo' | 'redo';

type NextSteps = Awaited<ReturnType<typeof api.history.nextSteps>>;
export type Step = NonNullable<NextSteps['undo']>;

const skippedOps = new Set<string>();
atStart(() => skippedOps.clear());

/** The limit of `history.nextSteps`. */
const maxSkipped = 100;

/** Changes to skip in queries for the next undo. */
export const skippedSteps = (): string[] => [...skippedOps].slice(-maxSkipped);

export const skipOp = (opId: string): void => void skippedOps.add(opId);

/** The next undo and redo of the actor. */
export function readNextSteps(signal?: AbortSignal): Promise<NextSteps> {
  return api.history.nextSteps({ skip: skippedSteps() }, signal ? { signal } : {});
}

/** Refreshed on every commit, because its key begins with `history`. */
export const nextStepsQuery = {
  queryKey: queryKeys.undo,
  queryFn: ({ signal }: { signal: AbortSignal }) => readNextSteps(signal),
};
