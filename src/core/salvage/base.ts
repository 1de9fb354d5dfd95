import { genesis } from '../audit/chain.ts';
import { keptHead } from '../audit/head.ts';
import type { Head } from '../audit/head.ts';
import { listBackups } from '../backup/list.ts';
import { readUsable } from '../backup/manifest.ts';
import type { BackupManifest } from '../backup/manifest.ts';
import { ownerOf } from '../backup/owner.ts';
import type { Connection } from '../db/connection.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { reachedFrom } from './chain.ts';

/** A log in which nothing was done yet. */
const empty: Head = { id: 0, op_id: '', hash: genesis, hlc: null, created_at: null, changes: 1 };

/** What salvaging may begin with: a backup, or null for nothing; and how far the readable log goes on from there. */
export interface Base {
  manifest: BackupManifest | null;
  from: Head;
  reached: Head;
}

const named = 'SELECT 1 AS one FROM transactions WHERE hash = :hash OR previous_hash = :hash LIMIT 1';

/** Id of the workspace, by what was read of its file, else by what lies beside it; null where nothing says. Throws what the disk throws. */
export async function workspaceOf(files: WorkspaceFiles, found: Connection): Promise<string | null> {
  const said = found.get<{ value: string }>("SELECT value FROM facts WHERE key = 'id'")?.value;
  return said ?? ownerOf(files);
}

/**
 * What there is to begin with, the best first: where the log goes on furthest, and of those the newest backup. A backup whose end the log
 * does not know, as one of what a restore displaced, comes last. Those that a check found damaged are none. Throws what the disk throws.
 */
export async function basesOf(
  files: WorkspaceFiles,
  found: Connection,
  workspace: string | null,
): Promise<Base[]> {
  const kept = keptHead(files.head)?.hash;
  const [sure, unsure]: [Base[], Base[]] = [[], []];
  for (const { id, problem, verified, workspace: of } of await listBackups(files.backups)) {
    if (problem !== null || verified?.ok === false || of !== workspace) continue;
    const manifest = await readUsable(files.backups, id);
    const { head } = manifest;
    const stands = head.hash === kept || found.get(named, { hash: head.hash }) !== undefined;
    const base = { manifest, from: head, reached: stands ? reachedFrom(found, head) : head };
    (stands ? sure : unsure).push(base);
  }
  const fresh: Base = { manifest: null, from: empty, reached: reachedFrom(found, empty) };
  (fresh.reached.id > 0 ? sure : unsure).push(fresh);
  return [...sure.toSorted((one, two) => two.reached.id - one.reached.id), ...unsure];
}
