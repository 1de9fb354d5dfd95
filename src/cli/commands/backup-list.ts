import { keptHead } from '#core/log/audit/head.ts';
import { listBackups, ownerOf } from '#core/versions/list.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { readFacts } from '#core/log/workspace-facts.ts';
import { lookAt } from '#core/workspace/read-only.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { actsHere } from '../acting.ts';
import { command } from '../command.ts';
import { pathOf } from '../files.ts';
import { insideText } from '../output/backup-records.ts';
import { tableLines } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { amount, bytesOf, countsLine, timeOf } from '../words.ts';
import { onLive } from '../workspace.ts';

/** Why it was made, and whether what it holds was replaced since. */
const why = ({ reason, replaced }: Backup): string => (replaced ? `${reason} (replaced)` : reason);

const columns: readonly Column<Backup>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Made (UTC)', cell: ({ made }) => (made === null ? '' : timeOf(made)) },
  { title: 'Why', cell: why },
  { title: 'Size', align: 'right', cell: ({ bytes, problem }) => (problem === null ? bytesOf(bytes) : '') },
  {
    title: 'Stored',
    align: 'right',
    cell: ({ stored, problem }) => (problem === null ? bytesOf(stored) : ''),
  },
  { title: 'Checked (UTC)', cell: ({ verified }) => checked(verified) },
  {
    title: 'Holds',
    cell: ({ counts, inside, problem }) =>
      problem?.replace(/ Nothing was changed\.$/, '') ?? `${countsLine(counts)}${insideText(inside)}`,
  },
];

/** What the figures mean, beneath them. */
function sumLine(all: readonly Backup[]): string {
  const stored = all.reduce((sum, one) => sum + one.stored, 0);
  return `${amount(all.length, 'backup')}. Size is what each holds, Stored how much of the disk it takes: ${bytesOf(stored)} in all.`;
}

/** Whose each is, where any is of another workspace than `own`, which is null where nobody can tell. */
function whose(all: readonly Backup[], own: string | null): Column<Backup>[] {
  const ids = new Set(all.filter(({ problem }) => problem === null).map(({ workspace }) => workspace));
  const isOneOnly = ids.size === 0 || (ids.size === 1 && (own === null || ids.has(own)));
  if (isOneOnly) return [];
  const cell = ({ workspace }: Backup): string =>
    own === null || workspace === '' ? workspace : workspace === own ? 'this one' : 'another';
  return [{ title: 'Workspace', cell }];
}

/** Id of the workspace, as its file says it, or else what lies beside that; null where nobody can tell. */
async function ownId(files: WorkspaceFiles): Promise<string | null> {
  try {
    return await lookAt(files.folder, ({ read }) => Promise.resolve(readFacts(read).id));
  } catch {
    return ownerOf(files);
  }
}

/** When it was checked last, and whether that went badly. */
const checked = (verified: Backup['verified']): string =>
  verified === null ? '' : `${timeOf(verified.at)}${verified.ok ? '' : ' damaged'}`;

export const backupList = command({
  path: ['backup', 'list'],
  summary: 'List the backups of a workspace, the newest first',
  details: [
    'Size is what a backup holds; Stored is how much of the disk it takes, compressed. One of records that a restore, a reset or another file took the place of since is marked "replaced". The workspace ' +
      'itself may be damaged or missing.',
  ],
  parameters: {},
  options: onLive,
  async run(context, given) {
    const files = workspaceFiles(pathOf(context, given.workspace));
    await actsHere(context, given);
    const own = await ownId(files);
    const all = await listBackups(files.backups, keptHead(files.head), own);
    const shown = [...columns.slice(0, 2), ...whose(all, own), ...columns.slice(2)];
    context.output.result(all, () =>
      all.length === 0
        ? [`There are no backups in ${files.backups}.`]
        : [...tableLines(shown, all, context.output.width), '', sumLine(all)],
    );
  },
});
