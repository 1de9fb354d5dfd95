import { sentenceText } from '#shared/texts/sentence.ts';
import { checkClosedHealth } from '#core/care/health.ts';
import { corruptionOf } from '#core/care/corruption-of-findings.ts';
import { statsOf } from '#core/care/stats.ts';
import { writeSupportCopy } from '#core/care/support-copy.ts';
import { vacuumLive } from '#core/care/vacuum.ts';
import { checkAndRecord } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { assertCanVacuum } from '#core/model/permissions.ts';
import { actorOf, actingProfile } from '#core/log/session.ts';
import { readClosed } from '#core/open/read-closed.ts';
import type { Finding } from '#shared/contract/care.ts';
import findings from '#shared/texts/en/findings.ts';
import { flag, requiredText, resultSchemaOf } from '../args/option.ts';
import { command } from '../command.ts';
import { callOperation } from '../operation.ts';
import { CommandFailure } from '../output/errors.ts';
import { resultLines } from '../output/result.ts';
import { valueText } from '../output/table.ts';
import { confirm, yesFlag } from '../prompts.ts';
import { formatBytes, isTimestamp, labelOf } from '../format.ts';
import {
  liveOptions,
  workspaceOptions,
  resolvePath,
  replaceFlag,
  targetOf,
  missingProblem,
  withClosedWorkspace,
  withWorkspace,
  workspaceLog,
  withProgress,
} from '../workspace.ts';

export const fileOptions = { workspace: workspaceOptions.workspace, sandbox: workspaceOptions.sandbox };

type Params = Finding['params'];
const stateMarks = { good: '✓', warn: '!', bad: '✗' } as const;
const commandTexts: Readonly<Record<string, string>> = {
  'size.is': '{{bytes}}',
  'file.empty': 'The file is empty.',
  'file.foreign': 'The file is not a FRAMES workspace.',
  'file.damaged': 'The file is corrupt.',
  'file.strange_log':
    'The log belongs to another file. Restore a backup, or salvage the file without it with "frames salvage --workspace DIR".',
  'disk.full': 'Almost full: {{free}} free. Free up space.',
  'disk.low': '{{free}} free; a backup or restore may need {{needed}}. Free up space.',
  'clock.behind': 'The clock is behind: the latest entry is from {{newest}}. Set the clock.',
};
const codeAliases: Readonly<Record<string, string>> = { 'backup.old': 'backup.recent' };

function findingTemplate(code: string, count: unknown): string | undefined {
  const [id = '', suffix = ''] = (codeAliases[code] ?? code).split('.');
  const texts = (findings.texts as Readonly<Record<string, Readonly<Record<string, string>>>>)[id];
  return commandTexts[code] ?? texts?.[suffix] ?? texts?.[`${suffix}_${count === 1 ? 'one' : 'other'}`];
}

const byteParams: ReadonlySet<string> = new Set(['bytes', 'wal', 'free', 'needed']);

/** Formats a finding: `Free space: 1.2 GB free.` */
export function findingText({ id, code, params }: Finding): string {
  const name = (findings.names as Readonly<Record<string, string>>)[id] ?? labelOf(id);
  const hasNoSandboxes = code === 'sandboxes.fine' && params['count'] === 0;
  const text = findingTemplate(hasNoSandboxes ? 'sandboxes.none' : code, params['count']);
  const values = { ...params, when: params['made'] ?? params['at'] ?? '' };
  if (text === undefined) return `${name}: ${labelOf(code.slice(code.indexOf('.') + 1)).toLowerCase()}`;
  const sentence = (Number(params['wal']) > 0 ? `${text} (and {{wal}} in the WAL)` : text).replaceAll(
    /\{\{(\w+)(?:, number)?\}\}/g,
    (_, key: string) => {
      const value = (values as Params)[key] ?? '';
      if (typeof value === 'object') return sentenceText(value);
      const formatted = valueText(value, byteParams.has(key) ? 'bytes' : key);
      return isTimestamp(value) ? `${formatted} UTC` : formatted;
    },
  );
  return `${name}: ${sentence}`;
}

export const findingLine = (finding: Finding): string =>
  `${stateMarks[finding.state]} ${findingText(finding)}`;

export const documentsHint =
  'Repair files of documents from a backup or the server ("frames documents repair").';
export const recoveryHint =
  'Restore a backup ("frames backup restore ID") or salvage readable records ("frames salvage").';
const acceptHint =
  'Put the newer file back, restore a backup ("frames backup restore ID") or accept the file as it is ("frames accept").';
const corruptCodes: ReadonlySet<string> = new Set([
  'file.damaged',
  'file.foreign',
  'file.empty',
  'head.unreadable',
]);

