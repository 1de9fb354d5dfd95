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
  /** What stands above it. */
  label: z.string().max(200),
  /** For a reference: the id that is stored, in place of the title of what it names. */
  id: z.boolean().default(false),
  /** What values are called in the language of whoever asks; those that are not here stand as they are stored. */
  values: z.record(z.string(), z.string()).default({}),
});
export type ListColumn = z.infer<typeof column>;

/** How yes and no are written, what the sheet is called, and in which time zone (IANA) moments are. */
const words = z.object({
  yes: z.string().max(40).default('yes'),
  no: z.string().max(40).default('no'),
  sheet: z.string().max(200).default(''),
  zone: z.string().max(60).default('UTC'),
  /** What tells the heading of a field of ours from that of an own field that is called the same. */
  ours: z.string().max(60).default('FRAMES field'),
  /** What tells the heading of an own field from that of a field of ours that has no column. */
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
  /** Everything as it is stored, for another program: ids, true and false, moments in ISO 8601 UTC. */
  raw: z.boolean().default(false),
});
export type ExportListInput = z.input<typeof exportListInput>;

export const exportListResult = z.object({
  /** The file's own name, without its folder. */
  file: z.string(),
  bytes: z.number(),
  rows: z.number(),
  columns: z.number(),
  /** Cells whose text was too long for a spreadsheet and was cut. */
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
