import { z } from 'zod';
import { question as insightQuestion } from './analysis.ts';
import { operation, readOperation } from './base.ts';
import { entityType, moment } from './record.ts';
import { streamOf } from './progress.ts';
import { withDisplay } from './display-rules.ts';

const questionColumn = z.object({
  name: z.string(),
  type: z.enum(['TEXT', 'INTEGER', 'REAL']),
  meaning: z.string(),
  unit: z.enum(['people', 'months', 'percent', 'terms', 'year']).optional(),
  /** Known values; others can occur. */
  values: z.array(z.string()).optional(),
  /** Set if the column holds ids of records: their type. */
  refers: z.union([entityType, z.enum(['any', 'person', 'party', 'record'])]).optional(),
});
export type QuestionColumn = z.infer<typeof questionColumn>;

const questionTable = z.object({
  name: z.string(),
  /** Record type of the rows; null for a list of references and for people. */
  record: entityType.nullable(),
  columns: z.array(questionColumn),
});
export type QuestionTable = z.infer<typeof questionTable>;

/** The tables available to SQL: a copy of the visible records, without history and deleted records. */
export const schema = readOperation.input(z.object({})).output(z.object({ tables: z.array(questionTable) }));

const sqlText = z.string().max(100_000);

/** The workspace data that is allowed to be sent to a model. Each level includes the levels before it; `off` sends nothing. */
export const disclosureLevels = ['off', 'schema', 'names', 'rows'] as const;
export type DisclosureLevel = (typeof disclosureLevels)[number];

/** The exact request to a language model, before it is sent. */
export const modelRequest = z.object({
  model: z.string(),
  url: z.string(),
  isLocal: z.boolean(),
  level: z.enum(disclosureLevels),
  body: z.string(),
  /** 0 for the question itself, 1 and 2 for repairs. */
  repair: z.number(),
});
export type ShownRequest = z.infer<typeof modelRequest>;
/** The parts of a reviewed request. Nothing is sent if they have changed. */
export const requestIdentity = modelRequest.pick({ url: true, level: true, body: true });

/** How to answer a question: a statement to review first, an Insights answer, a search, or a request to a model for a statement. */
const answerMethod = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sql'), sql: sqlText }),
  z.object({
    kind: z.literal('insight'),
    input: z.object({ question: insightQuestion, university: z.string().optional() }),
  }),
  z.object({ kind: z.literal('search'), input: z.object({ text: z.string() }) }),
  z.object({ kind: z.literal('model'), request: modelRequest }),
]);

/** Source of the statement. `search`: there is no statement, only a search is possible. */
const answerSource = z.enum(['approved', 'builtin', 'model', 'person', 'search']);

const proposal = z.object({
  question: z.string(),
  by: answerSource,
  way: answerMethod,
  sentence: z.string(),
  /** Phrases of the question as the rules know them, with their meaning. */
  parts: z.array(z.object({ words: z.string(), meaning: z.string() })),
  /** Words that no rule explains. */
  unknown: z.array(z.string()),
  /** The language model that can be asked instead; null if none is allowed. */
  model: z.string().nullable(),
});
export type Proposal = z.infer<typeof proposal>;

const question = z.string().trim().min(1).max(1000);

/** Failed statements with their errors, oldest first; a model is asked to repair the last. */
const failedStatements = z
  .array(z.object({ sql: sqlText, error: z.string().max(2000) }))
  .max(2)
  .default([]);

const askInput = z.object({
  question,
  /** The conversation whose earlier questions the model is shown. */
  conversation: z.string().nullable().default(null),
  tried: failedStatements,
});

/** Proposes how to answer a question. `prefer: 'model'` skips approved questions and rules. Runs nothing and sends nothing. */
export const propose = readOperation
  .input(askInput.extend({ prefer: z.enum(['rules', 'model']).default('rules') }))
  .output(proposal);

/** Sends the reviewed request; if it has changed, sends nothing and proposes the new one. Throws MODEL. */
export const send = readOperation.input(askInput.extend(requestIdentity.shape)).output(streamOf(proposal));

