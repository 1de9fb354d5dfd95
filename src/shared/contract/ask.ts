import { z } from 'zod';
import { question as insightQuestion } from './analysis.ts';
import { operation } from './base.ts';
import { entityType, moment } from './record.ts';
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

/** Exactly what would go to a language model. Nothing was sent yet. */
const modelRequest = z.object({
  /** The name that the person gave the model. */
  model: z.string(),
  url: z.string(),
  /** Whether the address is of this computer. */
  isLocal: z.boolean(),
  level: z.enum(disclosureLevels),
  /** The body of the request, byte for byte. */
  body: z.string(),
  /** 0 for the question itself, 1 and 2 for repairs. */
  repair: z.number(),
});
export type ShownRequest = z.infer<typeof modelRequest>;

/** How a question would be answered: by a statement that is shown first, an answer of Insights, a search, or a model that is asked for a statement. */
const way = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sql'), sql: sqlText }),
  z.object({
    kind: z.literal('insight'),
    /** For `analysis.insights`. */
    input: z.object({ question: insightQuestion, university: z.string().optional() }),
  }),
  /** For `search.find`. */
  z.object({ kind: z.literal('search'), input: z.object({ text: z.string() }) }),
  /** For `ask.send`. */
  z.object({ kind: z.literal('model'), request: modelRequest }),
]);

/** An approved question, rules that come with FRAMES, a language model, a person who wrote the statement; or nobody, so that a search is all there is. */
const answeredBy = z.enum(['approved', 'builtin', 'model', 'person', 'search']);

const proposal = z.object({
  question: z.string(),
  by: answeredBy,
  way,
  /** What will be answered, as an English sentence. */
  sentence: z.string(),
  /** Parts of the question, in the words of the rules, and what they were understood as. */
  parts: z.array(z.object({ words: z.string(), meaning: z.string() })),
  /** Words that no rule explains. */
  unknown: z.array(z.string()),
  /** The language model that may be asked instead; null where none may. */
  model: z.string().nullable(),
});
export type Proposal = z.infer<typeof proposal>;

const question = z.string().trim().min(1).max(1000);

/** Statements that failed, and why, from the first: a model is asked to repair the last. */
const tried = z
  .array(z.object({ sql: sqlText, error: z.string().max(2000) }))
  .max(2)
  .default([]);

const asking = z.object({
  question,
  /** The conversation whose earlier questions a model may see. */
  conversation: z.string().nullable().default(null),
  tried,
});

/**
 * How a question in English or German words would be answered: by an approved question, a rule, a model, or a search, the first that knows it. `model` skips
 * approved questions and rules. Runs no statement and sends nothing.
 */
export const propose = operation
  .input(asking.extend({ prefer: z.enum(['rules', 'model']).default('rules') }))
  .output(proposal);

/**
 * Sends the request that was shown and proposes the statement in the model's answer. If the request has changed since, sends nothing and proposes the
 * new request. Throws MODEL.
 */
export const send = operation
  .input(asking.extend(modelRequest.pick({ url: true, level: true, body: true }).shape))
  .output(streamOf(proposal));

const approved = z.object({
  /** Of the saved view that keeps it. */
  id: z.string(),
  question: z.string(),
  sql: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }),
  updated_at: moment,
});
export type ApprovedQuestion = z.infer<typeof approved>;

/** Approved questions with their statements, by question. `views.remove` removes one. */
export const approvedQuestions = operation
  .input(z.object({}))
  .output(z.object({ questions: z.array(approved) }));

/** Approves a statement as the answer to a question, for everybody in the workspace. Replaces the statement that the same question had. Throws SQL if the statement does not run. */
export const approve = operation
  .input(z.object({ question, sql: sqlText.min(1) }))
  .output(z.object({ question: approved, op_id: z.string().nullable(), replaced: z.boolean() }));

const turn = z.object({
  question,
  by: answeredBy,
  sql: sqlText.nullable(),
  /** What the answer is, as an English sentence. */
  sentence: z.string().max(2000),
  /** What went to a model for it. */
  sent: z
    .array(modelRequest.omit({ repair: true }))
    .max(3)
    .default([]),
});
const keptTurn = turn.extend({ asked_at: moment });
export type ConversationTurn = z.infer<typeof keptTurn>;

const conversation = z.object({
  id: z.string(),
  /** Its first question. */
  title: z.string(),
  /** The project that it belongs to; null for the workspace. */
  project: z.object({ id: z.string(), title: z.string() }).nullable(),
  owner: z.object({ id: z.string(), name: z.string() }),
  count: z.number(),
  updated_at: moment,
});
export type Conversation = z.infer<typeof conversation>;

/** Conversations, the newest first; those with `text` in a question or a statement. */
export const conversations = operation
  .input(z.object({ text: z.string().max(200).default(''), project: z.string().nullable().default(null) }))
  .output(z.object({ conversations: z.array(conversation) }));

const wholeConversation = conversation.extend({ turns: z.array(keptTurn) });

/** One conversation with its questions, from the first. Throws NOT_FOUND. */
export const readConversation = operation.input(z.object({ id: z.string() })).output(wholeConversation);

/** Adds a question and its answer to a conversation, or begins one. Another answer to the last question replaces it. Kept in the workspace, not in its history. Throws NOT_FOUND. */
export const addTurn = operation
  .input(
    z.object({
      conversation: z.string().nullable(),
      /** Of a new conversation. */
      project: z.string().nullable().default(null),
      turn,
    }),
  )
  .output(conversation);

/** Deletes a conversation for good. Throws NOT_FOUND. */
export const deleteConversation = operation.input(z.object({ id: z.string() })).output(z.object({}));

/** A conversation as Markdown. Throws NOT_FOUND. */
export const exportConversation = operation
  .input(z.object({ id: z.string() }))
  .output(z.object({ name: z.string(), text: z.string() }));

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
