import type { ImportOptions } from '#shared/contract/transfer.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { isFault } from '#shared/contract/faults.ts';
import { ORPCError } from '@orpc/server';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Clock } from '#core/kernel/system.ts';
import { fixturePath } from './support.ts';

export const fixtureFile = fileURLToPath(fixturePath);

export interface Workspace {
  folder: string;
  core: Core;
  client: ReturnType<Core['client']>;
  /** Writes a file beside the workspace and returns its path. */
  put(document: unknown, name?: string): string;
  /** A path beside the workspace. */
  path(name: string): string;
  /** Closes it and opens it again. */
  reopen(): Promise<void>;
  dispose(): Promise<void>;
}

/** A clock on which long work is always due for a pause, so that tests see each of its steps however fast the machine is. */
export function hastyClock(): Clock {
  let elapsed = 0;
  return { now: () => systemClock.now(), elapsed: () => (elapsed += 30) };
}

export function open(folder: string, clock: Clock = systemClock): Promise<Core> {
  return openCore({
    workspace: join(folder, 'workspace'),
    clock,
    random: systemRandom,
    ids: createIds(systemClock, systemRandom),
    log: silentLog,
    create: { owner: 'Tester' },
    holder: { kind: 'test', label: 'a test' },
  });
}

/** A real workspace in a folder of its own. */
export async function makeWorkspace(clock?: Clock): Promise<Workspace> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-transfer-'));
  let core = await open(folder, clock);
  const made: Workspace = {
    folder,
    core,
    client: core.client(core.session()),
    path: (name) => join(folder, name),
    put(document, name = 'data.json') {
      const path = join(folder, name);
      writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
      return path;
    },
    async reopen() {
      await core.close();
      core = await open(folder, clock);
      made.core = core;
      made.client = core.client(core.session());
    },
    async dispose() {
      await core.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return made;
}

/** Reads a stream to its end: its result and the progress on the way. */
export async function drain<R>(
  stream: AsyncIterable<Progress | { kind: 'result'; result: R }>,
): Promise<{ result: R; progress: Progress[] }> {
  const progress: Progress[] = [];
  for await (const event of stream) {
    if (event.kind === 'result') return { result: event.result, progress };
    progress.push(event);
  }
  throw new Error('the stream ended without a result');
}

export interface ImportChoice {
  force?: boolean;
  backup?: boolean;
  sha256?: string;
  options?: Partial<ImportOptions>;
  signal?: AbortSignal;
}

/** Imports a file through the operation, as a window or a command would. */
export async function importFile(
  { core, client }: Pick<Workspace, 'core' | 'client'>,
  path: string,
  choice: ImportChoice = {},
) {
  const { signal, ...input } = choice;
  const grant = core.grants.issue(path, 'read');
  const stream = await client.transfer.importFile({ grant, ...input }, signal ? { signal } : {});
  return drain(stream);
}

export async function exportTo({ core, client }: Pick<Workspace, 'core' | 'client'>, path: string) {
  return drain(await client.transfer.exportFile({ grant: core.grants.issue(path, 'write') }));
}

/** Every live record of the workspace, by id. */
export async function stateOf({
  client,
}: Pick<Workspace, 'client'>): Promise<Map<string, { type: EntityType; payload: JsonObject }>> {
  const state = new Map<string, { type: EntityType; payload: JsonObject }>();
  for (const type of entityTypes) {
    for (let offset = 0; ; offset += 1000) {
      const { rows } = await client.entities.list({ type, offset, limit: 1000 });
      for (const { id, payload } of rows) state.set(id, { type, payload });
      if (rows.length < 1000) break;
    }
  }
  return state;
}

export async function verified({ client }: Pick<Workspace, 'client'>) {
  return (await drain(await client.workspace.verify({}))).result;
}

/** The declared error that some work is refused with. */
export async function refusedWith(
  work: Promise<unknown>,
): Promise<{ code: string; message: string; data: Record<string, unknown> }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ORPCError || isFault(error)) {
      return { code: String(error.code), message: error.message, data: { ...(error.data as object) } };
    }
    throw error;
  }
  throw new Error('nothing was refused');
}
