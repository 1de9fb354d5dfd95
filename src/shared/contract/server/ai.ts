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
