import { z } from 'zod';
import { operation } from './base.ts';

/** Instructions for attaching Goose to a local workspace. The server has no agents, and no agent writes to it. */
export const goose = operation
  .route({ method: 'GET', path: '/ai/goose', tags: ['Agents'], summary: 'The configuration of Goose' })
  .input(
    z.object({
      /** The workspace folder on the caller's computer. */
      workspace: z.string().min(1).max(1000).default('PATH_TO_YOUR_WORKSPACE'),
    }),
  )
  .output(
    z.object({
      /** The file to paste `config` into. */
      file: z.string(),
      config: z.string(),
      extensions: z.object({ frames: z.record(z.string(), z.unknown()) }),
    }),
  );

const cell = z.union([z.string(), z.number(), z.null()]);

/** How FRAMES understood a question, and the rows that answer it. */
const questionAnswer = z.object({
  question: z.string(),
  /** `search`: no rule answers the question. */
  by: z.enum(['builtin', 'search']),
  understanding: z.string(),
  /** Phrases of the question with their meaning, and words that no rule explains. */
  parts: z.array(z.object({ words: z.string(), meaning: z.string() })),
  unknown: z.array(z.string()),
  /** Null for a search, and for a question that Insights of a workspace answers. */
  sql: z.string().nullable(),
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
  truncated: z.boolean(),
});
export type QuestionAnswer = z.infer<typeof questionAnswer>;

/** Answers a question as Ask of a workspace does, over the records that the caller may see. Throws NOT_FOUND in a program without workspaces, TOO_LARGE. */
export const ask = operation
  .route({
    method: 'POST',
    path: '/ai/goose',
    tags: ['Agents'],
    summary: 'Answer a question by rules',
    description:
      'The same as Ask in a workspace, by the name that other programs know. Neither Goose nor any other model runs: the server has no setting for one.',
  })
  .input(z.object({ prompt: z.string().trim().min(1).max(1000) }))
  .output(questionAnswer);

/** A language model recommended by the server's administrator. It has no key; users add their own. */
export const offeredModel = z.strictObject({
  name: z.string().trim().min(1).max(100),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  model: z.string().trim().min(1).max(200),
});
export type OfferedModel = z.infer<typeof offeredModel>;

/** Language models that users can add to their FRAMES. The server calls none of them. */
export const models = operation
  .route({ method: 'GET', path: '/ai/models', tags: ['Agents'], summary: 'Recommended language models' })
  .input(z.object({}))
  .output(z.object({ models: z.array(offeredModel) }));
