import { z } from 'zod';
import { disclosureLevels } from './ask.ts';
import { readOperation } from './base.ts';
import { withDisplay } from './display-rules.ts';

const name = z.string().trim().min(1).max(100);
/** The base of an OpenAI-compatible API, such as `http://127.0.0.1:11434/v1`. An address without a path gets `/v1`. */
const url = z.string().trim().min(1).max(2000);
const model = z.string().trim().min(1).max(200);
/** Characters allowed in an HTTP header. */
const key = z
  .string()
  .max(4000)
  .regex(/^[\x21-\x7e]+$/);

const languageModel = withDisplay(
  z.object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    model: z.string(),
    is_local: z.boolean(),
    /** Whether the model has a key. Keys are write-only: no operation returns them. */
    has_key: z.boolean(),
    /** `open`: the model is not asked, because it failed several times. `trial`: the next request decides. */
    breaker: z.object({ state: z.enum(['closed', 'open', 'trial']), seconds: z.number().nullable() }),
  }),
  { columns: ['name', 'id', 'model', 'url', 'is_local', 'has_key', ['breaker.state', 'State']] },
);
export type LanguageModel = z.infer<typeof languageModel>;

const modelOverview = z.object({
  models: z.array(languageModel),
  chosen: z.string().nullable(),
  /** The data of the open workspace that is allowed to be sent. */
  level: z.enum(disclosureLevels),
  /** False without a keyring: models and keys are then lost when the program ends. */
  lasting: z.boolean(),
});
export type LanguageModels = z.infer<typeof modelOverview>;

/** The language models of this computer. Sends no request. */
export const list = readOperation.input(z.object({})).output(modelOverview);

/** Adds a model; the first is chosen. Throws INVALID. */
export const add = readOperation
  .input(z.object({ name, url, model, key: key.nullable().default(null) }))
  .output(languageModel);

/** Changes a model. A new address without a new key removes the key. Throws INVALID, NOT_FOUND. */
export const update = readOperation
  .input(
    z.object({
      id: z.string(),
      name: name.optional(),
      url: url.optional(),
      model: model.optional(),
      /** Null removes the key. */
      key: key.nullable().optional(),
    }),
  )
  .output(languageModel);

/** Removes a model and its key. Throws NOT_FOUND. */
export const remove = readOperation.input(z.object({ id: z.string() })).output(modelOverview);

/** Selects the model in use; null for none. Throws NOT_FOUND. */
export const choose = readOperation.input(z.object({ id: z.string().nullable() })).output(modelOverview);

/** Sets the data of the open workspace that is allowed to be sent from this computer. */
export const setLevel = readOperation
  .input(z.object({ level: z.enum(disclosureLevels) }))
  .output(modelOverview);

const foundServer = z.object({
  server: z.enum(['ollama', 'lm-studio']),
  url: z.string(),
  models: z.array(z.string()),
});
export type FoundServer = z.infer<typeof foundServer>;

/** Servers on this computer with their models. Contacts no other computer. */
export const discover = readOperation.input(z.object({})).output(z.object({ servers: z.array(foundServer) }));

/** Asks a model for one word, without workspace data. Also asks a model whose breaker is open. Throws NOT_FOUND, MODEL. */
export const test = readOperation.input(z.object({ id: z.string() })).output(z.object({ ms: z.number() }));
