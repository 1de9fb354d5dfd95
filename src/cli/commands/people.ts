import { exportPerson } from '#core/people/export.ts';
import type { Erased, HoldingVersion, Occurrences, Place, ServerPlace } from '#shared/contract/people.ts';
import { cleanUpBounds } from '#shared/domain/clean-up.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { flag, needed, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { call, dryRun } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { confirm, passphraseFrom, readPassphrase, yes } from '../prompts.ts';
import { amount, bytesOf, nameOf } from '../phrases.ts';
import { follow, onLive, pathOf, replace, withWorkspace } from '../workspace.ts';

const person = needed('PERSON', 'Id or name of a student, a member of faculty or a profile');

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
  const held = [
    `${states[record]}, ${amount(rows, 'history entry', 'history entries')}`,
    amount(mentions.length, 'other record'),
    amount(labels, 'change description'),
  ];
  return [
    `${titleOf(place)}: ${held.join(', ')}.`,
    ...mentions.map(({ type, id, title, fields, rows: of }) => {
      const where = fields.length > 0 ? fields.join(', ') : 'only in the history';
      return `    ${nameOf(type)} "${title}" (${id}): ${where}, ${amount(of, 'history entry', 'history entries')}`;
    }),
  ];
}

const versionLines = (versions: readonly HoldingVersion[]): string[] =>
  versions.map(({ kind, id, rows, mentions, removed, problem }) => {
    const what = kind === 'backup' ? `Backup ${id}` : `Golden version ${id}`;
    if (problem !== null) return `${what}: not searched. ${problem}`;
    const until = removed === null ? 'not removed automatically' : `removed by retention about ${removed}`;
    return `${what}: ${amount(rows, 'history entry', 'history entries')}, ${amount(mentions, 'mention')}; ${until}.`;
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

const foundLines = ({
  person: found,
  places,
  versions,
  files,
  namesakes,
  ids,
  server,
}: Occurrences): string[] => [
  `${found.name} (${found.id}, ${nameOf(found.type)}): ${states[found.state]}.`,
  ...(found.terms.length > 0 ? [`Searched for: ${found.terms.join('; ')}.`] : []),
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
    const done = `${amount(place.records, 'record')} and ${amount(place.rows, 'history entry', 'history entries')} emptied`;
    const left = place.rewritten
      ? ''
      : ' The file could not be rewritten: close other windows and run "frames vacuum".';
    return `${titleOf(place)}: ${done}.${left}`;
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
  async run(context, given) {
    const found = await withWorkspace(context, given, 'people find', (open) =>
      call(open, 'people.find', { person: given.person }, context),
    );
    context.output.result(found, () => foundLines(found));
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
    out: needed('FILE', 'Output file'),
    replace,
    passphrase: passphraseFrom(
      'Encrypt the file with the passphrase from stdin, or from $FRAMES_PASSPHRASE (env)',
    ),
  },
  async run(context, given) {
    const path = pathOf(context, given.out);
    const passphrase = await readPassphrase(context, given.passphrase);
    const written = await withWorkspace(
      context,
      given,
      'people export',
      ({ core: { services }, session }) => {
        const how = { person: given.person, path, replace: given.replace, passphrase };
        return follow(exportPerson({ services, session }, how, context.signal), context.output);
      },
    );
    context.output.result({ ...written, file: path }, () => [`Wrote ${path} (${bytesOf(written.bytes)}).`]);
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
  async run(context, given) {
    const chosen = { ...given, 'dry-run': false };
    await withWorkspace(context, chosen, 'people erase', async (open) => {
      const found = await call(open, 'people.find', { person: given.person }, context);
      if (given['dry-run'])
        return context.output.result({ ...found, dry: true }, () => [
          'Dry run: nothing was changed.',
          ...foundLines(found),
        ]);
      if (!given.yes) context.output.note(foundLines(found));
      const { id, name } = found.person;
      await confirm(context, given.yes, `Erase "${name}" (${id})? This cannot be undone.`);
      // Without a question about the name found, only the exact name or the id erases.
      const person = given.yes ? given.person : id;
      const done = await call(open, 'people.erase', { person, mentions: !given['keep-texts'] }, context);
      context.output.result(done, () => erasedLines(done));
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
    days: needed('N', 'Days since the deletion (0 for all deleted records)'),
    ...dryRun,
    yes,
  },
  async run(context, given) {
    const days = daysOf(given.days, '--days', 0);
    const done = await withWorkspace(context, { ...given, 'dry-run': false }, 'purge', async (open) => {
      const preview = await call(open, 'people.purge', { days, dry: true }, context);
      const count = sumOf(preview.records);
      if (given['dry-run'] || count === 0) return preview;
      await confirm(context, given.yes, `Purge ${amount(count, 'deleted record')}? This cannot be undone.`);
      return call(open, 'people.purge', { days }, context);
    });
    const { dry, records, rows, problems } = done;
    context.output.result(done, () => [
      dry
        ? `To purge: ${amount(sumOf(records), 'deleted record')}.`
        : `Purged ${amount(sumOf(records), 'deleted record')} and ${amount(rows, 'history entry', 'history entries')}.`,
      ...Object.entries(records).map(([type, count]) => `    ${nameOf(type)}: ${count}`),
      ...problems.map(({ sandbox, problem }) => `Sandbox "${sandbox}": not purged. ${problem}`),
    ]);
  },
});

function daysOf(given: string, argument: string, least: number): number {
  const days = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (days >= least && days <= cleanUpBounds.most) return days;
  const message = `${argument} must be a whole number from ${least} to ${cleanUpBounds.most}, not "${given}".`;
  throw new UsageError(message, { argument, given });
}

const periodOf = (given: string | undefined, argument: string): number | null | undefined =>
  given === undefined ? undefined : given === 'off' ? null : daysOf(given, argument, cleanUpBounds.least);

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
  async run(context, given) {
    const wanted = {
      archive_after: periodOf(given['archive-after'], '--archive-after'),
      purge_after: periodOf(given['purge-after'], '--purge-after'),
    };
    const isAsked = Object.values(wanted).every((one) => one === undefined);
    const policy = await withWorkspace(context, given, 'clean-up', async (open) =>
      isAsked
        ? call(open, 'people.cleanUp', {}, context)
        : (await call(open, 'people.setCleanUp', wanted, context)).policy,
    );
    context.output.result(policy, () => [
      `Archive inactive students: ${periodText(policy.archive_after)}.`,
      `Purge deleted records: ${periodText(policy.purge_after)}.`,
    ]);
  },
});

export const peopleCommands: readonly Command[] = [find, exporting, erase, purge, cleanUp];
