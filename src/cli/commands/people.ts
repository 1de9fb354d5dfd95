import { exportPerson } from '#core/people/export.ts';
import type { ErasureResult, Occurrences } from '#shared/contract/people.ts';
import { cleanUpBounds } from '#shared/domain/clean-up.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { flag, requiredText, resultSchemaOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { callOperation, dryRun, operationCommand } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import type { Output } from '../output/output.ts';
import { resultLines } from '../output/result.ts';
import { confirm, passphraseOption, readPassphrase, yesFlag } from '../prompts.ts';
import { countPhrase, formatBytes } from '../format.ts';
import { liveOptions, resolvePath, replaceFlag, withProgress, withWorkspace } from '../workspace.ts';

const personParameter = requiredText('PERSON', 'Id or name of a student, a member of faculty or a profile', {
  field: 'person',
});

const findCommand = operationCommand({
  path: 'people find',
  operation: 'people.find',
  summary: 'Find everything the workspace holds about a person',
  details: [
    'Searches live, all sandboxes, their histories, backups, golden versions and other files of the workspace, for every name the ' +
      'person ever had and for e-mail addresses in the record. In a workspace that shares with a server, an admin also sees what the ' +
      'server and its backups hold.',
  ],
  examples: ['frames people find "Ada Novak" --workspace W'],
  targetOptions: liveOptions,
  parameters: { person: personParameter },
});

const occurrenceLines = (found: Occurrences, { width }: Output): string[] =>
  resultLines(resultSchemaOf('people.find'), found, width);

/** The emptied files, then the files and versions that still hold the person. */
function erasureLines(
  { person, places, versions, files, server }: ErasureResult,
  { width }: Output,
): string[] {
  const linesOf = (part: object): string[] => resultLines(resultSchemaOf('people.erase'), part, width);
  const failedPlaces = places.filter(({ problem }) => problem !== null);
  const left = {
    ...(failedPlaces.length > 0 && { places: failedPlaces }),
    ...(versions.length > 0 && { versions }),
    ...(files.length > 0 && { files }),
    ...(server && server.backups.length > 0 && { server: { backups: server.backups } }),
  };
  return [
    `Erased ${person.id}. Emptied:`,
    ...linesOf({
      places: places.filter(({ problem }) => problem === null),
      ...(server && { server: { ...server, backups: undefined } }),
    }),
    '',
    ...(Object.keys(left).length > 0
      ? ['What is left:', ...linesOf(left)]
      : ['No file of the workspace holds the person any more.']),
    ...(files.length > 0
      ? ['Keep this list: the name is erased, so no search finds these files again.']
      : []),
  ];
}

const exportCommand = command({
  path: ['people', 'export'],
  summary: 'Export everything held about a person as one JSON file',
  details: [
    'Contains the record, its links, its history and all texts that name the person, from live and each sandbox.',
  ],
  examples: ['frames people export "Ada Novak" --out person.json --workspace W'],
  parameters: { person: personParameter },
  options: {
    ...liveOptions,
    out: requiredText('FILE', 'Output file'),
    replace: replaceFlag,
    passphrase: passphraseOption(
      'Encrypt the file with the passphrase from stdin, or from $FRAMES_PASSPHRASE (env)',
    ),
  },
  async run(context, args) {
    const path = resolvePath(context, args.out);
    const passphrase = await readPassphrase(context, args.passphrase);
    const exportResult = await withWorkspace(
      context,
      args,
      'people export',
      ({ core: { services }, session }) => {
        const options = { person: args.person, path, replace: args.replace, passphrase };
        return withProgress(context, (pace) => exportPerson({ services, session }, options, pace));
      },
    );
    context.output.result({ ...exportResult, file: path }, () => [
      `Wrote ${path} (${formatBytes(exportResult.bytes)}).`,
    ]);
  },
});

