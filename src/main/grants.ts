import type { ToData } from '#shared/shell/process.ts';
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ORPCError } from '@orpc/server';
import type { FileHandle, SaveHandle } from '#shared/shell/files.ts';

/** Grants sent to the data process. Each pending one is settled, so that no caller waits forever. */
export interface PendingGrants {
  register: Register;
  granted(id: string): void;
  refused(id: string): void;
  /** Drops a grant that was used up, so that later data processes do not get it. */
  used(id: string): void;
  /** Resends unused grants to a new process of the same workspace, so that operations can be retried. */
  renew(): void;
  forget(): void;
  /** Rejects every pending grant, because no process will confirm it. */
  refuseAll(): void;
}

/** No data process with an open workspace could take the file. */
export class NotHandedOver extends Error {
  constructor() {
    super('The data process cannot take a file now.');
    this.name = 'NotHandedOver';
  }
}

type Grant = Parameters<Register>[0];

/** Maximum number of grants kept for the next data process; the oldest are dropped first. */
const MAX_UNUSED = 200;

/** `send` returns false if no process is running. */
export function createPendingGrants(send: (message: ToData) => boolean): PendingGrants {
  const pending = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const unused = new Map<string, Grant>();

  function keepUnused(grant: Grant): void {
    unused.set(grant.id, grant);
    const [oldest] = unused.keys();
    if (unused.size > MAX_UNUSED && oldest !== undefined) unused.delete(oldest);
  }

  return {
    register: (grant) =>
      new Promise<void>((resolve, reject) => {
        pending.set(grant.id, { resolve: () => (keepUnused(grant), resolve()), reject });
        if (send({ kind: 'grant', ...grant })) return;
        pending.delete(grant.id);
        reject(new NotHandedOver());
      }),
    used: (id) => void unused.delete(id),
    renew() {
      for (const grant of unused.values()) send({ kind: 'grant', ...grant });
    },
    forget: () => unused.clear(),
    granted(id) {
      pending.get(id)?.resolve();
      pending.delete(id);
    },
    refused(id) {
      pending.get(id)?.reject(new NotHandedOver());
      pending.delete(id);
    },
    refuseAll() {
      for (const { reject } of pending.values()) reject(new NotHandedOver());
      pending.clear();
    },
  };
}

/** Sends a grant to the data process; resolves when it is confirmed. */
export type Register = (grant: { id: string; path: string; use: 'read' | 'write' }) => Promise<void>;

/** Turns chosen paths into grants, so that a window never sees or names a path. */
export interface ShellGrants {
  /** Null if the path is not a regular file or is not readable. */
  toRead(path: string): Promise<FileHandle | null>;
  toFolder(path: string): Promise<SaveHandle>;
  /** Null if the path exists and is not a regular file. */
  toWrite(path: string): Promise<SaveHandle | null>;
  pathOf(grant: string): string | undefined;
  /** Works once per grant. */
  takeWritable(grant: string): string | undefined;
  /** The data process has used the grant, so `takeWritable` no longer returns it. */
  spent(grant: string): void;
}

/** Maximum number of remembered paths; the oldest are dropped first. */
const MAX_REMEMBERED = 200;

export function createShellGrants(register: Register): ShellGrants {
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
      const found = path === '' ? null : await statOrNull(path);
      if (!found?.isFile()) return null;
      return { grant: await issue(path, 'read'), name: basename(path), bytes: found.size };
    },
    toFolder: async (path) => ({ grant: await issue(path, 'write'), name: basename(path) }),
    async toWrite(path) {
      const found = await statOrNull(path);
      if (found && !found.isFile()) return null;
      return { grant: await issue(path, 'write'), name: basename(path) };
    },
    pathOf: (grant) => paths.get(grant),
    takeWritable: (grant) => (writable.delete(grant) ? paths.get(grant) : undefined),
    spent: (grant) => void writable.delete(grant),
  };
}

/** Grants read access to a chosen file. Throws BAD_FILE (`unreadable`), which differs from a cancelled dialog. */
export async function toChosen(grants: Pick<ShellGrants, 'toRead'>, path: string): Promise<FileHandle> {
  const file = await grants.toRead(path);
  if (file) return file;
  const why = (await statOrNull(path)) ? 'it is no regular file' : 'there is no such file';
  const data = { reason: 'unreadable', line: null, path: null };
  throw new ORPCError('BAD_FILE', {
    status: 422,
    message: `${basename(path)} cannot be read: ${why}.`,
    data,
  });
}

const statOrNull = (path: string) => stat(path).catch(() => null);
