import { z } from 'zod';
import { textEncodings } from '../domain/encodings.ts';

/** A text in one of its likely encodings: some values that differ in another one. */
export const encodingReading = z.object({ encoding: z.enum(textEncodings), sample: z.string() });
export type EncodingReading = z.infer<typeof encodingReading>;

/** Notices about a whole file: missing content and uncertain interpretations. */
export const importNoticeCodes = [
  'encoding_guessed',
  'short_rows',
  'long_rows',
  'open_quote',
  'no_headings',
  'headings_joined',
  'cells_without_heading',
  'typographic_quotes',
  'hidden_sheets',
  'hidden_rows',
  'hidden_columns',
  'formula_without_value',
  'value_too_large',
  'too_many_fields',
  'column_left_out',
  'attribute_left_out',
  'drawing_left_out',
  'element_left_out',
  'graph_data_left_out',
  'values_over_time',
  'undirected_edges',
  'share_rest',
  'mutual_edges',
  'membership_edges',
  'nodes_left_out',
  'edges_left_out',
  'types_by_name',
  'edge_ids_repeated',
  'ids_taken',
  'matrix',
  'names_turned',
  'titles_moved',
  'remarks_moved',
  'former_members',
  'by_position',
  'name_ambiguous',
] as const;

export const importNotice = z.object({
  code: z.enum(importNoticeCodes),
  /** Number of affected values, rows, nodes or edges. */
  count: z.number().int(),
  /** The sheet, column or attribute, and the first line; fields that do not apply are absent. */
  where: z.object({
    sheet: z.string().optional(),
    line: z.number().int().optional(),
    column: z.string().optional(),
    attribute: z.string().optional(),
    of: z.enum(['nodes', 'edges']).optional(),
  }),
  /** Further parameters of the notice's sentence, by name. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ImportNotice = z.infer<typeof importNotice>;

/** One report for every import format, the same in the window, on the command line and in JSON. */
export const importReport = z.object({
  /** Whether the file was imported completely: no notices and no problems. */
  complete: z.boolean(),
  notices: z.array(importNotice),
  /** Number of affected values, rows or elements, by problem code. Details are in the list of problems. */
  problems: z.record(z.string(), z.number()),
});
export type ImportReport = z.infer<typeof importReport>;
