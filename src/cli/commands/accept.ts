import { isAnothers } from '#core/versions/place.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { permitRestore } from '#core/model/permissions.ts';
import { acceptFile, whyUnusable } from '#core/restore/accept.ts';
import { tidied } from '#core/restore/alone.ts';
import { readAnyLive } from '#core/restore/live.ts';
import { actorOf } from '#core/log/session.ts';
import { onClosed } from '../closed.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { pathOf } from '../files.ts';
import { workspaceLog } from '../log.ts';
import { usualLine } from '../output/restore.ts';
import { orLost } from '../lost.ts';
import { timeOf } from '../words.ts';
import { actorFor, onLive } from '../workspace.ts';

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
    const folder = pathOf(context, given.workspace);
    const files = workspaceFiles(folder);
    const actor = actorFor(context, given, false);
    const look = () => Promise.resolve(readAnyLive({ files, actor, log: workspaceLog(folder) }));
    const live = await tidied(files, look);
    if (!live) throw await orLost(whyUnusable(files, workspaceLog(folder)), folder);
    permitRestore(actorOf(live.by));
    if (!live.behind) {
      output.result({ accepted: null }, nothingMissing);
      return;
    }
    await confirm(
      context,
      given.yes,
      question(live.behind.until, (await isAnothers(files, live.workspace)) ? live.name : null),
    );
    const accepted = await onClosed(context, given, 'accept', acceptFile);
    output.result({ accepted }, () =>
      accepted === null
        ? nothingMissing()
        : [
            accepted.until === null
              ? 'The file is taken as it is; changes are missing in it.'
              : `The file is taken as it is; changes until ${timeOf(accepted.until)} (UTC) are missing in it.`,
            ...(accepted.another
              ? ['It is the file of another workspace, which has the place of this one now.']
              : []),
            `As it was before, it is backup ${accepted.safety}.`,
            ...(accepted.safety_usual ? [`${usualLine}.`] : []),
          ],
    );
  },
});

const nothingMissing = (): string[] => ['Nothing is known to be missing in the file. Nothing was changed.'];

/** `another` is what the other workspace is called whose file it is; null where it is not known to be one. */
function question(until: string | null, another: string | null): string {
  const missing = until === null ? 'the changes' : `the changes until ${timeOf(until)} (UTC)`;
  return another === null
    ? `Take the file as it is, without ${missing} that are missing in it?`
    : `The file is of another workspace, "${another}". Take it as it is, in the place of this one and without ${missing} of this one?`;
}
