import { exportPerson } from '#core/people/export.ts';
import type { Erased, HoldingVersion, Occurrences, Place, ServerPlace } from '#shared/contract/people.ts';
import { cleanUpBounds } from '#shared/domain/clean-up.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { flag, required, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { call, dryRun } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { confirm, passphraseFrom, readPassphrase, yes } from '../prompts.ts';
import { amount, bytesOf, nameOf } from '../phrases.ts';
import { followProgress, onLive, pathOf, replace, withWorkspace } from '../workspace.ts';

const person = required('PERSON', 'Id or name of a student, a member of faculty or a profile');

const titleOf = ({ kind, name, id }: Pick<Place, 'kind' | 'name' | 'id'>): string =>
  kind === 'live' ? 'Live' : `${kind === 'trash' ? 'Discarded sandbox' : 'Sandbox'} "${name ?? id}"`;

const states = {
  present: 'record',
  deleted: 'deleted record',
  erased: 'erased record',
  none: 'no record',
} as const;

function placeLines(place: Place): string[] {
  const { record, rows, mentions, labels, problem } = place;
  if (problem !== null) return [`${titleOf(place)}: not searched. ${problem}`];
  const counts = [
    `${states[record]}, ${amount(rows, 'history entry', 'history entries')}`,
    amount(mentions.length, 'other record'),
    amount(labels, 'change description'),
  ];
  return [
    `${titleOf(place)}: ${counts.join(', ')}.`,
    ...mentions.map(({ type, id, title, fields, rows: of }) => {
      const fieldNames = fields.length > 0 ? fields.join(', ') : 'only in the history';
      return `    ${nameOf(type)} "${title}" (${id}): ${fieldNames}, ${amount(of, 'history entry', 'history entries')}`;
    }),
  ];
}

const versionLines = (versions: readonly HoldingVersion[]): string[] =>
  versions.map(({ kind, id, rows, mentions, removed, problem }) => {
    const label = kind === 'backup' ? `Backup ${id}` : `Golden version ${id}`;
    if (problem !== null) return `${label}: not searched. ${problem}`;
    const until = removed === null ? 'not removed automatically' : `removed by retention about ${removed}`;
    return `${label}: ${amount(rows, 'history entry', 'history entries')}, ${amount(mentions, 'mention')}; ${until}.`;
  });

const fileLines = (files: readonly string[]): string[] =>
  files.length === 0 ? [] : [`Other files that contain the name: ${files.join(', ')}.`];

const backupLines = (backups: ServerPlace['backups']): string[] =>
  backups.map(({ id, removed }) => `Backup ${id} of the server: removed about ${removed}.`);

function serverLines(server: ServerPlace | null): string[] {
  if (server === null) return [];
  const { url, rows, mentions, backups, problem } = server;
  if (problem !== null) return [`Server ${url}: not searched. ${problem}`];
  return [
    `Server ${url}: ${amount(rows, 'history entry', 'history entries')}, ${amount(mentions, 'mention')}.`,
    ...backupLines(backups),
  ];
}

const foundLines = ({ person, places, versions, files, namesakes, ids, server }: Occurrences): string[] => [
  `${person.name} (${person.id}, ${nameOf(person.type)}): ${states[person.state]}.`,
  ...(person.terms.length > 0 ? [`Searched for: ${person.terms.join('; ')}.`] : []),
  ...places.flatMap(placeLines),
  ...serverLines(server),
  ...versionLines(versions),
  ...fileLines(files),
  ...namesakes.map(({ type, id, title }) => `Same name, another person: ${nameOf(type)} "${title}" (${id}).`),
  ...(ids.length > 0 ? [`Ids that contain the name, and cannot be changed: ${ids.join(', ')}.`] : []),
];

const erasedLines = ({ person: erased, places, versions, files, server }: Erased): string[] => [
  `Erased ${erased.id}.`,
  ...(server === null
    ? []
    : [
        `Server ${server.url}: ${amount(server.records, 'record')} and ${amount(server.rows, 'history entry', 'history entries')} emptied. Other workspaces erase the person at their next sync.`,
        ...backupLines(server.backups),
      ]),
  ...places.map((place) => {
    if (place.problem !== null) return `${titleOf(place)}: not erased. ${place.problem}`;
    const emptied = `${amount(place.records, 'record')} and ${amount(place.rows, 'history entry', 'history entries')} emptied`;
    const remainder = place.rewritten
      ? ''
      : ' The file could not be rewritten: close other windows and run "frames vacuum".';
    return `${titleOf(place)}: ${emptied}.${remainder}`;
  }),
  ...(versions.length > 0
    ? ['Still held by:', ...versionLines(versions)]
    : ['No backup or golden version holds the person.']),
  ...fileLines(files),
];

const find = command({
  path: ['people', 'find'],
  summary: 'Find everything the workspace holds about a person',
  details: [
    'Searches live, all sandboxes, their histories, backups, golden versions and other files of the workspace, for every name the ' +
      'person ever had and for e-mail addresses in the record. In a workspace that shares with a server, an admin also sees what the ' +
      'server and its backups hold.',
  ],
  examples: ['frames people find "Ada Novak" --workspace W'],
  operation: 'people.find',
  parameters: { person },
  options: onLive,
  async run(context, args) {
    const result = await withWorkspace(context, args, 'people find', (open) =>
      call(open, 'people.find', { person: args.person }, context),
    );
    context.output.result(result, () => foundLines(result));
  },
});

