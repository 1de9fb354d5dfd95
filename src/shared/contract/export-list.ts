import { z } from 'zod';
import { readOperation } from './base.ts';
import { fieldKey, filter, sort } from './entities.ts';
import { streamOf } from './progress.ts';
import { entityType } from './record.ts';

/** Maximum rows of a sheet in spreadsheet programs, including the header. */
export const maxRows = 1_048_576;
/** Maximum text of a spreadsheet cell in UTF-16 units. */
export const maxCellLength = 32_767;

export const listFormat = z.enum(['csv', 'xlsx']);
export type ListFormat = z.infer<typeof listFormat>;

const column = z.object({
  /** A field of the type, a custom field, a derived field (`status`, `links`, `teams` …), `id`, or created_at, updated_at, deleted_at. */
  key: fieldKey,
  label: z.string().max(200),
  /** For a reference: exports the stored id instead of the target's title. */
  id: z.boolean().default(false),
  /** Labels of values in the user’s language; other values are written as stored. */
  values: z.record(z.string(), z.string()).default({}),
});
export type ListColumn = z.infer<typeof column>;

/** Texts for yes and no, the sheet name, and the time zone (IANA) of times. */
const listWords = z.object({
  yes: z.string().max(40).default('yes'),
  no: z.string().max(40).default('no'),
  sheet: z.string().max(200).default(''),
  zone: z.string().max(60).default('UTC'),
  /** Suffix of a FRAMES field's heading if a custom field has the same name. */
  ours: z.string().max(60).default('FRAMES field'),
  /** Suffix of a custom field's heading if a FRAMES field without a column has the same name. */
  own: z.string().max(60).default('custom field'),
});
export type ListWords = z.infer<typeof listWords>;

export const csvDelimiter = z.enum([',', ';']);
export type CsvDelimiter = z.infer<typeof csvDelimiter>;

export const exportListInput = z.object({
  grant: z.string(),
  format: listFormat,
  /** CSV only. With semicolons, numbers have a decimal comma, as in the countries that use semicolons. */
  sign: csvDelimiter.default(','),
  type: entityType,
  filters: z.array(filter).max(20).default([]),
  search: z.string().max(200).default(''),
  /** If records are grouped, the group's field first, then the order within a group. */
  sort: z.array(sort).max(5).default([]),
  deleted: z.enum(['without', 'only', 'with']).default('without'),
  ids: z.array(z.string().min(1).max(200)).max(100_000).optional(),
  except: z.array(z.string().min(1).max(200)).max(100_000).default([]),
  columns: z.array(column).min(1).max(200),
  words: listWords.default({
    yes: 'yes',
    no: 'no',
    sheet: '',
    zone: 'UTC',
    ours: 'FRAMES field',
    own: 'custom field',
  }),
  /** Stored values for other programs: ids, true and false, times in ISO 8601 UTC. */
  raw: z.boolean().default(false),
});
export type ExportListInput = z.input<typeof exportListInput>;

export const exportListResult = z.object({
  file: z.string(),
  bytes: z.number(),
  rows: z.number(),
  columns: z.number(),
  cut: z.number(),
});
export type ExportListResult = z.infer<typeof exportListResult>;

/** Writes a list as shown to a file, atomically. Throws BAD_FILE, INVALID for an unknown field, CANCELLED. */
export const exportList = readOperation.input(exportListInput).output(streamOf(exportListResult));
