import { keptHead } from '#core/log/audit/head.ts';
import { exportBackup } from '#core/versions/export.ts';
import { addBackup } from '#core/versions/add.ts';
import { listBackups, ownerOf } from '#core/versions/list.ts';
import { choosePlace, placeOfBackups } from '#core/versions/place.ts';
import { verifyBackup } from '#core/versions/open.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { permitChanges } from '#core/model/permissions.ts';
import { readFacts } from '#core/log/workspace-facts.ts';
import { lookAt } from '#core/workspace/read-only.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { field, list, needed, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { call, dryRun, narrowing, operation } from '../operation.ts';
import { countLines, differenceLines } from '../output/differences.ts';
import { Failed, UsageError } from '../output/errors.ts';
import { table } from '../output/table.ts';
import { confirm, passphraseFrom, readPassphrase, yes } from '../prompts.ts';
import { amount, bytesOf, countsLine, sentence, timeOf } from '../words.ts';
import {
  checkActor,
  folderIsMissing,
  noWorkspace,
  onLive,
  pathOf,
  replace,
  whyMissing,
  withClosed,
  withWorkspace,
} from '../workspace.ts';
import { backupRestore } from './backup-restore.ts';

const id = needed('ID', 'Its id, as "frames backup list" shows it', { field: 'id' });

/** ", 2 sandboxes, 1 golden version": what a backup holds besides live. */
function insideText(inside: Backup['inside']): string {
  const sandboxes = inside.filter(({ kind }) => kind === 'sandbox').length;
  const golden = inside.length - sandboxes;
  return `${sandboxes > 0 ? `, ${amount(sandboxes, 'sandbox', 'sandboxes')}` : ''}${golden > 0 ? `, ${amount(golden, 'golden version')}` : ''}`;
}

const backupList = command({
  path: ['backup', 'list'],
  summary: 'List the backups of a workspace, the newest first',
  details: [
    'Size is what a backup holds, Stored how much of the disk it takes, compressed. Records that a recovery or another file replaced since are marked "replaced". The workspace ' +
      'itself may be damaged or missing.',
  ],
  parameters: {},
  options: onLive,
  async run(context, given) {
    const folder = pathOf(context, given.workspace);
    const files = workspaceFiles(folder);
    await checkActor(context, given);
    const own = await workspaceId(files);
    const all = await listBackups(files.backups, keptHead(files.head), own);
    if (all.length === 0 && folderIsMissing(context, given)) throw await noWorkspace(folder);
    const stored = all.reduce((sum, one) => sum + one.stored, 0);
    const usable = all.filter(({ problem }) => problem === null);
    const isMixed = usable.some(({ workspace }) => workspace !== (own ?? usable[0]?.workspace));
    context.output.result(all, () =>
      all.length === 0
        ? ['There are no backups.']
        : [
            ...table<Backup>(
              all,
              [
                'id',
                'made',
                ...(isMixed
                  ? [
                      [
                        'Workspace',
                        ({ workspace }: Backup) =>
                          workspace === own ? 'this one' : own === null ? workspace : 'another',
                      ] as const,
                    ]
                  : []),
                ['Why', ({ reason, replaced }) => (replaced ? `${reason} (replaced)` : reason)],
                ['Size', ({ bytes }) => bytesOf(bytes)],
                'stored',
                [
                  'Checked (UTC)',
                  ({ verified }) =>
                    verified ? `${timeOf(verified.at)}${verified.ok ? '' : ' damaged'}` : '',
                ],
                [
                  'Holds',
                  ({ counts, inside, problem }) =>
                    problem?.replace(/ Nothing was changed\.$/, '') ??
                    `${countsLine(counts)}${insideText(inside)}`,
                ],
              ],
              context.output.width,
            ),
            '',
            `${amount(all.length, 'backup')}, ${bytesOf(stored)} stored in all.`,
          ],
    );
  },
});

