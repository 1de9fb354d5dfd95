import { z } from 'zod';
import { dayOrders, daySigns } from '../domain/days.ts';
import { textEncodings } from '../domain/encodings.ts';
import { operation } from './base.ts';
import { importNotice, importReport } from './import-report.ts';
import { streamOf } from './progress.ts';
import { entityType, jsonValue, payload } from './record.ts';
import { importResult } from './transfer.ts';

/** The kinds of record that the rows of a table may be. */
export const sheetTypes = [
  'team',
  'faculty',
  'student',
  'project',
  'university',
  'interface',
  'outcome',
  'contact',
] as const;
export const sheetType = z.enum(sheetTypes);
export type SheetType = z.infer<typeof sheetType>;

/** A chosen file, or a table that was pasted. */
export const sheetSource = z.union([
  z.object({ grant: z.string() }),
  z.object({ text: z.string().max(20_000_000), name: z.string().max(200) }),
]);
export type SheetSource = z.infer<typeof sheetSource>;

/** What of a file is the table: which sheet of a workbook (from 0), and the line of the headings (from 1; 0 when there is none). */
export const sheetLayout = z.object({
  /** Null: the first sheet that has rows. */
  sheet: z.number().int().min(0).nullable().default(null),
  /** Null: found out. */
  header: z.number().int().min(0).nullable().default(null),
  /** Of a text file; found out where it is not given. */
  encoding: z.enum(textEncodings).optional(),
});
export type SheetLayout = z.infer<typeof sheetLayout>;

/** What one column becomes. */
export const columnTarget = z.discriminatedUnion('to', [
  z.object({ to: z.literal('field'), field: z.string().min(1).max(100) }),
  z.object({ to: z.literal('id') }),
  /** A part of a person's name; both parts become one name. */
  z.object({ to: z.literal('name_part'), part: z.enum(['first', 'last']) }),
  /** The university of the records that a link joins: it decides between records of one name. */
  z.object({ to: z.literal('university_of'), field: z.enum(['from', 'to', 'both']) }),
  /** The id of what a reference names, beside its name: where that record is here, it is meant. */
  z.object({ to: z.literal('id_of'), field: z.string().min(1).max(100) }),
  /** Kept with the record under a name of its own. */
  z.object({ to: z.literal('own'), name: z.string().min(1).max(200) }),
  /** `why` it is left out unless somebody wants it: FRAMES keeps its own times, or computes it. */
  z.object({ to: z.literal('ignore'), why: z.enum(['times', 'computed']).optional() }),
]);
export type ColumnTarget = z.infer<typeof columnTarget>;

export const sheetView = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  /** Names of a workbook's sheets; a text has none. */
  sheets: z.array(z.string()),
  sheet: z.number(),
  header: z.number(),
  /** The first lines as they stand, to choose the line of the headings from. */
  top: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
  rows: z.number(),
  columns: z.array(
    z.object({
      name: z.string(),
      /** Up to three different values. */
      samples: z.array(z.string()),
      /** Rows that have a value. */
      filled: z.number(),
    }),
  ),
  /** What was found while reading it, before anything is chosen. The report of the preview has these too. */
  notices: z.array(importNotice),
  /** The types that a column says its rows are of, the most frequent first. */
  row_types: z.array(sheetType),
  /** That column; null where there is none. */
  type_column: z.number().int().nullable(),
  /** What the rows most likely are, and what each column would become for each type. */
  type: sheetType,
  guesses: z.record(z.string(), z.array(columnTarget)),
  /** The export of FRAMES that the table is, to be imported whole; null for a table that somebody made. */
  /** It was handed out for links to be confirmed in, and is read as answers. */
  answers: z.boolean(),
  exported: z.enum(['xlsx', 'csv-nodes', 'csv-edges']).nullable(),
});
export type SheetView = z.infer<typeof sheetView>;

/** Reads the table behind a ticket, or a pasted one, and guesses what it means. Nothing is written; the ticket stays good. */
export const readSheet = operation
  .input(z.object({ source: sheetSource, layout: sheetLayout.default({ sheet: null, header: null }) }))
  .output(streamOf(sheetView));

const line = z.number().int().min(1);
const column = z.number().int().min(0);

/** What one value stands for wherever it is in a column. One that names a record which is not here does not count. */
export const valueRule = z.object({
  column,
  /** The value as the preview tells of it. */
  value: z.string().max(40_000),
  /** What is read in its place: a text, the id of a record, '' for nothing. */
  becomes: z.string().max(40_000),
  /** Make a record of the name that is read (`becomes`) where there is none; a word that is on no list is right as it is read. */
  create: z.boolean().default(false),
});
export type ValueRule = z.infer<typeof valueRule>;

