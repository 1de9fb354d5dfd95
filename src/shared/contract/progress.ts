import { eventIterator } from '@orpc/contract';
import { z } from 'zod';

/** How far a long operation has come. It is sent at most some ten times a second. */
export const progress = z.object({
  kind: z.literal('progress'),
  /** A code of the text catalogue: reading, checking, writing, verifying … */
  step: z.string(),
  done: z.number(),
  /** Null while nobody knows how much there is. */
  total: z.number().nullable(),
  /** A page that somebody has to open in a browser before it goes on. */
  open: z.string().optional(),
});
export type Progress = z.infer<typeof progress>;

/** What a long operation yields: progress, and at the end its result. */
export type Stream<T> = AsyncGenerator<Progress | { kind: 'result'; result: T }, void, void>;

/** The output of a long operation: progress, and at last its result. */
export const streamOf = <S extends z.ZodType>(result: S) =>
  eventIterator(z.discriminatedUnion('kind', [progress, z.object({ kind: z.literal('result'), result })]));
