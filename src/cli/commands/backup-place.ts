import { choosePlace, placeOfBackups } from '#core/versions/place.ts';
import type { BackupPlace } from '#core/versions/place.ts';
import { text } from '../args/option.ts';
import { command } from '../command.ts';
import { pathOf } from '../files.ts';
import { workspaceLog } from '../log.ts';
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
    const { dir } = given;
    const place = dir === undefined ? placeOfBackups(workspace) : await choose(dir);
    context.output.result(place, () => [sentenceOf(place)]);

    function choose(into: string): Promise<BackupPlace> {
      const actor = actorFor(context, given, false);
      const folder = into === 'default' ? null : pathOf(context, into);
      return choosePlace({ workspace, into: folder, actor, log: workspaceLog(workspace) });
    }
  },
});

const sentenceOf = ({ folder, usual, there }: BackupPlace): string =>
  `Backups lie in ${folder}${usual ? ', the usual place' : there ? '' : ', which is not there now'}.`;