export const sheetChoices = z.object({
  type: sheetType,
  /** One for each column, in order. */
  columns: z.array(columnTarget).max(300),
  values: z.array(valueRule).max(5000).default([]),
  /** Single cells as the person corrected them. */
  cells: z
    .array(z.object({ line, column, value: z.string().max(40_000) }))
    .max(20_000)
    .default([]),
  /** Lines that are left out. */
  skip: z.array(line).max(100_000).default([]),
  /**
   * Columns of date fields, and those of one's own that hold days, by their place: that these are no days, or which figure is the day
   * where days are written with a sign. Without it dots have the day first, unless all may be versions ("1.2.10"), and of others a value decides that only one order
   * allows, or nothing.
   */
  dates: z
    .record(z.string(), z.union([z.literal('none'), z.partialRecord(z.enum(daySigns), z.enum(dayOrders))]))
    .default({}),
  /** Whether losses of links are per cent or fractions of one; guessed: fractions when none is above 1. */
  loss_unit: z.enum(['guess', 'percent', 'fraction']).default('guess'),
  /** Which sign of numbers is the decimal one, where the table does not show it: "1,250" may be 1250 or 1.25. */
  decimals: z.enum(['guess', 'comma', 'point']).default('guess'),
  /** Types of rows, by the column that says it, that another part of the same import brings. */
  elsewhere: z.array(sheetType).default([]),
  /** What becomes of rows whose record is here already. `ask`: not decided yet. */
  matching: z.enum(['ask', 'update', 'skip', 'create']).default('ask'),
  /** The university of rows that name none; null for none. */
  university: z.string().nullable().default(null),
});
export type SheetChoices = z.infer<typeof sheetChoices>;
export type SheetChoicesInput = z.input<typeof sheetChoices>;

