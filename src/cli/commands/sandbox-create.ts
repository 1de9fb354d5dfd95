import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { needed, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { follow } from '../follow.ts';
import { takenLine } from '../output/sandboxes.ts';
import { onLive, sandboxIn, withWorkspace } from '../workspace.ts';
import type { Chosen } from '../workspace.ts';

export const sandboxCreate = command({
  path: ['sandbox', 'create'],
  summary: 'Make a sandbox: a copy of live to try things in',
  details: [
    'Nothing that is done in a sandbox touches live. Every command that works on records takes --sandbox with its id or name. ' +
      'The copy is of one moment, whatever others write meanwhile.',
  ],
  examples: [
    'frames sandbox create "What if" --workspace W',
    'frames sandbox create "As it was" --from backup:20261120T083000000Z --workspace W',
    'frames entities list team --workspace W --sandbox "What if"',
  ],
  parameters: { name: needed('NAME', 'What it shall be called') },
  options: {
    ...onLive,
    from: text(
      'ID',
      'What it is taken from: a sandbox, by id or name, backup: and its id, or golden[:N] (else live)',
    ),
  },
  async run(context, given) {
    const { from = 'live', name } = given;
    await take(context, given, { word: 'create', from, name });
  },
});

export const sandboxDuplicate = command({
  path: ['sandbox', 'duplicate'],
  summary: 'Make another sandbox as one is now',
  parameters: {
    id: needed('ID', 'Which one: its id or name'),
    name: needed('NAME', 'What the copy shall be called'),
  },
  options: onLive,
  run: (context, given) => take(context, given, { word: 'duplicate', from: given.id, name: given.name }),
});

const isGolden = (from: string): boolean => /^golden(:\d{1,6})?$/.test(from);

interface Taking {
  word: 'create' | 'duplicate';
  /** What the person calls it. Where one is made, `live` is live, `backup:…` a backup and `golden…` a golden version; what is duplicated is a sandbox. */
  from: string;
  name: string;
}

async function take(context: Context, chosen: Chosen, { word, from, name }: Taking): Promise<void> {
  const asIs = word === 'create' && (from === 'live' || from.startsWith('backup:') || isGolden(from));
  const source = asIs ? from : sandboxIn(context, chosen, from);
  const made = await withWorkspace(context, chosen, `sandbox ${word}`, async ({ client }) =>
    follow<Sandbox>(
      await client.sandboxes.create({ name, from: source }, { signal: context.signal }),
      context.output,
    ),
  );
  context.output.result(made, () => [takenLine(made, from)]);
}
