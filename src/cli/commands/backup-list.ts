import { keptHead } from '#core/log/audit/head.ts';
import { formerPlaces } from '#core/backup/former.ts';
import { listBackups } from '#core/backup/list.ts';
import { ownerOf } from '#core/backup/owner.ts';
import { storedBytes } from '#core/backup/stored.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { readFacts } from '#core/log/workspace-facts.ts';
import { lookAt } from '#core/workspace/read-only.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { actsHere } from '../acting.ts';
import { command } from '../command.ts';
import { pathOf } from '../files.ts';
import { insideText } from '../output/backup-records.ts';
import { formerLines } from '../output/former.ts';
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
  { title: 'Added', align: 'right', cell: ({ added, problem }) => (problem === null ? bytesOf(added) : '') },
  { title: 'Checked (UTC)', cell: ({ verified }) => checked(verified) },
  {
    title: 'Holds',
    cell: ({ counts, inside, problem }) =>
      problem?.replace(/ Nothing was changed\.$/, '') ?? `${countsLine(counts)}${insideText(inside)}`,
  },
];

/** What the figures mean, beneath them; what removed ones had added may be needed still, so that they are no sum of what is stored. */
const sumLine = (all: readonly Backup[], stored: number): string =>
  `${amount(all.length, 'backup')}. Size is what each holds; Added is what had to be stored for it. ${bytesOf(stored)} are stored in all.`;

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
    'Size is what a backup holds; Added is what of it no earlier backup had, compressed, and had to be stored for it. One of records that a restore, a reset or another file took the place of since is marked "replaced". The workspace ' +
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
    const stored = await storedBytes(files.backups);
    const former = formerLines(await formerPlaces(files.folder));
    context.output.result(all, () => [
      ...(all.length === 0
        ? [former.length === 0 ? 'There are no backups.' : `There are no backups in ${files.backups}.`]
        : [...tableLines(shown, all, context.output.width), '', sumLine(all, stored)]),
      ...former,
    ]);
  },
});
