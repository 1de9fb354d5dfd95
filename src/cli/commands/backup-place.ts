import { formerPlaces } from '#core/backup/former.ts';
import { choosePlace, placeOfBackups } from '#core/backup/place.ts';
import type { BackupPlace } from '#core/backup/place.ts';
import { text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { pathOf } from '../files.ts';
import { workspaceLog } from '../log.ts';
import { formerLines } from '../output/former.ts';
import { actorFor, onLive } from '../workspace.ts';

export const backupPlace = command({
  path: ['backup', 'place'],
  summary: 'Show or change where the backups of a workspace lie, as on another drive',
  details: [
    'In DIR a folder of its own is made for them; "default" is the one in the workspace. It holds on this computer, for this folder. Backups ' +
      'that are there stay where they are. Where a chosen place is missing, nothing is backed up anywhere else. Nobody may have the workspace ' +
      'open. Changing it is for admins.',
  ],
  examples: ['frames backup place --workspace W', 'frames backup place /media/backups --workspace W'],
  parameters: { dir: text('DIR', 'Folder on the other drive, or "default"') },
  options: onLive,
  async run(context, given) {
    const workspace = pathOf(context, given.workspace);
    if (given.dir === undefined) {
      const place = placeOfBackups(workspace);
      await tell(context, workspace, place);
      return;
    }
    const into = given.dir === 'default' ? null : pathOf(context, given.dir);
    const actor = actorFor(context, given, false);
    const place = await choosePlace({ workspace, into, actor, log: workspaceLog(workspace) });
    await tell(context, workspace, place);
  },
});

async function tell({ output }: Context, workspace: string, place: BackupPlace): Promise<void> {
  const former = await formerPlaces(workspace);
  output.result({ ...place, former }, () => [sentenceOf(place), ...formerLines(former)]);
}

const sentenceOf = ({ folder, usual, there }: BackupPlace): string =>
  `Backups lie in ${folder}${usual ? ', the usual place' : there ? '' : ', which is not there now'}.`;
