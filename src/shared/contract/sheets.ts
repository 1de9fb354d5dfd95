import { z } from 'zod';
import { dayOrders, daySeparators } from '../domain/days.ts';
import { textEncodings } from '../domain/encodings.ts';
import { maxLengths } from '../domain/limits.ts';
import { shareUnits } from '../domain/share-units.ts';
import { nameField } from '../domain/title.ts';
import { operation } from './base.ts';
import { encodingReading, importNotice, importReport } from './import-report.ts';
import { nodeType, typeOrByName } from './network.ts';
import { streamOf } from './progress.ts';
import { entityType, payload } from './record.ts';
import { sheetProblem } from './sheet-problems.ts';
import { importResult } from './transfer.ts';

export const sheetTypes = [
  'team',
  'faculty',
  'student',
  'project',
  'university',
  'organisation',
  'interface',
  'outcome',
  'contact',
] as const;
export const sheetType = z.enum(sheetTypes);
export type SheetType = z.infer<typeof sheetType>;

/** A chosen file or a pasted table. */
export const sheetSource = z.union([
  z.object({ grant: z.string() }),
  z.object({ text: z.string().max(20_000_000), name: z.string().max(200) }),
]);
export type SheetSource = z.infer<typeof sheetSource>;

/** For `type_column`. */
export const typesByTitle = -2;

/** The meaning of a word in a column of types: a type, a former student, or rows to leave out. */
export const wordType = z.enum([...sheetTypes, 'former', 'ignore']);
export type WordType = z.infer<typeof wordType>;

/** The table's position in a file: the sheet of a workbook (from 0), and the line of the headings (from 1; 0 for none). */
export const sheetLayout = z.object({
  /** Null: the first sheet with rows. */
  sheet: z.number().int().min(0).nullable().default(null),
  /** Null: detect. */
  header: z.number().int().min(0).nullable().default(null),
  /** For a text file; detected if omitted. */
  encoding: z.enum(textEncodings).optional(),
  /** Whether hidden rows and columns of a workbook are read. */
  hidden: z.boolean().optional(),
  /**
   * The column, from 0, that tells the type of each row; -1 if none does, `typesByTitle` if an academic title makes a person faculty, and
   * the others students. Detected if omitted.
   */
  type_column: z.number().int().min(-2).optional(),
  /** Columns, from 0, in which an empty cell takes the value above it. */
  fill_down: z.array(z.number().int().min(0)).max(300).optional(),
  /** By word in the column of types that names none of ours: the type of its rows. */
  word_types: z.record(z.string().max(1000), wordType).optional(),
});
export type SheetLayout = z.infer<typeof sheetLayout>;

/** The parts of a person's name that columns can hold. `prefix` begins the family name ("van der"). A salutation is left out of the name. */
export const nameParts = ['salutation', 'title', 'first', 'prefix', 'last'] as const;
export type NamePart = (typeof nameParts)[number];

const shareUnit = z.enum(shareUnits);

export const columnTarget = z.discriminatedUnion('to', [
  z.object({ to: z.literal('field'), field: z.string().min(1).max(100) }),
  z.object({ to: z.literal('id') }),
  z.object({ to: z.literal('name_part'), part: z.enum(nameParts) }),
  /** The university of a link's ends; tells apart records with the same name. */
  z.object({ to: z.literal('university_of'), field: z.enum(['from', 'to', 'both']) }),
  /** The type of a link's end, for records that the import creates. */
  z.object({ to: z.literal('type_of'), field: z.enum(['from', 'to']) }),
  /** An arrow or a word in each row of links: forward, backward or both ways, which becomes two links. */
  z.object({ to: z.literal('direction') }),
  /** The id of a reference's target, next to the target's name. The id takes precedence if the record exists. */
  z.object({ to: z.literal('id_of'), field: z.string().min(1).max(100) }),
  /** 100 % minus the value, for fields in per cent: a kept share is the rest of `energy_loss`. */
  z.object({ to: z.literal('rest_of'), field: z.string().min(1).max(100) }),
  z.object({ to: z.literal('own'), name: z.string().min(1).max(200) }),
  /** Ignored unless the user chooses otherwise. `why`: FRAMES sets its own times, computes the field, or the column only numbers the rows. */
  z.object({ to: z.literal('ignore'), why: z.enum(['times', 'computed', 'numbering']).optional() }),
]);
export type ColumnTarget = z.infer<typeof columnTarget>;

