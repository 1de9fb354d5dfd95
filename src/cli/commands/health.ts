import { healthOfClosed } from '#core/care/closed.ts';
import { foundDamage } from '#core/care/found-damage.ts';
import { statsOf } from '#core/care/stats.ts';
import { writeSupportCopy } from '#core/care/support-copy.ts';
import { vacuumLive } from '#core/care/vacuum.ts';
import { notingDamage } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { permitVacuum } from '#core/model/permissions.ts';
import { actorOf, actingProfile } from '#core/log/session.ts';
import { systemClock } from '#core/kernel/system.ts';
import { lookAt } from '#core/workspace/read-only.ts';
import type { Finding } from '#shared/contract/care.ts';
import { flag, needed } from '../args/option.ts';
import { command } from '../command.ts';
import { call } from '../operation.ts';
import { Failed } from '../output/errors.ts';
import { facts, table, valueText } from '../output/table.ts';
import { confirm, yes } from '../prompts.ts';
import { bytesOf, labelOf } from '../words.ts';
import {
  follow,
  onLive,
  onWorkspace,
  pathOf,
  replace,
  targetOf,
  whyMissing,
  withClosed,
  withWorkspace,
  workspaceLog,
} from '../workspace.ts';

export const onFile = { workspace: onWorkspace.workspace, sandbox: onWorkspace.sandbox };

const marks = { good: '✓', warn: '!', bad: '✗' } as const;
const sizes: ReadonlySet<string> = new Set(['bytes', 'wal', 'free', 'needed']);

