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
    'The copy is of one moment whatever others write meanwhile, is checked as a whole, and what was written is read back. It is one file, ' +
      'which depends on no other. Sandboxes and golden versions are files of their own beside it; `frames backup bring` brings them back.',
  ],
  examples: ['frames backup create --workspace W --json'],
  parameters: {},
  options: {
    ...onLive,
    'with-sandboxes': flag('Back up the sandboxes too'),
    'with-golden': flag('Back up the golden versions too'),
  },
  async run(context, given) {
    const besides = { sandboxes: given['with-sandboxes'], golden: given['with-golden'] };
    const made = await withWorkspace(context, given, 'backup create', async ({ client }) =>
      follow(await client.backups.create(besides, { signal: context.signal }), context.output),
    );
    context.output.result(made, () => lines(made));
  },
});

const lines = ({ id, counts, inside, bytes, stored }: Backup): string[] => [
  `Made backup ${id}: ${countsLine(counts)}${insideText(inside)}.`,
  `It holds ${bytesOf(bytes)}, compressed to ${bytesOf(stored)}.`,
];
