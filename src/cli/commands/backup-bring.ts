import type { BroughtBack } from '#shared/contract/backups.ts';
import { list, needed } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import { follow } from '../follow.ts';
import { onLive, withWorkspace } from '../workspace.ts';

export const backupBring = command({
  path: ['backup', 'bring'],
  summary: 'Bring back sandboxes and golden versions that a backup holds',
  details: [
    'All of them, or those that --content names, as `frames backup list --json` has them. Nothing that is here is replaced: what has the ' +
      'id or number of something else gets another. Golden versions are for admins.',
  ],
  examples: ['frames backup bring 20261120T083000000Z --workspace W --content golden-2'],
  parameters: { id: needed('ID', 'Its id, as `frames backup list` has it') },
  options: { ...onLive, content: list('NAME', 'Only this one; may be given several times') },
  async run(context, given) {
    const { id } = given;
    const { output, signal } = context;
    const done = await withWorkspace(context, given, 'backup bring', async ({ client }) => {
      const contents = given.content.length > 0 ? [...given.content] : await all();
      return follow<BroughtBack[]>(await client.backups.bringBack({ id, contents }, { signal }), output);

      async function all(): Promise<string[]> {
        const found = (await client.backups.list({})).find((one) => one.id === id);
        const names = found?.inside.map(({ name }) => name) ?? [];
        // A backup that is not there is refused by that name.
        if (!found) return ['live'];
        if (names.length > 0) return names;
        throw new UsageError(`Backup ${id} holds no sandboxes and no golden versions.`, { argument: 'ID' });
      }
    });
    output.result(done, () => done.map(line));
  },
});

const outcomes = {
  back: 'is back',
  renamed: 'is back beside what has its place now',
  there: 'is here already, as it was',
} as const;

const line = ({ kind, title, id, outcome }: BroughtBack): string =>
  `${kind === 'sandbox' ? `Sandbox "${title}" (${id ?? ''})` : `Golden version ${title}`} ${outcomes[outcome]}.`;