/** Id of the workspace, as its file says it, or else what lies beside that; null where it cannot be known. */
async function workspaceId(files: WorkspaceFiles): Promise<string | null> {
  try {
    return await lookAt(files.folder, ({ read }) => Promise.resolve(readFacts(read).id));
  } catch {
    return ownerOf(files);
  }
}

/** What kind of thing is wrong: what another version made is not damaged. */
const verdicts: Readonly<Record<string, string>> = {
  newer: 'was made by a newer version of FRAMES, and was not checked',
  foreign: 'is none of FRAMES',
  unreadable: 'cannot be read',
};

const backupVerify = command({
  path: ['backup', 'verify'],
  summary: 'Check a backup by reading it as restoring would',
  details: [
    'Every byte, every page of the database, its audit replayed against its records, and what the manifest says of it. The workspace itself is not ' +
      'opened, and nothing is changed. Exit 1 when anything is wrong.',
  ],
  examples: ['frames backup verify 20261120T083000000Z --workspace W --json'],
  parameters: { id },
  options: onLive,
  async run(context, given) {
    await checkActor(context, given);
    const report = await withClosed(context, given, 'backup verify', (parts) =>
      verifyBackup({ ...parts, id: given.id }),
    );
    context.output.result(report, () => [
      report.ok
        ? `✓ Backup ${report.id} is whole.`
        : `✗ Backup ${report.id} ${verdicts[report.reason ?? ''] ?? 'is damaged'}.`,
      ...report.problems.map((problem) => `    ${problem}`),
    ]);
    if (report.ok) return;
    throw new Failed('NOT_VERIFIED', `Backup ${report.id} did not pass: ${report.problems[0] ?? ''}`, report);
  },
});

const backupExport = command({
  path: ['backup', 'export'],
  summary: 'Write a backup as one file, with all that it needs',
  details: [
    'The file is there whole or not at all; one of that name is replaced only with --replace. "frames backup take" adds it to the backups, here or in ' +
      'another workspace. The workspace itself is not opened: it may be damaged or missing.',
  ],
  examples: ['frames backup export 20261120T083000000Z --to backup.frames --workspace W --json'],
  parameters: { id },
  options: {
    ...onLive,
    to: needed('FILE', 'Where to write'),
    replace,
    passphrase: passphraseFrom('Encrypt it with the passphrase from stdin, or env: FRAMES_PASSPHRASE'),
  },
  async run(context, given) {
    const path = pathOf(context, given.to);
    await checkActor(context, given);
    const passphrase = await readPassphrase(context, given.passphrase);
    const written = await withClosed(context, given, 'backup export', (parts) =>
      exportBackup({ ...parts, id: given.id, path, replace: given.replace, passphrase }),
    );
    context.output.result({ ...written, file: path }, () => [
      `Wrote backup ${written.id} to ${path} (${bytesOf(written.bytes)}).`,
    ]);
  },
});

const backupTake = command({
  path: ['backup', 'take'],
  summary: 'Add a backup that was written as one file to those of a workspace',
  details: [
    'All of it is checked first, as when a backup is made; nothing is changed unless everything is right. It may be of another workspace or ' +
      'another machine. The workspace itself is not opened; "frames backup restore" restores it. What is here already, and whole, is not ' +
      'added a second time. For everybody but viewers.',
  ],
  examples: ['frames backup take backup.frames --workspace W --json'],
  parameters: { file: needed('FILE', 'What "frames backup export" wrote') },
  options: {
    ...onLive,
    passphrase: passphraseFrom('The passphrase of an encrypted file: from stdin, or env: FRAMES_PASSPHRASE'),
  },
  async run(context, given) {
    const path = pathOf(context, given.file);
    await checkActor(context, given, (actor) => permitChanges(actor, { type: 'backup', id: '' }));
    const passphrase = await readPassphrase(context, given.passphrase, 1);
    const taken = await withClosed(context, given, 'backup take', (parts) =>
      addBackup({ ...parts, path, passphrase }),
    );
    context.output.result(taken, () => [
      taken.already
        ? `Backup ${taken.id} is here already, and whole: ${countsLine(taken.counts)}. Nothing was changed.`
        : `Added backup ${taken.id}: ${countsLine(taken.counts)}.`,
    ]);
  },
});

