import { disclosureLevels } from '#shared/contract/ask.ts';
import type { DisclosureLevel } from '#shared/contract/ask.ts';
import { requiredOneOf, requiredText, oneOf, text } from '../args/option.ts';
import type { Context } from '../command.ts';
import { callOperation, operationCommand } from '../operation.ts';
import { CommandFailure, UsageError } from '../output/errors.ts';
import { liveOptions } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

export const levelTexts: Readonly<Record<DisclosureLevel, string>> = {
  off: 'nothing',
  schema: 'the question, and the names of tables and columns',
  names: 'the question, tables and columns, and names of records',
  rows: 'the question, tables and columns, names of records, and some rows',
};

/** Resolves a model name or id to an id. Throws NOT_FOUND. */
async function resolveModelId(open: OpenWorkspace, nameOrId: string, context: Context): Promise<string> {
  const { models } = await callOperation(open, 'models.list', {}, context);
  const match = models.find(
    ({ id, name }) => id === nameOrId || name.toLowerCase() === nameOrId.toLowerCase(),
  );
  if (match) return match.id;
  const message = `No language model has the name or id "${nameOrId}". See "frames models list".`;
  throw new CommandFailure('NOT_FOUND', message, { type: 'language-model', id: nameOrId });
}

const keySources = ['stdin', 'env'] as const;

/** Reads the key from standard input, the terminal or FRAMES_MODEL_KEY, because arguments are visible to all users. Throws UsageError. */
async function readKey(
  { input, ask, environment }: Context,
  keySource: (typeof keySources)[number] | undefined,
): Promise<string | null> {
  if (keySource === undefined) return null;
  const readInput = async (): Promise<string | undefined> =>
    input ? (await input()).toString() : ask?.('Key: ', { isHidden: true });
  const text = keySource === 'env' ? environment['FRAMES_MODEL_KEY'] : await readInput();
  const key = text?.split(/\r?\n/, 1)[0];
  if (key) return key.trim();
  const sourceName = keySource === 'env' ? 'FRAMES_MODEL_KEY' : 'Standard input';
  throw new UsageError(`${sourceName} has no key. Nothing was changed.`, { argument: '--key' });
}

const nameParameter = { name: requiredText('NAME', 'The model, by name or id') };

const listModels = operationCommand({
  path: 'models list',
  operation: 'models.list',
  summary: 'List the language models of this computer',
  examples: ['frames models list --workspace W'],
  targetOptions: liveOptions,
});

const addModel = operationCommand({
  path: 'models add',
  operation: 'models.add',
  summary: 'Add a language model; the first one is used at once',
  details: [
    'Works with every OpenAI-compatible server. Nothing is sent until "frames models level" allows it.',
    'The key is read from standard input or $FRAMES_MODEL_KEY, and stored in a file that only you can read.',
  ],
  examples: [
    'frames models add Local --url http://127.0.0.1:11434/v1 --model qwen3:8b --workspace W',
    'frames models add Remote --url https://models.example.edu/v1 --model large --key env --workspace W',
  ],
  targetOptions: liveOptions,
  parameters: { name: requiredText('NAME', 'Your name for it', { field: 'name' }) },
  options: {
    url: requiredText('URL', 'Address of the API, such as http://127.0.0.1:11434/v1', { field: 'url' }),
    model: requiredText('MODEL', 'What the server calls the model', { field: 'model' }),
    key: oneOf('FROM', 'Read the key of the server from here', keySources),
  },
  input: async ({ key }, _, context) => ({ key: await readKey(context, key) }),
  done: 'Added:',
});

const removeModel = operationCommand({
  path: 'models remove',
  operation: 'models.remove',
  summary: 'Remove a language model and its key',
  targetOptions: liveOptions,
  parameters: nameParameter,
  ask: ({ name }) => `Remove the language model "${name}" and its key?`,
  input: async ({ name }, open, context) => ({ id: await resolveModelId(open, name, context) }),
});

const chooseModel = operationCommand({
  path: 'models choose',
  operation: 'models.choose',
  summary: 'Choose the language model to use, or none',
  targetOptions: liveOptions,
  parameters: { name: text('NAME', 'The model, by name or id; none if left out') },
  input: async ({ name }, open, context) => ({
    id: name === undefined ? null : await resolveModelId(open, name, context),
  }),
});

const setLevel = operationCommand({
  path: 'models level',
  operation: 'models.setLevel',
  summary: 'Set what may be sent to the language model from this workspace',
  details: disclosureLevels.map((level) => `${level}: ${levelTexts[level]}.`),
  examples: ['frames models level schema --workspace W'],
  targetOptions: liveOptions,
  parameters: { level: requiredOneOf('LEVEL', 'How much', disclosureLevels, { field: 'level' }) },
});

const discoverModels = operationCommand({
  path: 'models discover',
  operation: 'models.discover',
  summary: 'Look for Ollama and LM Studio on this computer',
  details: ['Looks at the ports 11434 (or that of $OLLAMA_HOST) and 1234 of this computer only.'],
  targetOptions: liveOptions,
});

const testModel = operationCommand({
  path: 'models test',
  operation: 'models.test',
  summary: 'Ask a language model for one word; sends nothing of the workspace',
  targetOptions: liveOptions,
  parameters: nameParameter,
  input: async ({ name }, open, context) => ({ id: await resolveModelId(open, name, context) }),
  done: 'Answered:',
});

export const languageModelCommands = [
  listModels,
  addModel,
  removeModel,
  chooseModel,
  setLevel,
  discoverModels,
  testModel,
];