export const sheetProblem = z.object({
  code: z.enum([
    'unknown_choice',
    'not_a_number',
    'out_of_range',
    'not_whole',
    /** A number that is possible and seldom meant: 99,999,999 members. */
    'unlikely_number',
    'not_yes_or_no',
    'not_an_object',
    'too_long',
    'cell_error',
    'converted',
    'reference_missing',
    'reference_ambiguous',
    'reference_created',
    /** A name that is made along, and another that is nearly the same: of the table, or of a record that is here. */
    'reference_alike',
    /** A text whose letters were most likely lost or garbled before the file came here: "?ukasz", "MÃ¼ller". */
    'lost_letters',
    /** A name that is a record's, and beside it the id of another (`becomes`: what that one is called): the name counts. */
    'name_over_id',
    /** A name that is nobody's or several's, and beside it the id of a record that is called otherwise (`becomes`): the id counts. */
    'id_over_name',
    'name_missing',
    /** A contact that names nobody who is known. */
    'people_missing',
    'end_missing',
    'end_unknown',
    /** Several records have the name of an end; the suggestions tell them apart. */
    'end_ambiguous',
    /** Losses that are read as fractions of one. */
    'loss_fraction',
    /** A loss that does not fit its bond (`becomes`). */
    'loss_bond',
    /** A row that is probably a total of the others. */
    'total_row',
    /** A row that is probably the heading or the footer of a part. */
    'section_row',
    /** A row that says that it is of another type. */
    'other_type',
    /** A word in the column of types that is no type; the row is read as the others (`becomes`). */
    'unknown_type',
    /** A text that says that there is nothing: "N/A", "TBD". */
    'placeholder',
    /** Several names in a cell that can hold one. */
    'several_names',
    /** Several names in an end of a link, each of which becomes a link (`becomes`: how many). */
    'several_links',
    /** Numbers such as this one may be two, and nothing in the table says which; read by `becomes`: point or comma. One for each table. */
    'number_order',
    'same_ends',
    'bad_id',
    'id_taken',
    'repeated',
    'match_ambiguous',
    /** Days of a date field or a column of one's own, written in figures: which is the day? One problem for each sign between them. */
    'date_order',
    /** Such days that are read by an order which nobody said, or with two figures of a year. */
    'date_read',
    /** What is no day, in a date field or a column of one's own that holds days; `empty` where the calendar has no such day. */
    'not_a_date',
  ]),
  /** Null when it is about the row as a whole. */
  column: z.number().nullable(),
  field: z.string().nullable(),
  /** The value as it stands; all rows with the same trouble and value are one problem. */
  value: z.string(),
  /** How many rows have it, and the first of them. */
  count: z.number(),
  lines: z.array(z.number()),
  /** In how many of them it comes in: of the others the record that is here says it already. */
  came: z.number(),
  /** What there is to decide: `along` a new record comes, `minor` it is read as what it most likely means, `known` it is here just so. */
  weight: z.enum(['decide', 'along', 'minor', 'known']),
  /** What will be done about it. */
  action: z.enum(['kept', 'empty', 'skipped', 'converted', 'created']),
  /** What it is read as, where it is converted. */
  becomes: jsonValue.nullable(),
  /** What it may have meant: a value of the list, a record with its title, another name, or an order of the figures of a day with an example. */
  suggestions: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type SheetProblem = z.infer<typeof sheetProblem>;

export const sheetRow = z.object({
  line: z.number(),
  effect: z.enum(['create', 'update', 'restore', 'unchanged', 'skipped', 'undecided']),
  title: z.string(),
  /** The record as it will be. */
  payload,
  /** Fields of it that a problem is about. */
  flagged: z.array(z.string()),
});
export type SheetRow = z.infer<typeof sheetRow>;

/** What importing one sheet would do, in figures. */
const sheetOutcome = z.object({
  sheet: z.number(),
  type: sheetType,
  /** Rows of the table, and what becomes of them. */
  rows: z.number(),
  creates: z.number(),
  updates: z.number(),
  restores: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  /** Rows with a record of the same id, and with one of the same name; `undecided` of these wait for a decision. */
  matched: z.object({ by_id: z.number(), by_name: z.number(), undecided: z.number() }),
  /** Records that rows name and that would be made along with them, the first by name. */
  along: z.array(z.object({ type: entityType, title: z.string() })),
  along_count: z.number(),
  /** How many records would be written, those made along among them. */
  writes: z.number(),
  /** How many problems somebody is to look at: those that weigh `decide`, and those that are not listed. */
  to_decide: z.number(),
});
export type SheetOutcome = z.infer<typeof sheetOutcome>;

export const sheetPreview = sheetOutcome.extend({
  sha256: z.string(),
  /** What is not imported of this sheet and the others, and how they were read. */
  report: importReport,
  problems: z.array(sheetProblem),
  /** All of them, also those that are not listed. */
  problem_count: z.number(),
  /** Columns of one's own that hold days: how many values are read as such, and how many are not (yet). */
  date_columns: z.array(z.object({ column: z.number(), days: z.number(), others: z.number() })),
  /** How losses are read; null where the table has none. */
  loss_unit: z.enum(['percent', 'fraction']).nullable(),
  /** Where no row can be imported: the first names that are missing here; null otherwise. */
  blocked: z.array(z.string()).nullable(),
  /** What the other sheets and parts that were chosen would bring; their problems have no suggestions. */
  others: z.array(sheetOutcome.extend({ problems: z.array(sheetProblem) })),
  sample: z.array(sheetRow),
  /** The choices about values that this table has. */
  values_used: z.array(z.object({ column: z.number(), value: z.string() })),
  /** Names of the records that the sample refers to. */
  titles: z.record(z.string(), z.string()),
  changed: z.array(
    z.object({ type: entityType, id: z.string(), title: z.string(), before: payload, after: payload }),
  ),
  /** Which fields of records that are here would change, with in how many of them. */
  changed_fields: z.array(z.object({ field: z.string(), count: z.number() })),
  workspace_empty: z.boolean(),
  /** The rule by which whoever acts may not import this, or null. */
  forbidden: z.string().nullable(),
});
export type SheetPreview = z.infer<typeof sheetPreview>;

const planned = z.object({
  source: sheetSource,
  layout: sheetLayout.default({ sheet: null, header: null }),
  choices: sheetChoices,
  /** Further sheets of the same workbook, imported in the same change. */
  others: z
    .array(z.object({ layout: sheetLayout, choices: sheetChoices }))
    .max(100)
    .default([]),
});

/** What importing a table with these choices would do, row by row. Nothing is written; the ticket stays good. */
export const previewSheet = operation.input(planned).output(streamOf(sheetPreview));

/** Imports a table as one audited change that can be undone; all of it or nothing. Uses the ticket up. */
export const importSheet = operation
  .input(
    planned.extend({
      /** As for `importFile`. */
      backup: z.boolean().optional(),
      /** The SHA-256 that the preview showed: the file must not have changed since. */
      sha256: z.string().optional(),
    }),
  )
  .output(streamOf(importResult));
