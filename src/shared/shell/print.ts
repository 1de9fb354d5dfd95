import { z } from 'zod';

const line = z.string().max(2000);

const printedItem = z.object({
  title: line,
  about: line,
  value: line,
  /** Length of the item's bar, 0 to 1; null for none. */
  share: z.number().min(0).max(1).nullable(),
  lines: z.array(line).max(12),
});
export type PrintedItem = z.infer<typeof printedItem>;

const share = z.number().min(0).max(1);
const printedBar = z.object({
  label: line,
  value: line,
  share,
  /** The value to compare with, such as the value of live for a sandbox. */
  before: z.object({ value: line, share }).optional(),
});
export type PrintedBar = z.infer<typeof printedBar>;

const printedNode = z.object({
  name: line,
  /** The subject of the drawing. */
  isChosen: z.boolean(),
  /** The saved position, y upwards; null if there is none. */
  at: z.object({ x: z.number(), y: z.number() }).nullable(),
});
export type PrintedNode = z.infer<typeof printedNode>;

const printedNetwork = z.object({
  nodes: z.array(printedNode).max(60),
  links: z
    .array(
      z.object({
        from: z.number().int(),
        to: z.number().int(),
        loss: z.number().nullable(),
        isChosen: z.boolean(),
      }),
    )
    .max(1000),
});
export type PrintedNetwork = z.infer<typeof printedNetwork>;

const printedSection = z.object({
  heading: line,
  note: line,
  items: z.array(printedItem).max(20),
  /** Neutral bars have no warning colour. */
  chart: z
    .object({ heading: line, bars: z.array(printedBar).max(20), isNeutral: z.boolean().optional() })
    .optional(),
  network: z.object({ heading: line, drawing: printedNetwork }).optional(),
  /** The first cell of each row is its name. The first `words` columns hold text, the others numbers. */
  table: z
    .object({ words: z.number().int(), columns: z.array(line), rows: z.array(z.array(line)) })
    .optional(),
});
export type PrintedSection = z.infer<typeof printedSection>;

export const printedPage = z.object({
  language: z.string().max(20),
  title: line,
  about: line,
  /** Author of the page; '' for none. */
  author: line.default(''),
  sections: z.array(printedSection).min(1).max(10),
  /** Sources and settings, for the footer. */
  facts: z.array(line).max(12),
  /** Date of the file (ISO 8601), so that the same page gives the same file. */
  at: z.iso.datetime(),
});
export type PrintedPage = z.infer<typeof printedPage>;
