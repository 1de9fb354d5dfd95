import type { ToData } from '#shared/shell/process.ts';
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ORPCError } from '@orpc/server';
import type { FileHandle, SaveHandle } from '#shared/shell/files.ts';

/** Grants sent to the data process. Each pending grant is confirmed or refused, so that no caller waits forever. */
export interface PendingGrants {
  register: RegisterGrant;
  confirm(id: string): void;
  refuse(id: string): void;
  /** Drops a grant that was used up, so that later data processes do not get it. */
  drop(id: string): void;
  /** Resends unused grants to a new process of the same workspace, so that operations can be retried. */
  resend(): void;
  clear(): void;
  /** Rejects every pending grant, because no process will confirm it. */
  refuseAll(): void;
}

/** No data process with an open workspace could take the file. */
export class DataUnavailable extends Error {
  constructor() {
    super('The data process cannot take a file now.');
    this.name = 'DataUnavailable';
  }
}

type Grant = Parameters<RegisterGrant>[0];

/** Maximum number of grants kept for the next data process; the oldest are dropped first. */
const MAX_UNUSED = 200;

/** `send` returns false if no process is running. */
export function createPendingGrants(send: (message: ToData) => boolean): PendingGrants {
  const pending = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const unusedGrants = new Map<string, Grant>();

  function addUnused(grant: Grant): void {
    unusedGrants.set(grant.id, grant);
    const [oldest] = unusedGrants.keys();
    if (unusedGrants.size > MAX_UNUSED && oldest !== undefined) unusedGrants.delete(oldest);
  }

  return {
    register: (grant) =>
      new Promise<void>((resolve, reject) => {
        pending.set(grant.id, { resolve: () => (addUnused(grant), resolve()), reject });
        if (send({ kind: 'grant', ...grant })) return;
        pending.delete(grant.id);
        reject(new DataUnavailable());
      }),
    drop: (id) => void unusedGrants.delete(id),
    resend() {
      for (const grant of unusedGrants.values()) send({ kind: 'grant', ...grant });
    },
    clear: () => unusedGrants.clear(),
    confirm(id) {
      pending.get(id)?.resolve();
      pending.delete(id);
    },
    refuse(id) {
      pending.get(id)?.reject(new DataUnavailable());
      pending.delete(id);
    },
    refuseAll() {
      for (const { reject } of pending.values()) reject(new DataUnavailable());
      pending.clear();
    },
  };
}

/** Sends a grant to the data process; resolves when it is confirmed. */
export type RegisterGrant = (grant: { id: string; path: string; use: 'read' | 'write' }) => Promise<void>;

/** Turns chosen paths into grants, so that a window never sees or names a path. */
export interface ShellGrants {
  /** Null if the path is not a regular file or is not readable. */
  toRead(path: string): Promise<FileHandle | null>;
  toFolder(path: string, use?: 'read' | 'write'): Promise<SaveHandle>;
  /** Null if the path exists and is not a regular file. */
  toWrite(path: string): Promise<SaveHandle | null>;
  pathOf(grant: string): string | undefined;
  /** Works once per grant. */
  takeWritable(grant: string): string | undefined;
  /** The data process has used the grant, so `takeWritable` no longer returns it. */
  markUsed(grant: string): void;
}

/** Maximum number of remembered paths; the oldest are dropped first. */
const MAX_REMEMBERED = 200;

export function createShellGrants(register: RegisterGrant): ShellGrants {
  const paths = new Map<string, string>();
  const writable = new Set<string>();

  async function issue(path: string, use: 'read' | 'write'): Promise<string> {
    const id = randomUUID();
    await register({ id, path, use });
    paths.set(id, path);
    const [oldest] = paths.keys();
    if (use === 'write') writable.add(id);
    if (paths.size > MAX_REMEMBERED && oldest !== undefined) {
      paths.delete(oldest);
      writable.delete(oldest);
    }
    return id;
  }

  return {
    async toRead(path) {
      const stats = path === '' ? null : await statOrNull(path);
      if (!stats?.isFile()) return null;
      return { grant: await issue(path, 'read'), name: basename(path), bytes: stats.size };
    },
    toFolder: async (path, use = 'write') => ({ grant: await issue(path, use), name: basename(path) }),
    async toWrite(path) {
      const stats = await statOrNull(path);
      if (stats && !stats.isFile()) return null;
      return { grant: await issue(path, 'write'), name: basename(path) };
    },
    pathOf: (grant) => paths.get(grant),
    takeWritable: (grant) => (writable.delete(grant) ? paths.get(grant) : undefined),
    markUsed: (grant) => void writable.delete(grant),
  };
}

/** Grants read access to a chosen file. Throws BAD_FILE (`unreadable`), so that the window can tell this from a cancelled dialog. */
export async function grantChosenFile(
  grants: Pick<ShellGrants, 'toRead'>,
  path: string,
): Promise<FileHandle> {
  const file = await grants.toRead(path);
  if (file) return file;
  const reason = (await statOrNull(path)) ? 'it is no regular file' : 'there is no such file';
  const data = { reason: 'unreadable', line: null, path: null };
  throw new ORPCError('BAD_FILE', {
    status: 422,
    message: `${basename(path)} cannot be read: ${reason}.`,
    data,
  });
}

const statOrNull = (path: string) => stat(path).catch(() => null);
