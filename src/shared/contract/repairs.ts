import { z } from 'zod';
import { id, operation } from './base.ts';
import { streamOf } from './progress.ts';
import { record } from './record.ts';

/** deleted, left: the records no longer take part. unknown: the loss of the link is unknown. unmeasured: the question has no value. */
const measuredGap = z.enum(['deleted', 'left', 'unknown', 'unmeasured']);
export type MeasuredGap = z.infer<typeof measuredGap>;

const measuredRepair = z.object({
  /** Value in its Insights answer, in per cent with one decimal; 0 if no longer at risk, null if it cannot be measured. */
  value: z.number().nullable(),
  /** Why there is no value; null if there is one. */
  gap: measuredGap.nullable(),
  /** Id of a university to which Insights can be filtered so that its answer still lists the item; null if none. */
  university: z.string().nullable(),
});
export type MeasuredRepair = z.infer<typeof measuredRepair>;

/** Measures the current value of a repair's item. Read-only. Throws NOT_FOUND, CANCELLED. */
export const measure = operation.input(z.object({ id })).output(streamOf(measuredRepair));

/** Sets the day a repair was done and measures its item, in one transaction. Throws NOT_FOUND, FORBIDDEN, BUSY, CANCELLED. */
export const markDone = operation.input(z.object({ id })).output(
  streamOf(
    z.object({
      record,
      measured: measuredRepair,
      /** Null if the repair was done and measured already. */
      op_id: z.string().nullable(),
    }),
  ),
);
