import { existsSync, rmSync } from 'node:fs';
import { Fault } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import type { DamageKind } from '#shared/contract/workspace.ts';
import type { Log } from '../logger.ts';
import { openConnection } from './connection.ts';
import { addNote, recordedKinds, recordedLines, noteOf, takeNote } from './corruption-file.ts';
import type { SeenNote } from './corruption-file.ts';
import type { WorkspaceFiles } from './files.ts';
import { troubleOf } from './file-errors.ts';

/** Folders of workspaces in whose live file this process met damage since it opened that: nothing can be noted in some of them. */
const met = new Set<string>();

/**
 * Throws WORKSPACE, reason `damaged`, where damage of live was noted, whoever met it: what is written to such a file may spoil more
 * of it, and is gone when a backup takes its place.
 */
export function refuseWriting(files: WorkspaceFiles): void {
  if (isClosed(files))
    throw damaged(
      'Damage was met in frames.sqlite: nothing is written to it until it is recovered. Nothing was changed; restore a backup, or salvage what can be read.',
    );
}

/** Whether live is what is open, and nothing is written to it for damage that was met in it. */
export const isClosed = ({ target, folder }: WorkspaceFiles): boolean =>
  target.kind === 'live' && (met.has(folder) || existsSync(noteOf(folder)));

/** Who opens live knows no more of it than what is noted. */
export function trustRecordedCorruption({ target, folder }: Pick<WorkspaceFiles, 'target' | 'folder'>): void {
  if (target.kind === 'live') met.delete(folder);
}

const damaged = (message: string): Fault => new Fault('WORKSPACE', message, { reason: 'damaged' });

/** Notes that live was found damaged, by whoever read live itself or a copy of it, beside what was noted before. Never throws. */
export function noteDamage(
  { folder }: Pick<WorkspaceFiles, 'folder'>,
  log: Log,
  kind: DamageKind = 'pages',
): void {
  met.add(folder);
  try {
    addNote(folder, kind);
  } catch (error) {
    log.warn({ error: String(error) }, 'damage not noted');
  }
}

/** Whether its schema or its history is noted, which SQLite's check does not look at. */
export const isLogCorruptionRecorded = ({ folder, live }: Pick<WorkspaceFiles, 'folder' | 'live'>): boolean =>
  existsSync(live) && recordedKinds(folder).includes('log');

/** Takes the note away, of a file that has another in its place or was found whole. What cannot be taken away is there for the next check. */
export function forgetDamage({ folder }: Pick<WorkspaceFiles, 'folder'>, log: Log): void {
  noteless(log, () => rmSync(noteOf(folder), { force: true }));
}

/** What is noted now, for who is about to look whether it is so. */
export const readCorruptionRecord = ({ folder }: Pick<WorkspaceFiles, 'folder'>): SeenNote =>
  recordedLines(folder);

/** As `forgetDamage`, of the one kind that was looked for, and of what was noted before that. */
export function forgetKind(
  { folder }: Pick<WorkspaceFiles, 'folder'>,
  log: Log,
  kind: DamageKind,
  seen: SeenNote,
): void {
  noteless(log, () => takeNote(folder, kind, seen));
}

function noteless(log: Log, take: () => void): void {
  try {
    take();
  } catch (error) {
    log.warn({ error: String(error) }, 'note of damage not taken away');
  }
}

/** Whether live is what is looked at, is there, and damage was met in it; the note says no more than that. */
export function isCorruptionRecorded({ target, folder, live }: WorkspaceFiles): boolean {
  return target.kind === 'live' && existsSync(noteOf(folder)) && existsSync(live);
}

/** Passes a check of what is open on, and notes each kind of damage that its result comes to, where that is live. */
export async function* notingDamage<R>(
  check: Stream<R>,
  damageIn: (result: R) => DamageKind[],
  { files, log }: { files: WorkspaceFiles; log: Log },
): Stream<R> {
  for await (const told of check) {
    if (told.kind === 'result' && files.data === files.live)
      for (const kind of damageIn(told.result)) noteDamage(files, log, kind);
    yield told;
  }
}

/**
 * Checks live where damage was noted, which takes as long as SQLite's check of every page; that these are damaged is
 * noted no longer where they are whole, and stays where nobody can tell. Throws WORKSPACE, reason `damaged`, as long as they are.
 */
export function refuseRecordedCorruption({ folder, live }: WorkspaceFiles, log: Log): void {
  if (!existsSync(noteOf(folder)) || !existsSync(live)) return;
  const seen = readCorruptionRecord({ folder });
  const found = lookAt(live, log);
  if (found === 'damaged')
    throw damaged('frames.sqlite is damaged: SQLite cannot read all of it. Nothing was changed.');
  if (found === 'whole') forgetKind({ folder }, log, 'pages', seen);
}

function lookAt(file: string, log: Log): 'whole' | 'damaged' | 'unknown' {
  try {
    const db = openConnection(file, { mode: 'read', log, slow: 60_000 });
    try {
      return db.pragma('integrity_check(1)') === 'ok' ? 'whole' : 'damaged';
    } finally {
      db.close();
    }
  } catch (error) {
    return ['damaged', 'foreign'].includes(troubleOf(error)?.reason ?? '') ? 'damaged' : 'unknown';
  }
}
