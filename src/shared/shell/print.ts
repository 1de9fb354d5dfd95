import { z } from 'zod';

const line = z.string().max(2000);

const printedItem = z.object({
  title: line,
  /** What kind of record it is, and where. */
  about: line,
  value: line,
  /** How long its bar is, 0 to 1; null for none. */
  share: z.number().min(0).max(1).nullable(),
  /** Sentences under the title. */
  lines: z.array(line).max(12),
});
export type PrintedItem = z.infer<typeof printedItem>;

/** A page on paper: what it says, not how it looks. */
export const printedPage = z.object({
  language: z.string().max(20),
  title: line,
  about: line,
  sections: z
    .array(z.object({ heading: line, note: line, items: z.array(printedItem).max(20) }))
    .min(1)
    .max(10),
  /** What it was made from, at the foot. */
  facts: z.array(line).max(12),
  /** The date of the file, so that the same page gives the same file (ISO 8601). */
  at: z.iso.datetime(),
});
export type PrintedPage = z.infer<typeof printedPage>;
