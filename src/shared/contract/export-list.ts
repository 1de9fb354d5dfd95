import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operation } from './base.ts';
import { fieldKey, filter, sort } from './entities.ts';
import { progress } from './progress.ts';
import { entityType } from './record.ts';

/** The largest sheet that a spreadsheet program opens, its header counted. */
export const mostRows = 1_048_576;
/** The longest text of one cell of a spreadsheet, in UTF-16 units. */
export const longestCell = 32_767;

export const listFormat = z.enum(['csv', 'xlsx']);
export type ListFormat = z.infer<typeof listFormat>;

const column = z.object({
  /** A field of the type or an own one, something derived (`status`, `links`, `teams` …), `id`, or created_at, updated_at, deleted_at. */
  key: fieldKey,
  /** Its heading. */
  label: z.string().max(200),
  /** For a reference: the id that is stored, in place of the title of what it names. */
  id: z.boolean().default(false),
  /** Labels of values in the user’s language; other values are written as stored. */
  values: z.record(z.string(), z.string()).default({}),
});
export type ListColumn = z.infer<typeof column>;

/** Words for yes and no, the sheet’s name, and the time zone (IANA) of times. */
const words = z.object({
  yes: z.string().max(40).default('yes'),
  no: z.string().max(40).default('no'),
  sheet: z.string().max(200).default(''),
  zone: z.string().max(60).default('UTC'),
  /** The mark of a FRAMES field’s heading if a custom field has the same name. */
  ours: z.string().max(60).default('FRAMES field'),
  /** The mark of a custom field’s heading if a FRAMES field without a column has the same name. */
  own: z.string().max(60).default('custom field'),
});
export type ListWords = z.infer<typeof words>;

/** What parts the cells of a CSV file. */
export const cellSign = z.enum([',', ';']);
export type CellSign = z.infer<typeof cellSign>;

export const exportListInput = z.object({
  grant: z.string(),
  format: listFormat,
  /** Of CSV only. With semicolons numbers have a decimal comma, as where people write them so. */
  sign: cellSign.default(','),
  type: entityType,
  filters: z.array(filter).max(20).default([]),
  search: z.string().max(200).default(''),
  /** The group first where records stand in groups, then the order within. */
  sort: z.array(sort).max(5).default([]),
  deleted: z.enum(['without', 'only', 'with']).default('without'),
  /** Only these of those that match. */
  ids: z.array(z.string().min(1).max(200)).max(100_000).optional(),
  /** Without these of those that match. */
  except: z.array(z.string().min(1).max(200)).max(100_000).default([]),
  columns: z.array(column).min(1).max(200),
  words: words.default({
    yes: 'yes',
    no: 'no',
    sheet: '',
    zone: 'UTC',
    ours: 'FRAMES field',
    own: 'custom field',
  }),
  /** Values as stored, for other programs: ids, true and false, times in ISO 8601 UTC. */
  raw: z.boolean().default(false),
});
export type ExportListInput = z.input<typeof exportListInput>;

export const exportListResult = z.object({
  /** The file's own name, without its folder. */
  file: z.string(),
  bytes: z.number(),
  rows: z.number(),
  columns: z.number(),
  /** Cells whose text was shortened to fit a spreadsheet. */
  cut: z.number(),
});
export type ExportListResult = z.infer<typeof exportListResult>;

/**
 * Writes the records that a list shows, as it shows them, to the file behind a grant. The file is there whole or not at all. Fails
 * with BAD_FILE (unwritable, no_folder, own_file, too_many_rows, too_large), INVALID for a field that the type does not have, CANCELLED.
 */
export const exportList = operation
  .input(exportListInput)
  .output(
    eventIterator(
      z.discriminatedUnion('kind', [
        progress,
        z.object({ kind: z.literal('result'), result: exportListResult }),
      ]),
    ),
  );
