import { z } from 'zod';
import { daySigns } from '../domain/days.ts';
import { operation } from './base.ts';
import { fieldKey } from './entities.ts';
import { entityType } from './record.ts';

const value = z.string().max(1000);

/** Something that an import of a table left to mend, by what its records say for as long as it is not. */
export const leftMatter = z.discriminatedUnion('kind', [
  /** A field holds a value that is on no list, or that is no day. */
  z.object({ kind: z.literal('kept'), type: entityType, field: fieldKey, value }),
  /** An own field holds days in figures with that sign between them. */
  z.object({ kind: z.literal('days'), type: entityType, field: fieldKey, sign: z.enum(daySigns) }),
  /** A field is empty because the cell under that heading was not understood. */
  z.object({ kind: z.literal('empty'), type: entityType, field: fieldKey, heading: value }),
  /** Two records came with one name. */
  z.object({ kind: z.literal('twice'), type: entityType, name: value }),
  /** A record came along whose name is nearly that of another: of one that came too, by its name, or of one that was `here`, by its id. */
  z.object({ kind: z.literal('alike'), type: entityType, name: value, other: value, here: z.boolean() }),
]);
export type LeftMatter = z.infer<typeof leftMatter>;

/**
 * Of what imports left, which is not mended yet: for each import, in the order asked, one answer for each matter. Only what that import
 * itself wrote counts, and only while it stands as it was written. What is taken back is nothing to mend.
 */
export const stillLeft = operation
  .input(
    z.object({
      imports: z
        .array(z.object({ op_id: z.string().min(1).max(100), matters: z.array(leftMatter).max(100) }))
        .max(10),
    }),
  )
  .output(z.array(z.array(z.boolean())));
