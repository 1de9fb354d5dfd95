import { z } from 'zod';
import { operation } from './base.ts';
import { entityType } from './record.ts';
import { streamOf } from './progress.ts';

const questionColumn = z.object({
  name: z.string(),
  type: z.enum(['TEXT', 'INTEGER', 'REAL']),
  /** An English sentence for a person or a model. */
  meaning: z.string(),
  unit: z.enum(['people', 'months', 'percent', 'terms', 'year']).optional(),
  /** The known values; others may occur. */
  values: z.array(z.string()).optional(),
  /** It holds ids of records of this type. */
  refers: z.union([entityType, z.enum(['any', 'person', 'party'])]).optional(),
});
export type QuestionColumn = z.infer<typeof questionColumn>;

const questionTable = z.object({
  name: z.string(),
  /** The type of the records that are its rows; null for a list of references, and for people. */
  record: entityType.nullable(),
  columns: z.array(questionColumn),
});
export type QuestionTable = z.infer<typeof questionTable>;

/** The tables that SQL can read: a copy of the visible records, without history and deleted records. */
export const schema = operation.input(z.object({})).output(z.object({ tables: z.array(questionTable) }));

const sqlText = z.string().max(100_000);

const recordLink = z.object({ id: z.string(), type: entityType, title: z.string() });

const sqlAnswer = z.object({
  sql: z.string(),
  columns: z.array(z.object({ name: z.string() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  /** The records whose ids each row holds, in the order of the rows. */
  records: z.array(z.array(recordLink)),
  /** Whether there are more rows than were returned. */
  truncated: z.boolean(),
  /** Milliseconds of the statement. */
  ms: z.number(),
  /** A bar for each row: the columns with its name and its length. Null where no chart fits. */
  chart: z.object({ kind: z.literal('bar'), label: z.number(), value: z.number() }).nullable(),
  /** What the table is, as an English sentence, and what that is made of. */
  sentence: z.string(),
  tables: z.array(z.string()),
});
export type SqlAnswer = z.infer<typeof sqlAnswer>;

/** Runs one statement over a copy of the visible records, in a process with limits. Throws SQL. */
export const run = operation.input(z.object({ sql: sqlText })).output(streamOf(sqlAnswer));
