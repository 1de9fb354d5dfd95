import { z } from 'zod';
import { operation } from './base.ts';

/** How to attach Goose to a workspace of this computer: the server has no agents of its own, and no agent writes to it. */
export const goose = operation
  .route({ method: 'GET', path: '/ai/goose', tags: ['Agents'], summary: 'The configuration of Goose' })
  .input(
    z.object({
      /** The folder of the workspace on the computer of whoever asks. */
      workspace: z.string().min(1).max(1000).default('PATH_TO_YOUR_WORKSPACE'),
    }),
  )
  .output(
    z.object({
      /** The file that `config` is pasted into. */
      file: z.string(),
      config: z.string(),
      /** The same as an object, under the name of the extension. */
      extensions: z.object({ frames: z.record(z.string(), z.unknown()) }),
    }),
  );

/** A language model that the administrator of the server recommends. It has no key: whoever uses it adds their own. */
export const offeredModel = z.strictObject({
  name: z.string().trim().min(1).max(100),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** What its server calls the model. */
  model: z.string().trim().min(1).max(200),
});
export type OfferedModel = z.infer<typeof offeredModel>;

/** The language models that users may add to their FRAMES. The server asks none of them. */
export const models = operation
  .route({ method: 'GET', path: '/ai/models', tags: ['Agents'], summary: 'Recommended language models' })
  .input(z.object({}))
  .output(z.object({ models: z.array(offeredModel) }));
