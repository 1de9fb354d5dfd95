import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';
import type { FromData } from '#shared/shell/process.ts';
import { createHost } from '#data/host.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { connectTo } from '#test/support/data-host.ts';
import { refusalIn } from '#test/support/refusal.ts';

type Said = Extract<FromData, { kind: 'ready' | 'failed' }>;

/** What the data process says of a workspace that it is to open, and what a window then reads of it. */
export interface Opening {
  said: Said;
  /** Every record by its id, or the declared error that reading is refused with; null when it was not opened. */
  read: { records: Record<string, unknown> } | { refused: string; reason: unknown } | null;
}

/** Opens a workspace as the data process does, reads all of it as a window does, and closes it. */
export async function openByData(workspace: string): Promise<Opening> {
  const ended = Promise.withResolvers<void>();
  const told = Promise.withResolvers<Said>();
  const parent = {
    on: () => undefined,
    postMessage: (message: FromData): void => {
      if (message.kind === 'ready' || message.kind === 'failed') told.resolve(message);
    },
  };
  const host = createHost(parent, () => ended.resolve());
  host.receive({ kind: 'open', workspace, target: { kind: 'live' }, sample: false, name: '' }, []);
  try {
    const said = await told.promise;
    return { said, read: said.kind === 'ready' ? await readAll(connectTo(host)) : null };
  } finally {
    host.receive({ kind: 'close' }, []);
    await ended.promise;
  }
}

async function readAll(client: ContractRouterClient<Contract>): Promise<Opening['read']> {
  const found: Record<string, unknown> = {};
  try {
    await client.workspace.info({});
    await client.history.list({ limit: 100 });
    for (const type of entityTypes) {
      const { rows, total } = await client.entities.list({ type, limit: 1000 });
      for (const row of rows) found[`${type} ${row.id}`] = row.payload;
      found[`${type}, how many`] = total;
    }
    return { records: found };
  } catch (error) {
    const { code, data } = refusalIn(error);
    return { refused: code, reason: (data as { reason?: unknown }).reason };
  }
}

/** What any program leaves that looks: its log, its lock and name on the board, and what SQLite keeps beside a file while it is open. */
const passing = /^(logs|holders|lock\.sqlite.*|backups\/lock\.sqlite.*|.*-shm)$/;

/** Everything in a folder by its path, with the hash of its bytes. */
export function everythingIn(folder: string, within = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(folder, within)).toSorted()) {
    const path = join(within, name);
    const stat = lstatSync(join(folder, path));
    // A log of SQLite's without anything in it says nothing.
    if (passing.test(path) || (path.endsWith('-wal') && stat.size === 0)) continue;
    if (stat.isDirectory()) Object.assign(found, { [`${path}/`]: '' }, everythingIn(folder, path));
    else if (stat.isSymbolicLink()) found[path] = `a link to ${readlinkSync(join(folder, path))}`;
    else if (!stat.isFile()) found[path] = 'no file';
    else
      found[path] = createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex');
  }
  return found;
}