const backupPlace = command({
  path: ['backup', 'place'],
  summary: 'Show or change the folder of the backups, as on another drive',
  details: [
    'In DIR a folder is made for them; "default" is the one in the workspace. It holds on this computer, for this folder. Earlier ' +
      'backups stay where they are. Where a chosen folder is missing, nothing is backed up anywhere else. Nobody may have the workspace ' +
      'open. Changing it is for admins.',
  ],
  examples: ['frames backup place --workspace W', 'frames backup place /media/backups --workspace W'],
  parameters: { dir: text('DIR', 'Folder on the other drive, or "default"') },
  options: onLive,
  async run(context, given) {
    const { dir } = given;
    const place = await withClosed(
      context,
      given,
      'backup place',
      async ({ folder: workspace, actor, log }) => {
        const isNone =
          folderIsMissing(context, given) && (await whyMissing(workspaceFiles(workspace))) === null;
        if (isNone) throw await noWorkspace(workspace);
        if (dir === undefined) return placeOfBackups(workspace);
        return choosePlace({ workspace, into: dir === 'default' ? null : pathOf(context, dir), actor, log });
      },
    );
    context.output.result(place, () => [
      `Backups lie in ${place.folder}${place.usual ? ', the default' : place.there ? '' : ', which is not there now'}.`,
    ]);
  },
});

const backupPrune = command({
  path: ['backup', 'prune'],
  summary: 'Remove the backups that retention does not keep',
  details: [
    '"frames backup retention" shows the rule. The newest, and the newest that "frames backup verify" found whole, always stay; so ' +
      'do those with a later time than now, of newer versions, and what cannot be read. For admins; it is in the audit.',
  ],
  examples: ['frames backup prune --dry-run --workspace W --json', 'frames backup prune --yes --workspace W'],
  parameters: {},
  options: { ...onLive, ...dryRun, yes },
  async run(context, given) {
    const { output } = context;
    const chosen = { ...given, 'dry-run': false };
    const done = await withWorkspace(context, chosen, 'backup prune', async (open) => {
      const preview = await call(open, 'backups.prune', { dry: true }, context);
      if (given['dry-run']) return preview;
      const only = preview.removed.map((one) => one.id);
      if (only.length > 0)
        await confirm(
          context,
          given.yes,
          `Remove ${amount(only.length, 'backup')} up to ${timeOf(preview.removed[0]?.made ?? '')} (UTC) for good?`,
        );
      return call(open, 'backups.prune', { only }, context);
    });
    const { dry, removed, kept, bytes, retention } = done;
    output.result(done, () => [
      `${sentence(amount(removed.length, 'backup'))} ${dry ? 'would be removed' : 'removed'}, ${bytesOf(bytes)} freed.`,
      ...removed.map((one) => `    ${one.id}`),
      retentionText(retention),
      ...(kept.length > 0
        ? table(kept, ['id', 'made', ['Kept as', ({ why }) => why.join(', ')]], output.width)
        : []),
    ]);
  },
});

const retentionText = (rule: object): string =>
  `Retention: ${Object.entries(rule)
    .map(([span, count]) => `${span} ${count}`)
    .join(', ')}.`;
const keep = (key: 'last' | 'daily' | 'weekly' | 'monthly', what: string) =>
  field('backups.setRetention', key, 'N', what);

