import type { Backup } from '#shared/contract/backups.ts';
import { flag } from '../args/option.ts';
import { command } from '../command.ts';
import { follow } from '../follow.ts';
import { insideText } from '../output/backup-records.ts';
import { bytesOf, countsLine } from '../words.ts';
import { onLive, withWorkspace } from '../workspace.ts';

export const backupCreate = command({
  path: ['backup', 'create'],
  summary: 'Back up a workspace as it is now',
  details: [
    'The copy is of one moment whatever others write meanwhile, is checked as a whole, and what was written is read back. What earlier ' +
      'backups hold already is not stored again. It holds live; what else it holds, `frames backup bring` brings back.',
  ],
  examples: ['frames backup create --workspace W --json'],
  parameters: {},
  options: {
    ...onLive,
    'with-sandboxes': flag('Hold the sandboxes too'),
    'with-golden': flag('Hold the golden versions too'),
  },
  async run(context, given) {
    const besides = { sandboxes: given['with-sandboxes'], golden: given['with-golden'] };
    const made = await withWorkspace(context, given, 'backup create', async ({ client }) =>
      follow(await client.backups.create(besides, { signal: context.signal }), context.output),
    );
    context.output.result(made, () => lines(made));
  },
});

function lines({ id, counts, inside, bytes, added }: Backup): string[] {
  return [
    `Made backup ${id}: ${countsLine(counts)}${insideText(inside)}.`,
    added === 0
      ? `It holds ${bytesOf(bytes)}. All of that was stored already.`
      : `It holds ${bytesOf(bytes)}. ${bytesOf(added)}, compressed, had to be stored for it.`,
  ];
}
