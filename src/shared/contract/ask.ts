import { z } from 'zod';
import { question as insightQuestion } from './analysis.ts';
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
  refers: z.union([entityType, z.enum(['any', 'person', 'party', 'record'])]).optional(),
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

/** What the model may be told of the workspace. Each level contains those before it; `off` sends nothing. */
export const disclosureLevels = ['off', 'schema', 'names', 'rows'] as const;
export type DisclosureLevel = (typeof disclosureLevels)[number];

/** How a question would be answered: by a statement that is shown first, an answer of Insights, or a search. */
const way = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sql'), sql: sqlText }),
  z.object({
    kind: z.literal('insight'),
    /** For `analysis.insights`. */
    input: z.object({ question: insightQuestion, university: z.string().optional() }),
  }),
  /** For `search.find`. */
  z.object({ kind: z.literal('search'), input: z.object({ text: z.string() }) }),
]);

const proposal = z.object({
  question: z.string(),
  /** Who says so: rules that come with FRAMES, or nobody, so that a search is all there is. */
  by: z.enum(['builtin', 'search']),
  way,
  /** What will be answered, as an English sentence. */
  sentence: z.string(),
  /** Parts of the question, in the words of the rules, and what they were understood as. */
  parts: z.array(z.object({ words: z.string(), meaning: z.string() })),
  /** Words that no rule explains. */
  unknown: z.array(z.string()),
});
export type Proposal = z.infer<typeof proposal>;

/** How a question in English or German words would be answered. Runs no statement. */
export const propose = operation
  .input(z.object({ question: z.string().trim().min(1).max(1000) }))
  .output(proposal);

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
