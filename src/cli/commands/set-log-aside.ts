import { setLogAside } from '#core/restore/set-log-aside.ts';
import { permitRestore } from '#core/model/permissions.ts';
import { actsHere } from '../acting.ts';
import { onClosed } from '../closed.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { onLive } from '../workspace.ts';

export const setLogAsideCommand = command({
  path: ['set-log-aside'],
  summary: 'Move the log of another file that lies beside a workspace aside',
  details: [
    'A workspace is not opened where the write-ahead log beside its file (frames.sqlite-wal) is that of another file, as after somebody put one ' +
      'file in the place of another. This moves that log, unchanged, to a dated folder in `backups`; nothing is deleted. Where the file lacks ' +
      'nothing without it, the audit says that it was done. It asks first, and is for admins. Nobody may have the workspace open.',
  ],
  examples: ['frames set-log-aside --workspace W --yes --json'],
  parameters: {},
  options: { ...onLive, yes },
  async run(context, given) {
    await actsHere(context, given, permitRestore);
    await confirm(context, given.yes, 'Move the log of another file aside?');
    const moved = await onClosed(context, given, 'set-log-aside', setLogAside);
    context.output.result({ moved }, () =>
      moved === null
        ? ['No log of another file lies beside it. Nothing was changed.']
        : [`The log of the other file lies, unchanged, in backups/${moved.displaced}.`],
    );
  },
});
