import { acceptFile } from '#core/restore/accept.ts';
import { onClosed } from '../closed.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { timeOf } from '../words.ts';
import { onLive } from '../workspace.ts';

export const accept = command({
  path: ['accept'],
  summary: 'Open a workspace with the file that was put there, although changes are missing in it',
  details: [
    'A workspace is not opened where its file is an older copy, or another one, than the newest change that was written down beside it. This ' +
      'takes the file as it is: what is missing stays missing. It is backed up first, the audit says that it was done and until when changes are ' +
      'missing. It asks first, and is for admins. Nobody may have the workspace open.',
  ],
  examples: ['frames accept --workspace W --yes --json'],
  parameters: {},
  options: { ...onLive, yes },
  async run(context, given) {
    const { output } = context;
    await confirm(context, given.yes, 'Take the file as it is, without the changes that are missing in it?');
    const accepted = await onClosed(context, given, 'accept', acceptFile);
    output.result({ accepted }, () =>
      accepted === null
        ? ['Nothing is known to be missing in the file. Nothing was changed.']
        : [
            accepted.until === null
              ? 'The file is taken as it is; changes are missing in it.'
              : `The file is taken as it is; changes until ${timeOf(accepted.until)} (UTC) are missing in it.`,
            `As it was before, it is backup ${accepted.safety}.`,
          ],
    );
  },
});
