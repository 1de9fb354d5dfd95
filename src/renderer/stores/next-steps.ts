import { atStart } from '../api/window-state.ts';
import { api } from '../api/client.ts';
import { queryKeys } from './queries.ts';

export type Direction = 'undo' | 'redo';

type Next = Awaited<ReturnType<typeof api.history.state>>;
export type Step = NonNullable<Next['undo']>;

const skipped = new Set<string>();
atStart(() => skipped.clear());

/** The limit of the operation. */
const mostSkipped = 100;

/** Changes to skip in queries for the next undo. */
export const skippedSteps = (): string[] => [...skipped].slice(-mostSkipped);

export const passOver = (opId: string): void => void skipped.add(opId);

/** The next undo and redo of the actor. */
export function readNext(signal?: AbortSignal): Promise<Next> {
  return api.history.state({ skip: skippedSteps() }, signal ? { signal } : {});
}

/** Refreshed by live.ts. */
export const nextQuery = {
  queryKey: queryKeys.undo,
  queryFn: ({ signal }: { signal: AbortSignal }) => readNext(signal),
};
