import { z } from 'zod';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';
import { record } from './record.ts';

/**
 * Why a repair has no value. deleted: its records are deleted. left: they no longer take part in knowledge flow, for example because the
 * person left. unknown: the loss of its link is unknown. unmeasured: its question has no value in knowledge flow, or it names no record.
 */
const measuredGap = z.enum(['deleted', 'left', 'unknown', 'unmeasured']);
export type MeasuredGap = z.infer<typeof measuredGap>;

const measuredRepair = z.object({
  /** Value of the repaired item in per cent with one decimal; 0 if it is no longer at risk, null if it cannot be measured. */
  value: z.number().nullable(),
  /** Why there is no value; null if there is one. */
  gap: measuredGap.nullable(),
  /** Id of the university that the question can be narrowed to without losing the item; null for none. */
  university: z.string().nullable(),
});
export type MeasuredRepair = z.infer<typeof measuredRepair>;

const id = z.string().min(1).max(200);

/** Measures the current value of a repair's item. Read-only. Throws NOT_FOUND, CANCELLED. */
export const measure = operation.input(z.object({ id })).output(streamOf(measuredRepair));

/**
 * Sets the day a repair was done (default: today) and measures its item if it has no final value yet, in one transaction. Throws NOT_FOUND,
 * FORBIDDEN, BUSY, CANCELLED.
 */
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