/** Advice on the problems of a live file, with a leading space; '' if there is none. */
function hintFor(findings: readonly Finding[]): string {
  const badFindings = findings.filter(({ state }) => state === 'bad');
  const isCorrupt = badFindings.some(
    ({ id, code }) => ['integrity', 'chain'].includes(id) || corruptCodes.has(code),
  );
  if (isCorrupt) return ` ${recoveryHint}`;
  if (badFindings.some(({ code }) => code === 'head.cut' || code === 'head.another')) return ` ${acceptHint}`;
  if (badFindings.some(({ id }) => id === 'noted')) return ` ${recoveryHint}`;
  return badFindings.some(({ code }) => code === 'documents.damaged') ? ` ${documentsHint}` : '';
}

export const healthCommand = command({
  path: ['health'],
  summary: 'Show the health of a workspace or sandbox: file, audit log, backups, disk',
  details: [
    'Works even if the workspace cannot be opened. Each finding is OK (✓), a warning (!) or a problem (✗). Exits with 1 if there is a problem.',
    'Changes no records. If the file is corrupt, this is recorded in damaged.json and the workspace becomes read-only until it is ' +
      'recovered. After that, health always runs the full check.',
  ],
  examples: ['frames health --workspace W --json'],
  parameters: {},
  options: {
    ...fileOptions,
    full: flag('Also check every page and index, and replay the audit log'),
  },
  async run(context, args) {
    const folder = resolvePath(context, args.workspace);
    const files = workspaceFiles(folder, targetOf(context, args));
    const checkOptions = { files, log: workspaceLog(folder), full: args.full };
    const report = await withProgress(context, (pace) =>
      checkAndRecord(checkClosedHealth({ ...checkOptions, ...pace }), corruptionOf, checkOptions),
    );
    const isMissing = report.findings.some(({ code }) => code === 'file.missing');
    const reason = isMissing ? await missingProblem(files) : null;
    context.output.result(report, () => [
      ...report.findings.map(findingLine),
      ...(reason === null ? [] : [sentenceText(reason)]),
    ]);
    const badFinding = report.findings.find(({ state }) => state === 'bad');
    if (!badFinding) return;
    const hint = files.target.kind === 'live' ? hintFor(report.findings) : '';
    throw new CommandFailure('NOT_WELL', `The workspace has problems. ${findingText(badFinding)}${hint}`, {
      id: badFinding.id,
      code: badFinding.code,
    });
  },
});

export const statsCommand = command({
  path: ['stats'],
  summary: 'Show the disk usage of a workspace or sandbox, and the growth of its audit log',
  examples: ['frames stats --workspace W --json'],
  parameters: {},
  options: fileOptions,
  async run(context, args) {
    const folder = resolvePath(context, args.workspace);
    const { output } = context;
    const result = await readClosed(
      folder,
      ({ files }) => withProgress(context, (pace) => statsOf(files, workspaceLog(folder), pace)),
      targetOf(context, args),
    );
    output.result(result, () => resultLines(resultSchemaOf('care.stats'), result, output.width));
  },
});

export const vacuumCommand = command({
  path: ['vacuum'],
  summary: 'Compact the workspace file',
  details: [
    'Makes a verified backup first; you can cancel until then. The workspace must not be open elsewhere. Admins only.',
  ],
  examples: ['frames vacuum --workspace W --yes --json'],
  parameters: {},
  options: { ...liveOptions, yes: yesFlag },
  async run(context, args) {
    const freedBytes = await withWorkspace(context, args, 'vacuum', async (open) => {
      assertCanVacuum(actorOf(actingProfile(open.core.services.read, open.session)));
      const { free_pages, page_bytes } = await callOperation(open, 'care.stats', {}, context);
      return free_pages * page_bytes;
    });
    await confirm(context, args.yes, `Compact the file? This frees ${formatBytes(freedBytes)}.`);
    const result = await withClosedWorkspace(context, args, 'vacuum', vacuumLive);
    context.output.result(result, () => [
      `Compacted: ${formatBytes(result.before)} before, ${formatBytes(result.after)} now. Backup of the previous file: ${result.safety}.`,
    ]);
  },
});

export const supportCopyCommand = command({
  path: ['support-copy'],
  summary: 'Write a support file for a corrupt workspace',
  details: [
    'Writes a .tar.gz with the workspace file and its WAL, the program log, the health report and the list of backups. It contains ' +
      'all records: share it only with people you trust. The workspace must not be open; it is not changed.',
  ],
  examples: ['frames support-copy support.tar.gz --workspace W'],
  parameters: { file: requiredText('FILE', 'Output file (.tar.gz)') },
  options: { workspace: workspaceOptions.workspace, replace: replaceFlag },
  async run(context, args) {
    const path = resolvePath(context, args.file);
    const result = await withClosedWorkspace(context, args, 'support-copy', (parts) =>
      writeSupportCopy({ ...parts, path, replace: args.replace }),
    );
    context.output.result({ file: path, ...result }, () => [
      `Wrote ${path} (${formatBytes(result.bytes)}): ${result.contents.join(', ')}.`,
      'It contains all records of the workspace: share it only with people you trust.',
    ]);
  },
});
