import { oc } from '@orpc/contract';
import { z } from 'zod';
import { hasControls, maxLengths } from '../domain/limits.ts';
import { rule } from '../texts/issues.ts';
import { faults } from './fault-data.ts';

export const operation = oc.errors(faults);

/** The id of a record or of anything else that a caller names. */
export const id = z.string().min(1).max(maxLengths.id);

/** A name on one line, without spaces around it. */
export const lineName = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((value) => !hasControls(value), rule('one_line'));