/** The field that a column fills, directly or as 100 % minus its value; null for other columns. A field has at most one column. */
export const filledField = (target: ColumnTarget): string | null =>
  target.to === 'field' || target.to === 'rest_of' ? target.field : null;

/** Whether the columns tell the name or the id of each record, or records of the type have no name. */
export const identifiesRows = (type: SheetType, columns: readonly ColumnTarget[]): boolean =>
  nameField(type) === null ||
  columns.some(
    (target) =>
      target.to === 'id' ||
      (target.to === 'field' && target.field === 'name') ||
      (target.to === 'name_part' && (target.part === 'first' || target.part === 'last')),
  );

export const sheetView = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  /** The sheets of a workbook, hidden ones last. */
  sheets: z.array(z.string()),
  hidden_sheets: z.number().int(),
  sheet: z.number(),
  header: z.number(),
  /** The first lines unparsed, for choosing the line of the headings. */
  top: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
  rows: z.number(),
  columns: z.array(
    z.object({
      name: z.string(),
      /** Up to three different values. */
      samples: z.array(z.string()),
      /** Rows with a value. */
      filled: z.number(),
    }),
  ),
  /** Notices from reading the table; the preview's report includes them. */
  notices: z.array(importNotice),
  /** Row types from a column of types, most frequent first. */
  row_types: z.array(sheetType),
  /** The column of types; null if there is none. */
  type_column: z.number().int().nullable(),
  /** People with an academic title, if these are the fewer of the rows: professors in a list of students. */
  titled: z.object({ count: z.number().int(), example: z.string() }).nullable(),
  /** Most likely row type, and the target of each column for each type. */
  type: sheetType,
  guesses: z.record(z.string(), z.array(columnTarget)),
  /** What the table does not tell: a person should say it before an import. */
  doubts: z.object({
    /** The types that its rows can be, the guessed one first; empty if no type fits. Null if there is no doubt. */
    types: z.array(sheetType).nullable(),
    /** With `types`: a column that tells the type of many rows; null if there is none. */
    type_column: z.number().int().nullable(),
    /** By type: the column guessed to have the names, although neither its heading nor its values say so. */
    names: z.partialRecord(sheetType, z.number().int()),
    /** By type: fields that such a table usually has but that no column was recognised as, each with the columns that can be it. */
    roles: z.partialRecord(
      sheetType,
      z.array(z.object({ field: z.string(), columns: z.array(z.number().int()) })),
    ),
    /** Columns that seem to have a value only in the first row of each group: `fill_down` fills the others. */
    groups: z.array(z.number().int()),
    /** The encodings that the text can be in, the guessed one first; empty if there is no doubt. Choosing one in the layout settles it. */
    encodings: z.array(encodingReading),
  }),
  /** Whether the table is a sheet that FRAMES wrote for confirming links, to be read as answers. */
  answers: z.boolean(),
  /** The FRAMES export that the table is, to be imported whole; null for other tables. */
  exported: z.enum(['xlsx', 'csv-nodes', 'csv-edges']).nullable(),
});
export type SheetView = z.infer<typeof sheetView>;

/** Reads the table of a grant or a pasted table, and detects its structure. Read-only; the grant stays valid. */
export const readSheet = operation
  .input(
    z.object({
      source: sheetSource,
      layout: sheetLayout.default({ sheet: null, header: null }),
      /** By index: columns that a person decided. The guesses of the others take them into account. */
      chosen: z.record(z.string(), columnTarget).default({}),
    }),
  )
  .output(streamOf(sheetView));