const approvedQuestion = withDisplay(
  z.object({
    id: z.string(),
    question: z.string(),
    sql: z.string(),
    owner: z.object({ id: z.string(), name: z.string() }),
    updated_at: moment,
  }),
  { columns: ['id', 'question', ['owner.name', 'Approved by'], 'sql'] },
);
export type ApprovedQuestion = z.infer<typeof approvedQuestion>;

/** Approved questions with their statements, sorted by question. `views.remove` removes an approved question. */
export const approvedQuestions = readOperation
  .input(z.object({}))
  .output(z.object({ questions: z.array(approvedQuestion) }));

/** Approves a statement as everybody's answer to a question, in place of an earlier one. Throws SQL if it fails, INVALID if too long. */
export const approve = operation
  .input(z.object({ question, sql: sqlText.min(1) }))
  .output(z.object({ question: approvedQuestion, op_id: z.string().nullable(), replaced: z.boolean() }));

const turn = z.object({
  question,
  by: answerSource,
  sql: sqlText.nullable(),
  /** Summary of the answer as an English sentence. */
  sentence: z.string().max(2000),
  sent: z
    .array(modelRequest.omit({ repair: true }))
    .max(3)
    .default([]),
});
const storedTurn = turn.extend({ asked_at: moment });
export type ConversationTurn = z.infer<typeof storedTurn>;

const conversation = withDisplay(
  z.object({
    id: z.string(),
    title: z.string(),
    /** The project of the conversation; null for the workspace. */
    project: z.object({ id: z.string(), title: z.string() }).nullable(),
    owner: z.object({ id: z.string(), name: z.string() }),
    count: z.number(),
    updated_at: moment,
  }),
  {
    columns: [
      'id',
      ['title', 'First question'],
      ['project.title', 'Project'],
      ['count', 'Questions'],
      ['updated_at', 'Last'],
    ],
  },
);
export type Conversation = z.infer<typeof conversation>;

/** Conversations, newest first. `text` filters by questions and statements. */
export const conversations = readOperation
  .input(z.object({ text: z.string().max(200).default(''), project: z.string().nullable().default(null) }))
  .output(z.object({ conversations: z.array(conversation) }));

const fullConversation = conversation.extend({ turns: z.array(storedTurn) });

/** One conversation with its questions, oldest first. Throws NOT_FOUND. */
export const readConversation = readOperation.input(z.object({ id: z.string() })).output(fullConversation);

/** Adds an answered question, or corrects the answer to the last one. Not audited. Throws NOT_FOUND, INVALID if there are too many. */
export const addTurn = readOperation
  .input(
    z.object({
      conversation: z.string().nullable(),
      /** For a new conversation. */
      project: z.string().nullable().default(null),
      turn,
    }),
  )
  .output(conversation);

/** Deletes a conversation permanently. Throws NOT_FOUND. */
export const deleteConversation = readOperation.input(z.object({ id: z.string() })).output(z.object({}));

/** A conversation as Markdown. Throws NOT_FOUND. */
export const exportConversation = readOperation
  .input(z.object({ id: z.string() }))
  .output(z.object({ name: z.string(), text: z.string() }));

const recordLink = z.object({ id: z.string(), type: entityType, title: z.string() });

const sqlAnswer = z.object({
  sql: z.string(),
  columns: z.array(z.object({ name: z.string() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  records: z.array(z.array(recordLink)),
  truncated: z.boolean(),
  ms: z.number(),
  /** One bar per row: column indexes of the bar's label and length. Null if no chart fits. */
  chart: z.object({ kind: z.literal('bar'), label: z.number(), value: z.number() }).nullable(),
  /** Summary of the table as an English sentence, and its parts. */
  sentence: z.string(),
  tables: z.array(z.string()),
});
export type SqlAnswer = z.infer<typeof sqlAnswer>;

/** Runs one statement on a copy of the visible records, in a process with limits. Throws SQL. */
export const run = readOperation.input(z.object({ sql: sqlText })).output(streamOf(sqlAnswer));