/** What was found, as its code and parameters in words: `Disk: low (free 1.2 GB, needed 3 GB)`. */
export function findingText({ id, code, params }: Finding): string {
  const found = labelOf(code.slice(code.indexOf('.') + 1)).toLowerCase();
  const details = Object.entries(params).map(([name, value]) => {
    if (name === 'age') return `${name} ${Math.floor(Number(value) / 3_600_000)} hours`;
    return `${labelOf(name).toLowerCase()} ${valueText(value, sizes.has(name) ? 'bytes' : name)}`;
  });
  return `${labelOf(id)}: ${found}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

export const findingLine = (finding: Finding): string => `${marks[finding.state]} ${findingText(finding)}`;

/** What to do where live is corrupt. */
export const recoveryHint =
  'Restore a backup ("frames backup restore ID"), or get back what can be read ("frames salvage").';
const acceptHint =
  'Put the newer file back, restore a backup ("frames backup restore ID"), or accept the file as it is ("frames accept").';
const corruptCodes: ReadonlySet<string> = new Set([
  'file.damaged',
  'file.foreign',
  'file.empty',
  'head.unreadable',
]);

/** What to do about live after what was found in it; empty where nothing is wrong with the file itself. */
function hintFor(findings: readonly Finding[]): string {
  const bad = findings.filter(({ state }) => state === 'bad');
  const isCorrupt = bad.some(({ id, code }) => ['integrity', 'chain'].includes(id) || corruptCodes.has(code));
  if (isCorrupt) return ` ${recoveryHint}`;
  if (bad.some(({ code }) => code === 'head.cut' || code === 'head.another')) return ` ${acceptHint}`;
  return bad.some(({ id }) => id === 'noted') ? ` ${recoveryHint}` : '';
}

export const health = command({
  path: ['health'],
  summary: 'Show the health of a workspace or a sandbox: its file, audit, backups and disk',
  details: [
    'Also of one that cannot be opened any more. Each finding is good (✓), worth a look (!) or bad (✗). Nothing is changed but that ' +
      'corruption that is found is noted (damaged.json): the records are read-only then until they are recovered. Exit 1 when anything is ' +
      'bad. Where corruption was noted before it is as with --full.',
  ],
  examples: ['frames health --workspace W --json'],
  parameters: {},
  options: {
    ...onFile,
    full: flag('Check every page and index too, and that the replayed audit gives the records'),
  },
  async run(context, given) {
    const folder = pathOf(context, given.workspace);
    const files = workspaceFiles(folder, targetOf(context, given));
    const { signal } = context;
    const parts = { files, clock: systemClock, log: workspaceLog(folder), full: given.full, signal };
    const report = await follow(notingDamage(healthOfClosed(parts), foundDamage, parts), context.output);
    const isMissing = report.findings.some(({ code }) => code === 'file.missing');
    const why = isMissing ? await whyMissing(files) : null;
    context.output.result(report, () => [
      ...report.findings.map(findingLine),
      ...(why === null ? [] : [why]),
    ]);
    const bad = report.findings.find(({ state }) => state === 'bad');
    if (!bad) return;
    const hint = files.target.kind === 'live' ? hintFor(report.findings) : '';
    throw new Failed('NOT_WELL', `Something is wrong. ${findingText(bad)}.${hint}`, {
      id: bad.id,
      code: bad.code,
    });
  },
});

export const stats = command({
  path: ['stats'],
  summary: 'Show what takes up room in a workspace or a sandbox, and how its audit has grown',
  details: ['Nothing is changed.'],
  examples: ['frames stats --workspace W --json'],
  parameters: {},
  options: onFile,
  async run(context, given) {
    const folder = pathOf(context, given.workspace);
    const { output, signal } = context;
    const found = await lookAt(
      folder,
      ({ files }) => follow(statsOf(files, workspaceLog(folder), signal), output),
      targetOf(context, given),
    );
    const { bytes, wal, page_bytes, free_pages, log, months, parts } = found;
    output.result(found, () => [
      ...facts({ bytes, wal, free_bytes: free_pages * page_bytes, ...log }),
      ...table(months, ['month', 'transactions', 'changes'], output.width),
      ...table(
        parts,
        ['name', 'kind', 'rows', 'bytes', ['Unused', ({ unused }) => bytesOf(unused)]],
        output.width,
      ),
    ]);
  },
});

export const vacuum = command({
  path: ['vacuum'],
  summary: 'Compact the file of a workspace',
  details: [
    'A verified backup is made first; cancelled by then, nothing is changed. Nobody may have the workspace open. It asks first, ' +
      'and is for admins; it is in the audit.',
  ],
  examples: ['frames vacuum --workspace W --yes --json'],
  parameters: {},
  options: { ...onLive, yes },
  async run(context, given) {
    const free = await withWorkspace(context, given, 'vacuum', async (open) => {
      permitVacuum(actorOf(actingProfile(open.core.services.read, open.session)));
      const { free_pages, page_bytes } = await call(open, 'care.stats', {}, context);
      return free_pages * page_bytes;
    });
    await confirm(context, given.yes, `Compact the file? Free in it: ${bytesOf(free)}.`);
    const done = await withClosed(context, given, 'vacuum', vacuumLive);
    context.output.result(done, () => [
      `Compacted: ${bytesOf(done.before)} before, ${bytesOf(done.after)} now. The file before is backup ${done.safety}.`,
    ]);
  },
});

export const supportCopy = command({
  path: ['support-copy'],
  summary: 'Write one file for those who help with a corrupt workspace',
  details: [
    'A gzipped tar archive with the file of the records and its WAL as they are, the log of the program, the health, and what ' +
      'is known of the backups without their contents. It holds the records: give it only to people you trust with them. The workspace is not ' +
      'changed, and nobody may have it open.',
  ],
  examples: ['frames support-copy support.tar.gz --workspace W'],
  parameters: { file: needed('FILE', 'Where to') },
  options: { workspace: onWorkspace.workspace, replace },
  async run(context, given) {
    const path = pathOf(context, given.file);
    const done = await withClosed(context, given, 'support-copy', (parts) =>
      writeSupportCopy({ ...parts, path, replace: given.replace }),
    );
    context.output.result({ file: path, ...done }, () => [
      `Written: ${path} (${bytesOf(done.bytes)}): ${done.contents.join(', ')}.`,
      'It holds the records of the workspace: give it only to people you trust with them.',
    ]);
  },
});