const exporting = command({
  path: ['people', 'export'],
  summary: 'Export everything held about a person as one JSON file',
  details: [
    'Contains the record, its links, its history and all texts that name the person, from live and each sandbox.',
  ],
  examples: ['frames people export "Ada Novak" --out person.json --workspace W'],
  parameters: { person },
  options: {
    ...onLive,
    out: required('FILE', 'Output file'),
    replace,
    passphrase: passphraseFrom(
      'Encrypt the file with the passphrase from stdin, or from $FRAMES_PASSPHRASE (env)',
    ),
  },
  async run(context, args) {
    const path = pathOf(context, args.out);
    const passphrase = await readPassphrase(context, args.passphrase);
    const exported = await withWorkspace(
      context,
      args,
      'people export',
      ({ core: { services }, session }) => {
        const how = { person: args.person, path, replace: args.replace, passphrase };
        return followProgress(exportPerson({ services, session }, how, context.signal), context.output);
      },
    );
    context.output.result({ ...exported, file: path }, () => [`Wrote ${path} (${bytesOf(exported.bytes)}).`]);
  },
});

const erase = command({
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
  parameters: { person },
  options: {
    ...onLive,
    'keep-texts': flag('Leave the name in other records and in the history'),
    ...dryRun,
    yes,
  },
  async run(context, args) {
    const chosen = { ...args, 'dry-run': false };
    await withWorkspace(context, chosen, 'people erase', async (open) => {
      const occurrences = await call(open, 'people.find', { person: args.person }, context);
      if (args['dry-run'])
        return context.output.result({ ...occurrences, dry: true }, () => [
          'Dry run: nothing was changed.',
          ...foundLines(occurrences),
        ]);
      if (!args.yes) context.output.note(foundLines(occurrences));
      const { id, name } = occurrences.person;
      await confirm(context, args.yes, `Erase "${name}" (${id})? This cannot be undone.`);
      // `--yes` skips the question about the match, so only an exact name or id may erase.
      const person = args.yes ? args.person : id;
      const erased = await call(open, 'people.erase', { person, mentions: !args['keep-texts'] }, context);
      context.output.result(erased, () => erasedLines(erased));
    });
  },
});

const purge = command({
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
    ...onLive,
    days: required('N', 'Days since the deletion (0 for all deleted records)'),
    ...dryRun,
    yes,
  },
  async run(context, args) {
    const days = daysOf(args.days, '--days', 0);
    const result = await withWorkspace(context, { ...args, 'dry-run': false }, 'purge', async (open) => {
      const preview = await call(open, 'people.purge', { days, dry: true }, context);
      const count = sumOf(preview.records);
      if (args['dry-run'] || count === 0) return preview;
      await confirm(context, args.yes, `Purge ${amount(count, 'deleted record')}? This cannot be undone.`);
      return call(open, 'people.purge', { days }, context);
    });
    const { dry, records, rows, problems } = result;
    context.output.result(result, () => [
      dry
        ? `To purge: ${amount(sumOf(records), 'deleted record')}.`
        : `Purged ${amount(sumOf(records), 'deleted record')} and ${amount(rows, 'history entry', 'history entries')}.`,
      ...Object.entries(records).map(([type, count]) => `    ${nameOf(type)}: ${count}`),
      ...problems.map(({ sandbox, problem }) => `Sandbox "${sandbox}": not purged. ${problem}`),
    ]);
  },
});

function daysOf(text: string, argument: string, min: number): number {
  const days = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (days >= min && days <= cleanUpBounds.most) return days;
  const message = `${argument} must be a whole number from ${min} to ${cleanUpBounds.most}, not "${text}".`;
  throw new UsageError(message, { argument, given: text });
}

const periodOf = (text: string | undefined, argument: string): number | null | undefined =>
  text === undefined ? undefined : text === 'off' ? null : daysOf(text, argument, cleanUpBounds.least);

const periodText = (days: number | null): string => (days === null ? 'off' : `after ${amount(days, 'day')}`);

const cleanUp = command({
  path: ['clean-up'],
  summary: 'Show or change when inactive people are archived and deleted records purged',
  details: [
    'While a window is open, archives students who are not active and have not changed for that long (restorable), and purges deleted ' +
      'records. Both are off unless set. Only admins can change it.',
  ],
  examples: ['frames clean-up --archive-after 730 --purge-after 1095 --workspace W'],
  parameters: {},
  options: {
    ...onLive,
    'archive-after': text('DAYS', 'Days without a change before an inactive student is archived, or "off"'),
    'purge-after': text('DAYS', 'Days after which a deleted record is purged, or "off"'),
    ...dryRun,
  },
  async run(context, args) {
    const requested = {
      archive_after: periodOf(args['archive-after'], '--archive-after'),
      purge_after: periodOf(args['purge-after'], '--purge-after'),
    };
    const isAsked = Object.values(requested).every((value) => value === undefined);
    const policy = await withWorkspace(context, args, 'clean-up', async (open) =>
      isAsked
        ? call(open, 'people.cleanUp', {}, context)
        : (await call(open, 'people.setCleanUp', requested, context)).policy,
    );
    context.output.result(policy, () => [
      `Archive inactive students: ${periodText(policy.archive_after)}.`,
      `Purge deleted records: ${periodText(policy.purge_after)}.`,
    ]);
  },
});

export const peopleCommands: readonly Command[] = [find, exporting, erase, purge, cleanUp];
