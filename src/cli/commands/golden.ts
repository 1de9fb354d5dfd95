import { sentenceText } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import type { GoldenVersion } from '#shared/contract/golden.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { field, resultSchemaOf } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { callOperation, dryRun, operationCommand } from '../operation.ts';
import { refusalOf, versionLines } from '../output/differences.ts';
import { CommandFailure, UsageError } from '../output/errors.ts';
import { resultLines } from '../output/result.ts';
import { previewAndApply } from '../plan.ts';
import { yesFlag } from '../prompts.ts';
import { countsLine } from '../format.ts';
import { liveOptions, withWorkspace } from '../workspace.ts';

const versionOption = field('golden.reset', 'version', 'N', 'Golden version (default: the current one)');

/** Throws CommandFailure if a golden version has a problem. */
function refuseUnusable(problems: readonly (Sentence | null)[], result: unknown): void {
  const firstProblem = problems.find((problem) => problem !== null);
  if (firstProblem != null)
    throw new CommandFailure(
      'NOT_VERIFIED',
      `The golden copy has problems: ${sentenceText(firstProblem)}`,
      result,
    );
}

const goldenReset = command({
  path: ['golden', 'reset'],
  summary: 'Reset the records to a golden version',
  details: [
    'Makes a backup first and resets all records as one change. Undo with "frames undo". Profiles, the workspace name, retention, ' +
      'sandboxes and backups do not change. If nothing was published here, --version must name the sample data. Admins only.',
  ],
  examples: ['frames golden reset --workspace W --yes'],
  parameters: {},
  options: { ...liveOptions, version: versionOption, ...dryRun, yes: yesFlag },
  async run(context, args) {
    await withWorkspace(context, { ...args, 'dry-run': false }, 'golden reset', async (open) => {
      const { client } = open;
      const versions = await client.golden.list({});
      if (args.version === undefined) refuseSample(versions);
      const { counts: liveCounts } = (await client.golden.status({})).live;
      await previewAndApply(context, args, {
        run: (dry, preview) =>
          callOperation(open, 'golden.reset', { version: args.version, dry, seen: preview?.head }, context),
        refusal: ({ problems }) => refusalOf(problems),
        lines: versionLines,
        question: (preview) =>
          preview.records.length > 0
            ? `${sampleWarning(versions, preview.version ?? 0, liveCounts)}Reset the records to golden version ${preview.version}?`
            : null,
      });
    });
  },
});

/** Throws UsageError if the current version is the built-in sample, because resetting to the sample requires its version number. */
function refuseSample(versions: readonly GoldenVersion[]): void {
  const currentVersion = versions.find((version) => version.current);
  if (!currentVersion || currentVersion.shipped === null) return;
  const message = `Nothing was published here: golden version ${currentVersion.version} is the sample data that comes with FRAMES. To reset to it, use --version ${currentVersion.version}. Nothing was changed.`;
  throw new UsageError(message, { argument: '--version' });
}

/** Warning before the built-in sample replaces records; '' for other versions. */
function sampleWarning(
  versions: readonly GoldenVersion[],
  versionNumber: number,
  liveCounts: Readonly<Record<string, number>>,
): string {
  const chosenVersion = versions.find((version) => version.version === versionNumber);
  if (chosenVersion?.shipped == null) return '';
  const sampleNotice = `Golden version ${versionNumber} is the sample data that comes with FRAMES. `;
  if (sumOf(liveCounts) === 0) return sampleNotice;
  const hasOwnVersion = versions.some(({ shipped, problem }) => shipped === null && problem === null);
  const publishHint = hasOwnVersion ? '' : 'To keep them, publish them first with "frames golden publish". ';
  return `${sampleNotice}It replaces all records here: ${countsLine(liveCounts)}. ${publishHint}`;
}

export const goldenCommands: readonly Command[] = [
  operationCommand({
    path: 'golden status',
    operation: 'golden.status',
    summary: 'Show the golden copy and its versions, and differences from it',
    details: [
      'The golden copy is a read-only workspace that comes with FRAMES; publishing adds a version. The current version is the newest ' +
        'published here, else the newest. Exits with 1 if a version is unreadable or incomplete.',
    ],
    examples: ['frames golden status --workspace W --json'],
    targetOptions: liveOptions,
    check: (status) =>
      refuseUnusable([status.shipped.problem, ...status.unusable.map(({ problem }) => problem)], status),
  }),
  operationCommand({
    path: 'golden list',
    operation: 'golden.list',
    summary: 'List golden versions, newest first',
    details: [
      'Exits with 1 if a version is unreadable or incomplete. "frames golden verify" checks every byte.',
    ],
    targetOptions: liveOptions,
    check: (versions) =>
      refuseUnusable(
        versions.map(({ problem }) => problem),
        versions,
      ),
  }),
  operationCommand({
    path: 'golden verify',
    operation: 'golden.verify',
    summary: 'Check the golden copy and all golden versions',
    details: [
      'Checks SHA-256 hashes, database pages, schema, audit chain and manifests. Exits with 1 if there is a problem.',
    ],
    examples: ['frames golden verify --workspace W --json'],
    targetOptions: liveOptions,
    check: (report) =>
      refuseUnusable(
        [report.shipped, ...report.versions].flatMap(({ problems }) => problems),
        report,
      ),
  }),
  operationCommand({
    path: 'golden publish',
    operation: 'golden.publish',
    summary: 'Publish the current data as a new golden version',
    details: ['Earlier versions stay. Publishing cannot be undone. Admins only.'],
    examples: ['frames golden publish --note "As agreed in May" --workspace W --json'],
    targetOptions: liveOptions,
    options: { note: field('golden.publish', 'note', 'TEXT', 'Note') },
    done: 'Published:',
    show: (result, _args, { width }) =>
      resultLines(resultSchemaOf('golden.publish'), { ...result, op_id: undefined }, width),
  }),
  goldenReset,
];
