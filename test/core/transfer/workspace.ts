import type { ImportOptions } from '#shared/contract/transfer.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, onTestFinished } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { Core } from '#core/open.ts';
import type { Clock } from '#core/kernel/system.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { fixturePath, open } from './support.ts';

export const fixtureFile = fileURLToPath(fixturePath);

/** A real workspace in a folder of its own. */
export class Workspace {
  folder!: string;
  core!: Core;
  client!: ReturnType<Core['client']>;
  readonly #clock: Clock | undefined;

  constructor(clock?: Clock) {
    this.#clock = clock;
  }

  async make(): Promise<this> {
    this.folder = makeFolder();
    await this.#open();
    return this;
  }

  async #open(): Promise<void> {
    this.core = await open(this.folder, this.#clock);
    this.client = this.core.client(this.core.session());
  }

  /** A path beside the workspace. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file beside the workspace and returns its path. */
  put(document: unknown, name = 'data.json'): string {
    const path = this.path(name);
    writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
    return path;
  }

  /** Closes it and opens it again. */
  async reopen(): Promise<void> {
    await this.core.close();
    await this.#open();
  }

  async dispose(): Promise<void> {
    await this.core.close();
    removeFolder(this.folder);
  }
}

/** A further workspace, which goes when the running test has finished. */
export async function makeWorkspace(): Promise<Workspace> {
  const workspace = await new Workspace().make();
  onTestFinished(() => workspace.dispose());
  return workspace;
}

/** The workspace of the running test, a new one for each. */
export function workspaceForEach(clock?: Clock): Workspace {
  const workspace = new Workspace(clock);
  beforeEach(async () => void (await workspace.make()));
  afterEach(() => workspace.dispose());
  return workspace;
}

/** One workspace for all tests of a file or group. */
export function workspaceForAll(): Workspace {
  const workspace = new Workspace();
  beforeAll(async () => void (await workspace.make()));
  afterAll(() => workspace.dispose());
  return workspace;
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
    const { code, message, data } = refusalIn(error);
    return { code, message, data: { ...data } };
  }
  throw new Error('nothing was refused');
}