const eraseCommand = command({
  path: ['people', 'erase'],
  summary: 'Erase a person from live and all sandboxes',
  details: [
    'Deletes the record, empties its history, and replaces the name in other records and in the history by "[erased]". The audit log ' +
      'stays verifiable. This cannot be undone. Backups and golden versions do not change: the result lists those that still hold ' +
      'the person. No backup is made. In a workspace that shares with a server, the server erases the person first, and every ' +
      'workspace that shares with it follows at its next sync. --dry-run shows what "frames people find" shows. Admins only.',
  ],
  examples: [
    'frames people erase "Ada Novak" --dry-run --workspace W',
    'frames people erase stud_1 --yes --workspace W',
  ],
  operation: 'people.erase',
  parameters: { person: personParameter },
  options: {
    ...liveOptions,
    'keep-texts': flag('Leave the name in other records and in the history'),
    ...dryRun,
    yes: yesFlag,
  },
  async run(context, args) {
    const target = { ...args, 'dry-run': false };
    await withWorkspace(context, target, 'people erase', async (open) => {
      const occurrences = await callOperation(open, 'people.find', { person: args.person }, context);
      if (args['dry-run'])
        return context.output.result({ ...occurrences, dry: true }, () => [
          'Dry run: nothing was changed.',
          ...occurrenceLines(occurrences, context.output),
        ]);
      if (!args.yes) context.output.note(occurrenceLines(occurrences, context.output));
      const { id, name } = occurrences.person;
      await confirm(context, args.yes, `Erase "${name}" (${id})? This cannot be undone.`);
      // With `--yes` nobody confirms the match, so the operation gets the argument itself, which must be an exact name or id.
      const person = args.yes ? args.person : id;
      const eraseResult = await callOperation(
        open,
        'people.erase',
        { person, mentions: !args['keep-texts'] },
        context,
      );
      context.output.result(eraseResult, () => erasureLines(eraseResult, context.output));
    });
  },
});

const purgeCommand = command({
  path: ['purge'],
  summary: 'Remove the contents of deleted records for good',
  details: [
    'Empties records that were deleted at least this many days ago, and their history, in live and all sandboxes. The audit log stays ' +
      'verifiable. This cannot be undone. Backups and golden versions do not change. Admins only.',
  ],
  examples: ['frames purge --days 365 --dry-run --workspace W'],
  operation: 'people.purge',
  parameters: {},
  options: {
    ...liveOptions,
    days: requiredText('N', 'Days since the deletion (0 for all deleted records)'),
    ...dryRun,
    yes: yesFlag,
  },
  async run(context, args) {
    const days = parseDays(args.days, '--days', 0);
    const result = await withWorkspace(context, { ...args, 'dry-run': false }, 'purge', async (open) => {
      const preview = await callOperation(open, 'people.purge', { days, dry: true }, context);
      const count = sumOf(preview.records);
      if (args['dry-run'] || count === 0) return preview;
      await confirm(
        context,
        args.yes,
        `Purge ${countPhrase(count, 'deleted record')}? This cannot be undone.`,
      );
      return callOperation(open, 'people.purge', { days }, context);
    });
    context.output.result(result, () => [
      result.dry ? 'To purge:' : 'Purged:',
      ...resultLines(resultSchemaOf('people.purge'), { ...result, op_id: undefined }, context.output.width),
    ]);
  },
});

function parseDays(text: string, argument: string, min: number): number {
  const days = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (days >= min && days <= cleanUpBounds.max) return days;
  const message = `${argument} must be a whole number from ${min} to ${cleanUpBounds.max}, not "${text}".`;
  throw new UsageError(message, { argument, given: text });
}

function parseDaysOrOff(text: string | undefined, argument: string): number | null | undefined {
  if (text === undefined) return undefined;
  return text === 'off' ? null : parseDays(text, argument, cleanUpBounds.min);
}

const cleanUpCommand = command({
  path: ['clean-up'],
  summary: 'Show or change when inactive people are archived and deleted records purged',
  details: [
    'While a window is open, archives students who are not active and have not changed for that long (restorable), and purges deleted ' +
      'records. Both are off unless set. Only admins can change it.',
  ],
  examples: ['frames clean-up --archive-after 730 --purge-after 1095 --workspace W'],
  parameters: {},
  options: {
    ...liveOptions,
    'archive-after': text('DAYS', 'Days without a change before an inactive student is archived, or "off"'),
    'purge-after': text('DAYS', 'Days after which a deleted record is purged, or "off"'),
    ...dryRun,
  },
  async run(context, args) {
    const requestedPolicy = {
      archive_after: parseDaysOrOff(args['archive-after'], '--archive-after'),
      purge_after: parseDaysOrOff(args['purge-after'], '--purge-after'),
    };
    const isQuery = Object.values(requestedPolicy).every((value) => value === undefined);
    const policy = await withWorkspace(context, args, 'clean-up', async (open) =>
      isQuery
        ? callOperation(open, 'people.cleanUp', {}, context)
        : (await callOperation(open, 'people.setCleanUp', requestedPolicy, context)).policy,
    );
    context.output.result(policy, () => resultLines(resultSchemaOf('people.cleanUp'), policy));
  },
});

export const peopleCommands: readonly Command[] = [
  findCommand,
  exportCommand,
  eraseCommand,
  purgeCommand,
  cleanUpCommand,
];
