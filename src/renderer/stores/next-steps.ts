import { api } from '../api/client.ts';
import { keys } from './queries.ts';

export type Direction = 'undo' | 'redo';

type Next = Awaited<ReturnType<typeof api.history.state>>;
export type Step = NonNullable<Next['undo']>;

const skipped = new Set<string>();

/** A call takes no more than this. */
const mostSkipped = 100;

/** For the calls that look for what to undo next. */
export const skip = (): string[] => [...skipped].slice(-mostSkipped);

export const passOver = (opId: string): void => void skipped.add(opId);

/** What undo and redo would do next for the actor. */
export function readNext(signal?: AbortSignal): Promise<Next> {
  return api.history.state({ skip: skip() }, signal ? { signal } : {});
}

/** The query that knows the next steps; live.ts has it read again. */
export const nextQuery = {
  queryKey: keys.undo,
  queryFn: ({ signal }: { signal: AbortSignal }) => readNext(signal),
};
