import { existsSync } from 'node:fs';
import { ownerName } from '#core/kernel/owner.ts';
import { possiblePlaces } from '#core/versions/place.ts';
import type { PossiblePlace } from '#core/versions/place.ts';
import { previewSalvage, salvageInPlace, salvageInto } from '#core/salvage/run.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { Fault } from '#shared/contract/faults.ts';
import { flag, text } from '../args/option.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { pathOf } from '../files.ts';
import { workspaceLog } from '../log.ts';
import { beforeLine } from '../output/restore.ts';
import { orLost } from '../lost.ts';
import { salvageLines } from '../output/salvage.ts';
import { actorFor, onLive } from '../workspace.ts';

/** Where backups to recover with lie besides, and cannot be reached. */
const awayLines = (places: readonly PossiblePlace[]): string[] =>
  places
    .filter(({ there }) => !there)
    .map(
      ({ folder }) =>
        `Backups also lie in ${folder}, which cannot be reached: connect its drive, or see that you may open it, to begin with one of them.`,
    );

export const salvage = command({
  path: ['salvage'],
  summary: 'Make a workspace of what can be read of a damaged one',
  details: [
    'It begins with the backup that has most of its log, in the place of today or one of before, replays the log after it as far as that is readable and unbroken, and takes ' +
      'what else can be read in the tables. What results is checked as `frames verify` does; where that fails, it is refused and nothing is ' +
      'changed. What is lost is named. The damaged file is only read.',
    'Without --into it takes the place of the damaged one, which is moved aside as it is; it asks first, after saying what that would give, ' +
      'and is for admins. Nobody may have the workspace open. With --into a folder of its own becomes a workspace, whoever asks for it; all have there the roles that they had.',
  ],
  examples: ['frames salvage --workspace W --dry', 'frames salvage --workspace W --into W2 --yes --json'],
  parameters: {},
  options: {
    ...onLive,
    into: text('DIR', 'Folder that becomes a workspace: missing, or empty'),
    dry: flag('Only say what it would give'),
    yes,
  },
  async run(context, given) {
    const { output, signal } = context;
    const folder = pathOf(context, given.workspace);
    if (!existsSync(folder))
      throw new Fault('WORKSPACE', `There is no folder ${folder}. Nothing was changed.`, {
        reason: 'missing',
      });
    const wanted = {
      folder,
      owner: ownerName(context.environment),
      actor: actorFor(context, given, false),
      clock: systemClock,
      ids: createIds(systemClock, systemRandom),
      random: systemRandom,
      holder: { kind: 'command' as const, label: 'frames salvage' },
      log: workspaceLog(folder),
      tell: output.progress.bind(output),
      signal,
    };
    const preview = () => settled(previewSalvage(wanted));
    const settled = <T>(work: Promise<T>): Promise<T> =>
      work
        .catch(async (error: unknown) => {
          throw await orLost(error, folder);
        })
        .finally(() => output.endProgress());
    const away = awayLines(await possiblePlaces(folder));
    if (away.length > 0) output.note(away);
    if (given.dry) {
      const report = await preview();
      return output.result({ dry: true, report }, () => salvageLines(report));
    }
    if (!given.yes) {
      output.note(salvageLines(await preview()));
    }
    const where =
      given.into === undefined ? 'Put that in the place of the records' : 'Make a workspace of that';
    await confirm(context, given.yes, `${where}?`);
    if (given.into !== undefined) {
      const into = pathOf(context, given.into);
      const report = await settled(salvageInto({ ...wanted, into }));
      return output.result({ dry: false, workspace: into, report }, () => [
        ...salvageLines(report),
        `It is a workspace of its own in ${into} now.`,
      ]);
    }
    const done = await settled(salvageInPlace(wanted));
    const { report, displaced } = done;
    output.result({ dry: false, workspace: folder, ...done }, () => [
      ...salvageLines(report),
      displaced === null
        ? beforeLine(done)
        : `What was there before lies, unchanged, in backups/${displaced}.`,
    ]);
  },
});