const lineNumber = z.number().int().min(1);
const columnIndex = z.number().int().min(0);

/** A replacement of a value throughout a column. Ignored if the replacement names a missing record. */
export const valueRule = z.object({
  column: columnIndex,
  /** The value as shown in the preview. */
  value: z.string().max(40_000),
  /** The replacement: a text, a record id, or '' for none. */
  becomes: z.string().max(40_000),
  /** Creates a record named `becomes` if there is none; accepts a word that is not in the list of values. */
  create: z.boolean().default(false),
});
export type ValueRule = z.infer<typeof valueRule>;

export const sheetChoices = z.object({
  type: sheetType,
  columns: z.array(columnTarget).max(300),
  /** The columns that a person decided, by index. */
  chosen: z.array(columnIndex).max(300).default([]),
  values: z.array(valueRule).max(5000).default([]),
  /** The doubts of the view that a person has settled: `type`, `name`, `titled`, the field of a role, or `group N` of a column. */
  settled: z.array(z.string().max(100)).max(20).default([]),
  cells: z
    .array(z.object({ line: lineNumber, column: columnIndex, value: z.string().max(40_000) }))
    .max(20_000)
    .default([]),
  skip: z.array(lineNumber).max(100_000).default([]),
  /**
   * Date columns, and custom columns of days, by index: `none` if they are not days, or the order of day and month per separator. Default:
   * with dots the day comes first, unless all values can be versions ("1.2.10"). For other separators, a value that is valid in one order
   * only decides the order; without such a value none is chosen.
   */
  dates: z
    .record(
      z.string(),
      z.union([z.literal('none'), z.partialRecord(z.enum(daySeparators), z.enum(dayOrders))]),
    )
    .default({}),
  /** By field of a share ("energy_loss"): how it is written. Default: as the heading says, else fractions if no value is above 1, else per cent. */
  share_units: z.record(z.string().max(100), shareUnit).default({}),
  /** Decimal separator if the table is ambiguous: "1,250" can be 1250 or 1.25. */
  decimals: z.enum(['guess', 'comma', 'point']).default('guess'),
  /** Row types of the type column that another part of the same import covers. */
  elsewhere: z.array(sheetType).default([]),
  /** The action for rows whose record exists. `ask`: undecided. */
  matching: z.enum(['ask', 'update', 'skip', 'create']).default('ask'),
  /** The order of people's names in one column. `family_first`: "Falk, Ida" and "Falk Ida" become "Ida Falk". */
  name_order: z.enum(['guess', 'given_first', 'family_first']).default('guess'),
  /** Rows that become records of their own although an earlier row has the same person. */
  separate_rows: z.array(lineNumber).max(100_000).default([]),
  /** The type of new records for the ends of links that no record has the name of; null: such rows are left out. */
  missing_ends: typeOrByName.nullable().default(null),
  /** By the name as written: the type of one such record, if it differs. */
  end_types: z.record(z.string().max(1000), nodeType).default({}),
  /** The university of rows without a university; null for none. */
  university: z.string().nullable().default(null),
  /** In place of `university`: the name of one, which is created if no university has it. */
  new_university: z.string().min(1).max(maxLengths.name).nullable().default(null),
});
export type SheetChoices = z.infer<typeof sheetChoices>;
export type SheetChoicesInput = z.input<typeof sheetChoices>;

export const sheetRow = z.object({
  line: z.number(),
  effect: z.enum(['create', 'update', 'restore', 'unchanged', 'skipped', 'undecided']),
  title: z.string(),
  /** The record after the import. */
  payload,
  /** Fields of the record with a problem. */
  flagged: z.array(z.string()),
});
export type SheetRow = z.infer<typeof sheetRow>;

