import { z } from 'zod';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';
import { record } from './record.ts';

/**
 * Why a repair has no value. deleted: its records are. left: they take no part in knowledge flow any more, as somebody who left. unknown: the loss of its
 * link is not known. unmeasured: its question has no value in knowledge flow, or it names no record.
 */
const measuredGap = z.enum(['deleted', 'left', 'unknown', 'unmeasured']);
export type MeasuredGap = z.infer<typeof measuredGap>;

const measuredRepair = z.object({
  /** The value of the item that the repair is for, in per cent with one decimal; 0 where it is no longer at risk, null where it cannot be measured. */
  value: z.number().nullable(),
  /** Why there is no value; null where there is one. */
  gap: measuredGap.nullable(),
  /** Id of the university that the question can be narrowed to and still be about the item; null for none. */
  university: z.string().nullable(),
});
export type MeasuredRepair = z.infer<typeof measuredRepair>;

const id = z.string().min(1).max(200);

/** Measures the item of a repair as it is now. Nothing is written. Throws NOT_FOUND, CANCELLED. */
export const measure = operation.input(z.object({ id })).output(streamOf(measuredRepair));

/**
 * Sets the day on which a repair was done, today unless it has one, and measures its item if there is no value after it yet, in one transaction. Throws
 * NOT_FOUND, FORBIDDEN, BUSY, CANCELLED.
 */
export const markDone = operation.input(z.object({ id })).output(
  streamOf(
    z.object({
      record,
      measured: measuredRepair,
      /** Null where the repair was done and measured already. */
      op_id: z.string().nullable(),
    }),
  ),
);
