import type { Sentence } from '#shared/texts/sentence.ts';
import { problemOf } from '#shared/contract/faults.ts';
import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseNewer, versionOf } from '../kernel/db/migrate.ts';
import { countRecords } from '../log/records/counts.ts';
import { refreshedLabel } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { folderOf, placeOf, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { Shelf } from '../kernel/db/sandbox-folder.ts';
import { readSandboxFile } from '../log/sandbox-look.ts';
import type { Place } from '../kernel/db/sandbox-place.ts';

const since = `SELECT count(*) AS n FROM audit_transactions WHERE id > ? AND label <> 'sandbox.adopted'`;
const refreshedAt = `SELECT created_at FROM audit_transactions AS t
  WHERE id > ? AND label = '${refreshedLabel}' AND undoes IS NULL AND redoes IS NULL
    AND (SELECT undoes FROM audit_transactions WHERE id > t.id AND (undoes = t.op_id OR redoes = t.op_id)
      ORDER BY id DESC LIMIT 1) IS NULL
  ORDER BY id DESC LIMIT 1`;
const profile = 'SELECT payload FROM profiles WHERE id = ?';
const unknown = {
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
  shelf: Shelf,
): Generator<number, Sandbox[], void> {
  const { ids, others } = sandboxIds(files, shelf);
  const found: Sandbox[] = [];
  for (const id of ids) {
    const one = orNull(() => readSandbox(db, files, shelf, id));
    if (one) found.push(one);
    yield found.length;
  }
  for (const name of others) {
    const bytes = sizeOf(join(folderOf(files, shelf), name));
    const problem: Sentence = { code: 'workspace.foreign', values: { file: name } };
    found.push({ ...unknown, id: name, bytes, problem, problem_code: 'foreign' });
  }
  return found;
}

/** One sandbox. Its folder decides whether it is discarded: its own record may be outdated after a crash. Throws NOT_FOUND. */
export function readSandbox(db: ReadHandle, files: WorkspaceFiles, shelf: Shelf, id: string): Sandbox {
  const place = placeOf(files, shelf, id);
  const known = describe(db, place, id);
  return { ...known, discarded: shelf === 'trash' ? (known.discarded ?? movedAt(place)) : null };
}

/** Null if it was just discarded or recovered. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (isFault(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function describe(db: ReadHandle, place: Place, id: string): Sandbox {
  const bytes = sizeOf(place.data) + sizeOf(`${place.data}-wal`);
  let known: Partial<Sandbox> = {};
  let problem: Sentence | null = null;
  let problem_code: string | null = null;
  try {
    readSandboxFile(
      place,
      id,
      (own, facts) => {
        known = describeFacts(
          facts,
          nameOf(db, facts.made_by) ?? nameOf(own, facts.made_by) ?? facts.made_by,
        );
        refuseNewer(versionOf(own));
        known = { ...known, ...counted(own, facts) };
      },
      true,
    );
  } catch (error) {
    if (isFault(error) && error.code === 'NOT_FOUND') throw error;
    problem = isFault(error)
      ? problemOf(error)
      : { code: 'workspace.unreadable', values: { file: basename(place.data) } };
    problem_code = codeOf(error);
  }
  return { ...unknown, ...known, id, bytes, problem, problem_code };
}

/** A reason of WORKSPACE, or `busy`. */
function codeOf(error: unknown): string {
  if (!isFault(error)) return 'unreadable';
  return error.code === 'BUSY' ? 'busy' : (reasonOf(error) ?? 'unreadable');
}

function describeFacts(
  { name, from, base, own_after, made_at, archived_at, discarded_at, made_by }: SandboxFacts,
  maker: string,
) {
  return {
    name,
    from,
    base,
    own_after,
    made: made_at,
    by: { id: made_by, name: maker },
    archived: archived_at === '' ? null : archived_at,
    discarded: discarded_at === '' ? null : discarded_at,
  };
}

function counted(
  own: Connection,
  { own_after }: SandboxFacts,
): Pick<Sandbox, 'counts' | 'changes' | 'refreshed'> {
  return {
    counts: countRecords(own),
    changes: own.get<{ n: number }>(since, [own_after])?.n ?? 0,
    refreshed: own.get<{ created_at: string }>(refreshedAt, [own_after])?.created_at ?? null,
  };
}

function nameOf(db: ReadHandle, id: string): string | undefined {
  const row = db.get<{ payload: string }>(profile, [id]);
  return row && (JSON.parse(row.payload) as { name: string }).name;
}

/** The file's time, if the sandbox has not recorded its creation. */
function movedAt({ data }: Place): string | null {
  return lstatSync(data, { throwIfNoEntry: false })?.ctime.toISOString() ?? null;
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