export const backupCommands: readonly Command[] = [
  operation({
    path: 'backup create',
    operation: 'backups.create',
    summary: 'Back up a workspace as it is now',
    details: [
      'The copy is a snapshot whatever others write meanwhile, is checked as a whole, and is read back. It is one file, which depends on no ' +
        'other. Sandboxes and golden versions are files of their own beside it; "frames backup bring" restores them.',
    ],
    examples: ['frames backup create --workspace W --json'],
    on: onLive,
    options: {
      'with-sandboxes': field('backups.create', 'sandboxes', '', 'Back up the sandboxes too'),
      'with-golden': field('backups.create', 'golden', '', 'Back up the golden versions too'),
    },
    show: ({ id: made, counts, inside, bytes, stored }) => [
      `Made backup ${made}: ${countsLine(counts)}${insideText(inside)}.`,
      `It holds ${bytesOf(bytes)}, compressed to ${bytesOf(stored)}.`,
    ],
  }),
  backupList,
  backupVerify,
  backupExport,
  backupTake,
  backupPlace,
  backupPrune,
  command({
    path: ['backup', 'retention'],
    summary: 'Show or change which backups are kept when others are removed',
    details: [
      'The newest ones, and the newest of each of so many days, weeks (from Monday on) and months in which there are backups, all in UTC. ' +
        'Nothing is removed by it: "frames backup prune" does that. Changing it is for admins.',
    ],
    examples: ['frames backup retention --workspace W'],
    parameters: {},
    options: {
      ...onLive,
      last: keep('last', 'So many of the newest (usually 7)'),
      daily: keep('daily', 'The newest of so many days (usually 7)'),
      weekly: keep('weekly', 'The newest of so many weeks (usually 4)'),
      monthly: keep('monthly', 'The newest of so many months (usually 12)'),
      ...dryRun,
    },
    async run(context, given) {
      const { last, daily, weekly, monthly } = given;
      const rule = { last, daily, weekly, monthly };
      const isAsked = Object.values(rule).every((one) => one === undefined);
      const done = await withWorkspace(context, given, 'backup retention', async ({ client }) =>
        isAsked
          ? { retention: await client.backups.retention({}), op_id: null }
          : client.backups.setRetention(rule),
      );
      const isDry = given['dry-run'];
      context.output.result(isDry ? { ...done, dry: true } : done, () => [retentionText(done.retention)]);
    },
  }),
  backupRestore,
  operation({
    path: 'backup diff',
    operation: 'backups.diff',
    summary: 'Show which records of a backup are deleted or changed since',
    details: [
      'What was added since is not listed. "frames backup restore ID --record RECORD" restores one; with --sandbox both are about ' +
        'the records of that sandbox, and "live" in --json is what it has.',
    ],
    examples: ['frames backup diff 20261120T083000000Z --workspace W --type team --search thermal'],
    parameters: { id },
    options: narrowing('backups.diff'),
    show: ({ another, counts, matched, rows }, { offset }) => [
      ...(another ? ['! The backup is from another workspace.'] : []),
      ...differenceLines(
        rows,
        ({ change }) => change,
        ({ change, fields }) => (change === 'changed' ? fields : []),
        ({ backup, live }) => [
          ['', backup],
          ['', live],
        ],
      ),
      ...countLines(counts, { matched, offset, rows }),
    ],
  }),
  operation({
    path: 'backup bring',
    operation: 'backups.bringBack',
    summary: 'Restore sandboxes and golden versions that a backup holds',
    details: [
      'All of them, or those that --content names, as "frames backup list --json" has them. Nothing that is here is replaced: what has the ' +
        'id or number of something else gets another. Golden versions are for admins.',
    ],
    examples: ['frames backup bring 20261120T083000000Z --workspace W --content golden-2'],
    on: onLive,
    parameters: { id },
    options: { content: list('NAME', 'Only this one') },
    async input(given, { client }) {
      if (given.content.length > 0) return { contents: [...given.content] };
      const found = (await client.backups.list({})).find((one) => one.id === given.id);
      // A backup that is not there is refused by its id.
      if (!found) return { contents: ['live'] };
      const contents = found.inside.map(({ name }) => name);
      if (contents.length > 0) return { contents };
      throw new UsageError(`Backup ${given.id} holds no sandboxes and no golden versions.`, {
        argument: 'ID',
      });
    },
    show: (all, _, { width }) => table(all, ['kind', 'title', 'id', 'outcome'], width),
  }),
];