const sheetOutcome = z.object({
  sheet: z.number(),
  type: sheetType,
  rows: z.number(),
  creates: z.number(),
  updates: z.number(),
  restores: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  /** Rows with a record of the same id or name; `undecided` of these wait for a decision. */
  matched: z.object({ by_id: z.number(), by_name: z.number(), undecided: z.number() }),
  /** Referenced records to be created, the first by name. */
  along: z.array(z.object({ type: entityType, title: z.string() })),
  along_count: z.number(),
  writes: z.number(),
  /** What the records hold after the import, by field: a wrong reading shows here at once. */
  figures: z.array(
    z.object({
      field: z.string(),
      /** Records with a value, and without one. */
      filled: z.number(),
      empty: z.number(),
      /** Of numbers: the least and the most, and how many records have the most that the field allows. */
      min: z.number().nullable(),
      max: z.number().nullable(),
      full: z.number(),
    }),
  ),
  /** Number of problems to review: those of weight `decide`, and those not listed. */
  to_decide: z.number(),
});
export type SheetOutcome = z.infer<typeof sheetOutcome>;

export const sheetPreview = sheetOutcome.extend({
  sha256: z.string(),
  report: importReport,
  problems: z.array(sheetProblem),
  problem_count: z.number(),
  /** Custom columns of days: number of values parsed as days, and of others. */
  date_columns: z.array(z.object({ column: z.number(), days: z.number(), others: z.number() })),
  /** The order of people's names; null if none can be turned. `count` are or can be turned; `becomes`: the example turned, or ''. */
  name_order: z
    .object({
      order: z.enum(['given_first', 'family_first']),
      by: z.enum(['choice', 'heading', 'values']).nullable(),
      count: z.number().int(),
      example: z.string(),
      becomes: z.string(),
    })
    .nullable(),
  /** The unit of each share field that has values. */
  share_units: z.record(z.string(), shareUnit),
  /** The scale on which values of a share field can be points, because none is above its most; by field. */
  share_scales: z.record(z.string(), shareUnit),
  /** If no row can be imported: the first missing names; otherwise null. */
  blocked: z
    .object({ reason: z.enum(['missing', 'ambiguous', 'left_out']), names: z.array(z.string()) })
    .nullable(),
  /** Outcomes of the other chosen sheets and parts; their problems have no suggestions. */
  others: z.array(sheetOutcome.extend({ problems: z.array(sheetProblem) })),
  sample: z.array(sheetRow),
  /** The value rules that apply to this table. */
  values_used: z.array(z.object({ column: z.number(), value: z.string() })),
  titles: z.record(z.string(), z.string()),
  changed: z.array(
    z.object({ type: entityType, id: z.string(), title: z.string(), before: payload, after: payload }),
  ),
  /** Fields of existing records to change, with the number of records. */
  changed_fields: z.array(z.object({ field: z.string(), count: z.number() })),
  workspace_empty: z.boolean(),
  /** The rule that forbids this import, or null. */
  forbidden: z.string().nullable(),
});
export type SheetPreview = z.infer<typeof sheetPreview>;

const sheetImport = z.object({
  source: sheetSource,
  layout: sheetLayout.default({ sheet: null, header: null }),
  choices: sheetChoices,
  /** Further sheets of the same workbook, imported in the same change. */
  others: z
    .array(z.object({ layout: sheetLayout, choices: sheetChoices }))
    .max(100)
    .default([]),
});

/** Previews an import with these choices, row by row. Read-only; the grant stays valid. */
export const previewSheet = operation.input(sheetImport).output(streamOf(sheetPreview));

/** Imports a table as one audited, undoable change, all or nothing. Uses up the grant. */
export const importSheet = operation
  .input(
    sheetImport.extend({
      /** As for `importFile`. */
      backup: z.boolean().optional(),
      sha256: z.string().optional(),
    }),
  )
  .output(streamOf(importResult));
