import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ORPCError } from '@orpc/server';
import type { FileHandle, SaveHandle } from '#shared/shell/files.ts';

/** Tells the data process of a grant; resolves when it knows it. */
export type Register = (grant: { id: string; path: string; use: 'read' | 'write' }) => Promise<void>;

/** Turns what a person chose into tickets, so that no window ever learns or names a path. */
export interface ShellGrants {
  /** Null for what is no regular file, or cannot be seen. */
  toRead(path: string): Promise<FileHandle | null>;
  /** Null where something stands already that is no regular file. */
  toWrite(path: string): Promise<SaveHandle | null>;
  /** The path behind a ticket that was given out here. */
  pathOf(grant: string): string | undefined;
  /** The same for a ticket to write, once: it is used up by this. */
  takeWritable(grant: string): string | undefined;
  /** An operation has used the ticket up: nothing more is written by it here either. */
  spent(grant: string): void;
}

/** Tickets that are remembered for showing a file; the oldest are forgotten beyond it. */
const REMEMBERED = 200;

export function createShellGrants(register: Register): ShellGrants {
  const paths = new Map<string, string>();
  const writable = new Set<string>();

  async function issue(path: string, use: 'read' | 'write'): Promise<string> {
    const id = randomUUID();
    await register({ id, path, use });
    paths.set(id, path);
    const [oldest] = paths.keys();
    if (use === 'write') writable.add(id);
    if (paths.size > REMEMBERED && oldest !== undefined) {
      paths.delete(oldest);
      writable.delete(oldest);
    }
    return id;
  }

  return {
    async toRead(path) {
      const found = path === '' ? null : await look(path);
      if (!found?.isFile()) return null;
      return { grant: await issue(path, 'read'), name: basename(path), bytes: found.size };
    },
    async toWrite(path) {
      const found = await look(path);
      if (found && !found.isFile()) return null;
      return { grant: await issue(path, 'write'), name: basename(path) };
    },
    pathOf: (grant) => paths.get(grant),
    takeWritable: (grant) => (writable.delete(grant) ? paths.get(grant) : undefined),
    spent: (grant) => void writable.delete(grant),
  };
}

/**
 * The ticket for a file that somebody chose. Throws BAD_FILE, reason unreadable, for what is gone since or is no regular file: that is no
 * giving up.
 */
export async function toChosen(grants: Pick<ShellGrants, 'toRead'>, path: string): Promise<FileHandle> {
  const file = await grants.toRead(path);
  if (file) return file;
  const why = (await look(path)) ? 'it is no regular file' : 'there is no such file';
  const data = { reason: 'unreadable', line: null, path: null };
  throw new ORPCError('BAD_FILE', {
    status: 422,
    message: `${basename(path)} cannot be read: ${why}.`,
    data,
  });
}

const look = (path: string) => stat(path).catch(() => null);
