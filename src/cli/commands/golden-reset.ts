import { workspaceFiles } from '#core/kernel/db/files.ts';
import { permitGolden } from '#core/model/permissions.ts';
import { resetToGolden } from '#core/versions/golden-reset.ts';
import { shippedResources } from '#core/kernel/resources.ts';
import { actorOf, actingProfile } from '#core/log/session.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { mostGoldenVersions } from '#shared/contract/golden.ts';
import type { GoldenDifferences, GoldenVersion } from '#shared/contract/golden.ts';
import { leaveOut, whole } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { pathOf } from '../files.ts';
import { follow } from '../follow.ts';
import { workspaceLog } from '../log.ts';
import { changesLine, diffLines, resetLines, sampleLine } from '../output/golden.ts';
import { actorFor, onLive, withWorkspace } from '../workspace.ts';

const which = whole('N', 'Which version (else the current one)', {
  min: 1,
  max: mostGoldenVersions,
  default: undefined,
});

export const goldenDiff = command({
  path: ['golden', 'diff'],
  summary: 'Show what is different in the records, beside a golden version',
  details: ['Record by record and field by field: what resetting to that version would take back.'],
  examples: ['frames golden diff --workspace W', 'frames golden diff 1 --workspace W --json'],
  parameters: { version: which },
  options: {
    ...onLive,
    limit: whole('N', 'At most so many, 100 unless told', { min: 1, max: 1000, default: 100 }),
    offset: leaveOut,
  },
  async run(context, given) {
    const { version, limit, offset } = given;
    const found = await withWorkspace(context, given, 'golden diff', async ({ client }) =>
      follow<GoldenDifferences>(
        await client.golden.diff({ version, limit, offset }, { signal: context.signal }),
        context.output,
      ),
    );
    context.output.result(found, () => diffLines(found, offset));
  },
});

export const goldenReset = command({
  path: ['golden', 'reset'],
  summary: 'Put a golden version in the place of the records',
  details: [
    'The version is checked as a whole first, and a backup is made of what it takes the place of. Nobody may have the workspace open. It ' +
      'asks first, and is for admins; where nothing was published here, --version must say that the made-up sample is meant; the audit says what was done. Profiles, the name of the workspace, which backups stay, sandboxes and ' +
      'backups stay as they are.',
  ],
  examples: [
    'frames golden reset --workspace W --yes',
    'frames golden reset --version 1 --workspace W --yes --json',
  ],
  parameters: {},
  options: { ...onLive, version: which, yes },
  async run(context, given) {
    const { output, signal } = context;
    const folder = pathOf(context, given.workspace);
    const found = await withWorkspace(context, given, 'golden reset', async ({ core, session, client }) => {
      permitGolden(actorOf(actingProfile(core.services.read, session)));
      if (given.version === undefined) refuseSample(await client.golden.list({}));
      const asked = { version: given.version, limit: 0 };
      const different = await follow<GoldenDifferences>(await client.golden.diff(asked, { signal }), output);
      const [versions, { live }] = [await client.golden.list({}), await client.golden.status({})];
      return { ...different, sample: sampleLine(versions, different.version, live.counts) };
    });
    output.note(changesLine(found));
    const question = `${found.sample}Put golden version ${found.version} in the place of the records?`;
    await confirm(context, given.yes, question);
    const reset = await resetToGolden({
      files: workspaceFiles(folder),
      resources: shippedResources(),
      version: found.version,
      actor: actorFor(context, given, false),
      clock: systemClock,
      ids: createIds(systemClock, systemRandom),
      random: systemRandom,
      log: workspaceLog(folder),
      holder: { kind: 'command', label: 'frames golden reset' },
      tell: (progress) => output.progress(progress),
      signal,
    }).finally(() => output.endProgress());
    output.result(reset, () => resetLines(reset));
  },
});

/** Nobody means the made-up records by a reset who does not say so. Throws UsageError where no version was published here. */
function refuseSample(versions: readonly GoldenVersion[]): void {
  const current = versions.find((one) => one.current);
  if (!current || current.shipped === null) return;
  const { version } = current;
  const message = `Nothing was published here: golden version ${version} is the made-up sample that comes with FRAMES. To put it in the place of the records, say --version ${version}. Nothing was changed.`;
  throw new UsageError(message, { argument: '--version' });
}
