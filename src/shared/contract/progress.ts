import { eventIterator } from '@orpc/contract';
import { z } from 'zod';

/** Progress of a long operation, sent at most about ten times a second. */
export const progress = z.object({
  kind: z.literal('progress'),
  /** A code of the text catalogue: reading, checking, writing, verifying … */
  step: z.string(),
  done: z.number(),
  /** Null while the total is unknown. */
  total: z.number().nullable(),
  /** A page that the user must open in a browser to continue. */
  open: z.string().optional(),
});
export type Progress = z.infer<typeof progress>;

export type Stream<T> = AsyncGenerator<Progress | { kind: 'result'; result: T }, void, void>;

/** The output schema of a long operation: progress, and finally its result. */
export const streamOf = <S extends z.ZodType>(result: S) =>
  eventIterator(z.discriminatedUnion('kind', [progress, z.object({ kind: z.literal('result'), result })]));
