import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import type { Log } from '../log.ts';
import { openConnection } from './connection.ts';
import type { WorkspaceFiles } from './files.ts';
import { troubleOf } from './trouble.ts';

/** Stands beside live since somebody met damage in it: nobody writes to it until it is recovered, or a check finds it whole. */
const markOf = (folder: string): string => join(folder, 'damaged.json');

/** Folders of workspaces in whose live file this process met damaged pages since it opened that: nothing can be noted in some of them. */
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
  target.kind === 'live' && (met.has(folder) || existsSync(markOf(folder)));

/** Who opens live knows no more of it than what is noted. */
export function knowOnlyNoted({ target, folder }: Pick<WorkspaceFiles, 'target' | 'folder'>): void {
  if (target.kind === 'live') met.delete(folder);
}

const damaged = (message: string): Fault => new Fault('WORKSPACE', message, { reason: 'damaged' });

/** Notes that live was found damaged, by whoever read live itself or a copy of it. Never throws. */
export function noteDamage(
  files: Pick<WorkspaceFiles, 'folder'>,
  log: Log,
  what: 'pages' | 'log' = 'pages',
): void {
  const { folder } = files;
  if (what === 'pages') met.add(folder);
  if (existsSync(markOf(folder))) return;
  try {
    writeFileSync(markOf(folder), what === 'log' ? '{"version":1,"what":"log"}\n' : '{"version":1}\n');
  } catch (error) {
    log.warn({ error: String(error) }, 'damage not noted');
  }
}

/** Whether what was noted is its schema or its history, which SQLite's check does not look at. */
export function logIsNoted({ folder, live }: Pick<WorkspaceFiles, 'folder' | 'live'>): boolean {
  try {
    return existsSync(live) && readFileSync(markOf(folder), 'utf8').includes('"log"');
  } catch {
    return false;
  }
}

/** Takes the note away, of a file that was found whole or has another in its place. What cannot be taken away is there for the next check. */
export function forgetDamage({ folder }: Pick<WorkspaceFiles, 'folder'>, log: Log): void {
  try {
    rmSync(markOf(folder), { force: true });
  } catch (error) {
    log.warn({ error: String(error) }, 'note of damage not taken away');
  }
}

/** Whether live is what is looked at, is there, and damage was met in it; the note says no more than that. */
export function damageIsNoted({ target, folder, live }: WorkspaceFiles): boolean {
  return target.kind === 'live' && existsSync(markOf(folder)) && existsSync(live);
}

/** Passes a check of what is open on, and notes damage where its result says so and that is live. */
export async function* notingDamage<R>(
  check: Stream<R>,
  isBad: (result: R) => boolean,
  { files, log }: { files: WorkspaceFiles; log: Log },
): Stream<R> {
  for await (const told of check) {
    if (told.kind === 'result' && files.data === files.live && isBad(told.result)) noteDamage(files, log);
    yield told;
  }
}

/**
 * Checks live where damage was noted, which takes as long as SQLite's check of every page; the note goes with what was wrong, and stays where nobody can tell. Throws WORKSPACE, reason
 * `damaged`, as long as it is.
 */
export function refuseNotedDamage({ folder, live }: WorkspaceFiles, log: Log): void {
  if (!existsSync(markOf(folder)) || !existsSync(live)) return;
  const found = lookAt(live, log);
  if (found === 'damaged')
    throw damaged('frames.sqlite is damaged: SQLite cannot read all of it. Nothing was changed.');
  if (found === 'whole' && !logIsNoted({ folder, live })) forgetDamage({ folder }, log);
}

/** Where it cannot be looked at for another reason, as a program that holds it, nobody knows, and who opens it says why. */
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
