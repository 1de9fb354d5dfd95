import type { Sentence } from '#shared/texts/sentence.ts';
import { problemOf } from '#shared/contract/faults.ts';
import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseNewerSchema, versionOf } from '../kernel/db/migrate.ts';
import { countRecords } from '../log/records/counts.ts';
import { refreshedLabel } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { sandboxFolderOf, sandboxPaths, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { SandboxFolder } from '../kernel/db/sandbox-folder.ts';
import { readSandboxFile } from '../log/read-sandbox-file.ts';
import type { SandboxPaths } from '../kernel/db/check-sandbox-files.ts';

const changesQuery = `SELECT count(*) AS n FROM audit_transactions WHERE id > ? AND label <> 'sandbox.adopted'`;
const refreshedAtQuery = `SELECT created_at FROM audit_transactions AS t
  WHERE id > ? AND label = '${refreshedLabel}' AND undoes IS NULL AND redoes IS NULL
    AND (SELECT undoes FROM audit_transactions WHERE id > t.id AND (undoes = t.op_id OR redoes = t.op_id)
      ORDER BY id DESC LIMIT 1) IS NULL
  ORDER BY id DESC LIMIT 1`;
const profileQuery = 'SELECT payload FROM profiles WHERE id = ?';
const unknownFacts = {
  name: null,
  from: null,
  base: null,
  own_after: null,
  made: null,
  by: null,
  counts: null,
  changes: null,
  refreshed: null,
  archived: null,
  discarded: null,
};

/**
 * The sandboxes in a folder, newest first; unreadable ones with their problem. Yields after each. `db` is the open database, which knows
 * the current names of profiles.
 */
export function* listSandboxes(
  db: ReadHandle,
  files: WorkspaceFiles,
  folder: SandboxFolder,
): Generator<number, Sandbox[], void> {
  const { ids, foreignNames } = sandboxIds(files, folder);
  const sandboxes: Sandbox[] = [];
  for (const id of ids) {
    const sandbox = nullIfMoved(() => readSandbox(db, files, folder, id));
    if (sandbox) sandboxes.push(sandbox);
    yield sandboxes.length;
  }
  for (const name of foreignNames) {
    const bytes = sizeOf(join(sandboxFolderOf(files, folder), name));
    const problem: Sentence = { code: 'workspace.foreign', values: { file: name } };
    sandboxes.push({ ...unknownFacts, id: name, bytes, problem, problem_code: 'foreign' });
  }
  return sandboxes;
}

/** One sandbox. Its folder decides whether it is discarded, because its own facts can be outdated after a crash. Throws NOT_FOUND. */
export function readSandbox(
  db: ReadHandle,
  files: WorkspaceFiles,
  folder: SandboxFolder,
  id: string,
): Sandbox {
  const paths = sandboxPaths(files, folder, id);
  const sandbox = describeFile(db, paths, id);
  return { ...sandbox, discarded: folder === 'trash' ? (sandbox.discarded ?? movedAt(paths)) : null };
}

/** Null if the sandbox was discarded or recovered meanwhile. */
function nullIfMoved<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (isFault(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function describeFile(db: ReadHandle, paths: SandboxPaths, id: string): Sandbox {
  const bytes = sizeOf(paths.data) + sizeOf(`${paths.data}-wal`);
  let ownFacts: Partial<Sandbox> = {};
  let problem: Sentence | null = null;
  let problem_code: string | null = null;
  try {
    readSandboxFile(
      paths,
      id,
      (sandboxDb, facts) => {
        ownFacts = describeFacts(
          facts,
          nameOf(db, facts.made_by) ?? nameOf(sandboxDb, facts.made_by) ?? facts.made_by,
        );
        refuseNewerSchema(versionOf(sandboxDb));
        ownFacts = { ...ownFacts, ...countsOf(sandboxDb, facts) };
      },
      { allowNewer: true },
    );
  } catch (error) {
    if (isFault(error) && error.code === 'NOT_FOUND') throw error;
    problem = isFault(error)
      ? problemOf(error)
      : { code: 'workspace.unreadable', values: { file: basename(paths.data) } };
    problem_code = codeOf(error);
  }
  return { ...unknownFacts, ...ownFacts, id, bytes, problem, problem_code };
}

/** A reason of WORKSPACE, or `busy`. */
function codeOf(error: unknown): string {
  if (!isFault(error)) return 'unreadable';
  return error.code === 'BUSY' ? 'busy' : (reasonOf(error) ?? 'unreadable');
}

function describeFacts(
  { name, from, base, own_after, made_at, archived_at, discarded_at, made_by }: SandboxFacts,
  creatorName: string,
) {
  return {
    name,
    from,
    base,
    own_after,
    made: made_at,
    by: { id: made_by, name: creatorName },
    archived: archived_at === '' ? null : archived_at,
    discarded: discarded_at === '' ? null : discarded_at,
  };
}

function countsOf(
  sandboxDb: Connection,
  { own_after }: SandboxFacts,
): Pick<Sandbox, 'counts' | 'changes' | 'refreshed'> {
  return {
    counts: countRecords(sandboxDb),
    changes: sandboxDb.get<{ n: number }>(changesQuery, [own_after])?.n ?? 0,
    refreshed: sandboxDb.get<{ created_at: string }>(refreshedAtQuery, [own_after])?.created_at ?? null,
  };
}

function nameOf(db: ReadHandle, id: string): string | undefined {
  const row = db.get<{ payload: string }>(profileQuery, [id]);
  return row && (JSON.parse(row.payload) as { name: string }).name;
}

/** When the file was moved, for a sandbox that did not record when it was discarded. */
function movedAt({ data }: SandboxPaths): string | null {
  return lstatSync(data, { throwIfNoEntry: false })?.ctime.toISOString() ?? null;
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
