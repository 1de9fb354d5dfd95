import { z } from 'zod';

/**
 * What an import tells of a file as a whole: what is in it and not in the result, and how it was read where that is not certain. To add one:
 * a code here, its sentence in `shared/texts/import-notices.ts` and in German (`renderer/i18n/de/transfer.ts`), and a call of `Notices.add`
 * where it is found.
 */
export const importNoticeCodes = [
  'encoding_guessed',
  'short_rows',
  'long_rows',
  'open_quote',
  'no_headings',
  'headings_joined',
  'formula_without_value',
  'column_left_out',
  'attribute_left_out',
  'drawing_left_out',
  'element_left_out',
  'graph_data_left_out',
  'values_over_time',
  'undirected_edges',
  'edge_ids_repeated',
  'ids_taken',
  'by_position',
  'name_ambiguous',
] as const;

export const importNotice = z.object({
  code: z.enum(importNoticeCodes),
  /** How many values, rows, nodes or edges it is about. */
  count: z.number().int(),
  /** The sheet, column or attribute that it is about, and the first line; what does not apply is not there. */
  where: z.object({
    sheet: z.string().optional(),
    line: z.number().int().optional(),
    column: z.string().optional(),
    attribute: z.string().optional(),
    of: z.enum(['nodes', 'edges']).optional(),
  }),
  /** What else its sentence says, by name. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ImportNotice = z.infer<typeof importNotice>;

/** One report for every import, of every format: the same in the window, on the command line and in its JSON. */
export const importReport = z.object({
  /** The file is in the result as it stands: there is no notice and no problem. */
  complete: z.boolean(),
  notices: z.array(importNotice),
  /** How many values, rows or elements have a problem, by its code. What each is stands in the list of problems. */
  problems: z.record(z.string(), z.number()),
});
export type ImportReport = z.infer<typeof importReport>;
