import type { ToData } from '#shared/shell/process.ts';
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ORPCError } from '@orpc/server';
import type { FileHandle, SaveHandle } from '#shared/shell/files.ts';

/** Grants that the data process has been told of and has not answered yet. Each gets an answer: nothing waits for ever. */
export interface PendingGrants {
  register: Register;
  granted(id: string): void;
  refused(id: string): void;
  /** What it was for is done: no later data process is told of it. */
  used(id: string): void;
  /** Tells a new data process of the same workspace what the one before knew, and what was cut off by its end. */
  renew(): void;
  forget(): void;
  /** There is nobody any more who would answer. */
  refuseAll(): void;
}

/** A file could not be handed to the data process, because there is none that has the workspace open. */
export class NotHandedOver extends Error {
  constructor() {
    super('The data process cannot take a file now.');
    this.name = 'NotHandedOver';
  }
}

type Grant = Parameters<Register>[0];

/** Grants that outlive a data process; the oldest are forgotten beyond it. */
const MOST_HELD = 200;

/** `send` gives false when there is nobody to send to. */
export function createPendingGrants(send: (message: ToData) => boolean): PendingGrants {
  const pending = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const held = new Map<string, Grant>();

  function hold(grant: Grant): void {
    held.set(grant.id, grant);
    const [oldest] = held.keys();
    if (held.size > MOST_HELD && oldest !== undefined) held.delete(oldest);
  }

  return {
    register: (grant) =>
      new Promise<void>((resolve, reject) => {
        pending.set(grant.id, { resolve: () => (hold(grant), resolve()), reject });
        if (send({ kind: 'grant', ...grant })) return;
        pending.delete(grant.id);
        reject(new NotHandedOver());
      }),
    used: (id) => void held.delete(id),
    renew() {
      for (const grant of held.values()) send({ kind: 'grant', ...grant });
    },
    forget: () => held.clear(),
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

/** Tells the data process of a grant; resolves when it knows it. */
export type Register = (grant: { id: string; path: string; use: 'read' | 'write' }) => Promise<void>;

/** Turns what a person chose into tickets, so that no window ever learns or names a path. */
export interface ShellGrants {
  /** Null for what is no regular file, or cannot be seen. */
  toRead(path: string): Promise<FileHandle | null>;
  toFolder(path: string): Promise<SaveHandle>;
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
    toFolder: async (path) => ({ grant: await issue(path, 'write'), name: basename(path) }),
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
