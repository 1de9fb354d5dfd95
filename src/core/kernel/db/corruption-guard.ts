import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { existsSync, rmSync } from 'node:fs';
import type { Fault } from '#shared/contract/faults.ts';
import type { DamageKind } from '#shared/contract/workspace.ts';
import type { Log } from '../logger.ts';
import { openConnection } from './connection.ts';
import {
  addCorruptionLine,
  recordedKinds,
  markSeenLines,
  corruptionFileOf,
  removeCorruptionLines,
} from './corruption-file.ts';
import type { SeenLines } from './corruption-file.ts';
import type { WorkspaceFiles } from './files.ts';
import { troubleFault, troubleOf } from './file-errors.ts';

/** Workspace folders whose live file this process found corrupt since it opened it. Kept in memory too, because some folders are not writable. */
const corruptFolders = new Set<string>();

/** Throws WORKSPACE (`damaged`) if live is known to be corrupt: a restore would discard the new writes. */
export function refuseWriting(files: WorkspaceFiles): void {
  if (isLiveCorrupt(files)) throw corruptionFault(files, clause('recorded'));
}

export const isLiveCorrupt = ({ target, folder }: WorkspaceFiles): boolean =>
  target.kind === 'live' && (corruptFolders.has(folder) || existsSync(corruptionFileOf(folder)));

/** Call when live is opened: forgets what this process found. The record in the file still counts. */
export function forgetCorruption({ target, folder }: Pick<WorkspaceFiles, 'target' | 'folder'>): void {
  if (target.kind === 'live') corruptFolders.delete(folder);
}

const corruptionFault = ({ live }: Pick<WorkspaceFiles, 'live'>, why: Sentence): Fault =>
  troubleFault({ reason: 'damaged', why }, live);

/** Records corruption found in live or in a copy of it. Never throws. */
export function recordCorruption(
  { folder }: Pick<WorkspaceFiles, 'folder'>,
  log: Log,
  kind: DamageKind = 'pages',
): void {
  corruptFolders.add(folder);
  try {
    addCorruptionLine(folder, kind);
  } catch (error) {
    log.warn({ error: String(error) }, 'corruption not recorded');
  }
}

/** Whether corruption of the schema or the audit log is recorded. SQLite's own check does not cover these. */
export const isLogCorruptionRecorded = ({ folder, live }: Pick<WorkspaceFiles, 'folder' | 'live'>): boolean =>
  existsSync(live) && recordedKinds(folder).includes('log');

/** Deletes the record after the file was replaced or found intact. If that fails, the record stays for the next check. */
export function clearCorruptionRecord({ folder }: Pick<WorkspaceFiles, 'folder'>, log: Log): void {
  removeRecord(log, () => rmSync(corruptionFileOf(folder), { force: true }));
}

/** Call before a check; pass the result to `clearRecordedKind` if the check finds no corruption. */
export const markRecordSeen = ({ folder }: Pick<WorkspaceFiles, 'folder'>): SeenLines =>
  markSeenLines(folder);

/** Like `clearCorruptionRecord`, for one kind and only for lines recorded before the check. */
export function clearRecordedKind(
  { folder }: Pick<WorkspaceFiles, 'folder'>,
  log: Log,
  kind: DamageKind,
  seenLines: SeenLines,
): void {
  removeRecord(log, () => removeCorruptionLines(folder, kind, seenLines));
}

function removeRecord(log: Log, remove: () => void): void {
  try {
    remove();
  } catch (error) {
    log.warn({ error: String(error) }, 'corruption record not removed');
  }
}

export function isCorruptionRecorded({ target, folder, live }: WorkspaceFiles): boolean {
  return target.kind === 'live' && existsSync(corruptionFileOf(folder)) && existsSync(live);
}

/** Runs the check and records each kind of corruption it finds, if the open file is live. */
export async function checkAndRecord<R>(
  check: Promise<R>,
  kindsIn: (result: R) => DamageKind[],
  { files, log }: { files: WorkspaceFiles; log: Log },
): Promise<R> {
  const result = await check;
  if (files.data === files.live) for (const kind of kindsIn(result)) recordCorruption(files, log, kind);
  return result;
}

/** If corruption is recorded, checks every page of live; if intact, clears the recorded kind `pages`. Throws WORKSPACE (`damaged`). */
export function refuseRecordedCorruption({ folder, live }: WorkspaceFiles, log: Log): void {
  if (!existsSync(corruptionFileOf(folder)) || !existsSync(live)) return;
  const seenLines = markRecordSeen({ folder });
  const pageState = checkPages(live, log);
  if (pageState === 'damaged') throw corruptionFault({ live }, clause('sqliteRefuses'));
  if (pageState === 'intact') clearRecordedKind({ folder }, log, 'pages', seenLines);
}

function checkPages(file: string, log: Log): 'intact' | 'damaged' | 'unknown' {
  try {
    using db = openConnection(file, { mode: 'read', log, slowMs: 60_000 });
    return db.pragma('integrity_check(1)') === 'ok' ? 'intact' : 'damaged';
  } catch (error) {
    return ['damaged', 'foreign'].includes(troubleOf(error)?.reason ?? '') ? 'damaged' : 'unknown';
  }
}
