import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, onTestFinished } from 'vitest';
import type { Verification } from '#shared/contract/workspace.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import type { Holder } from '#core/kernel/db/holders.ts';
import { installGolden } from '#core/versions/golden-store.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { Log } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { createIds } from '#core/kernel/system.ts';
import type { Clock } from '#core/kernel/system.ts';
import type { Target } from '#shared/domain/target.ts';
import { makeFolder, removeFolder } from './folder.ts';
import { seededRandom, TestClock } from './seeded.ts';

export type Client = ReturnType<Core['client']>;

export interface OpenOptions {
  folder: string;
  /** Two cores on one folder need two seeds: ids are drawn from it. */
  seed?: number;
  clock?: Clock;
  log?: Log;
  holder?: Holder;
  /** Without it an existing workspace is opened. */
  owner?: string | undefined;
  /** A sandbox of it in place of live. */
  target?: Target;
  /** The folder of what comes with the program; nothing comes with it unless told. */
  resources?: string | undefined;
}

/** Opens a workspace with seeded ids and randomness. */
export async function openSeeded(options: OpenOptions): Promise<Core> {
  const { folder, seed = 1, clock = new TestClock(), log = silentLog, owner } = options;
  const random = seededRandom(seed);
  const holder = options.holder ?? { kind: 'test', label: 'a test' };
  const create = owner === undefined ? undefined : { owner };
  const { target, resources } = options;
  const ids = createIds(clock, random);
  const core = await openCore({
    workspace: folder,
    target,
    clock,
    ids,
    random,
    log,
    create,
    holder,
    resources,
  });
  // As whoever makes a workspace does.
  if (create && resources !== undefined) await installGolden(core.services);
  return core;
}

export interface TestOptions {
  seed?: number;
  log?: Log;
  /** A closed workspace to begin with a copy of, in place of an empty one. */
  template?: Template | undefined;
  /** The folder of what comes with the program. */
  resources?: string | undefined;
}

/** A closed workspace of which tests take copies. */
export interface Template {
  folder: string;
}

/** A workspace of its own for one test, with the handles that tests need. */
export class TestWorkspace {
  readonly folder: string;
  readonly files: WorkspaceFiles;
  readonly clock: TestClock;
  readonly log: Log;
  readonly #temporary: string;
  readonly #extra: Core[] = [];
  #core: Core;
  #seed: number;
  readonly #resources: string | undefined;

  private constructor(
    temporary: string,
    core: Core,
    clock: TestClock,
    { log, seed = 1, resources }: TestOptions & { log: Log },
  ) {
    this.#temporary = temporary;
    this.folder = join(temporary, 'workspace');
    this.files = workspaceFiles(this.folder);
    this.#core = core;
    this.clock = clock;
    this.log = log;
    this.#seed = seed;
    this.#resources = resources;
  }

  static async create(options: TestOptions = {}): Promise<TestWorkspace> {
    const temporary = makeFolder();
    const { seed = 1, log = silentLog, template, resources } = options;
    const clock = new TestClock();
    try {
      const folder = join(temporary, 'workspace');
      if (template) cpSync(template.folder, folder, { recursive: true });
      const parts = { folder, clock, log, owner: 'Ada', resources };
      const core = await openSeeded({ ...parts, seed: template ? seed + 500 : seed });
      return new TestWorkspace(temporary, core, clock, { log, seed, resources });
    } catch (error) {
      removeFolder(temporary);
      throw error;
    }
  }

  get core(): Core {
    return this.#core;
  }

  /** The operations as the profile of that id or name; by default the owner, who may do everything. */
  as(profile?: string): Client {
    return this.#core.client(this.#core.session(profile));
  }

  /** A second core on the same folder, or on a sandbox in it, as another process would have it. */
  async another(options: { holder?: Holder; target?: Target } = {}): Promise<Core> {
    this.#seed += 1000;
    const core = await openSeeded({
      ...options,
      folder: this.folder,
      seed: this.#seed,
      clock: this.clock,
      log: this.log,
      resources: this.#resources,
    });
    this.#extra.push(core);
    return core;
  }

  /** Closes the workspace and opens it again, as after a restart. */
  async reopen(): Promise<void> {
    await this.#core.close();
    this.#seed += 1000;
    this.#core = await openSeeded({
      folder: this.folder,
      seed: this.#seed,
      clock: this.clock,
      log: this.log,
      resources: this.#resources,
    });
  }

  /** Runs `work` on the file behind core's back, without the checks of foreign keys. */
  raw<R>(work: (db: Database.Database) => R): R {
    const db = new Database(this.files.live, { timeout: 5000 });
    try {
      db.pragma('foreign_keys = OFF');
      return work(db);
    } finally {
      db.close();
    }
  }

  /** Puts another file in the place of a closed workspace's, as its head too is forgotten. */
  replaceLive(bytes: Buffer): void {
    writeFileSync(this.files.live, bytes);
    for (const beside of [`${this.files.live}-wal`, `${this.files.live}-shm`, this.files.head])
      rmSync(beside, { force: true });
  }

  verify(): Promise<Verification> {
    return verified(this.as());
  }

  async dispose(): Promise<void> {
    for (const core of [...this.#extra, this.#core]) await core.close();
    removeFolder(this.#temporary);
  }
}

/** Makes a workspace once for all tests of a file, which take copies of it. It goes when the file has been run. */
export async function makeTemplate(fill: (workspace: TestWorkspace) => Promise<unknown>): Promise<Template> {
  const workspace = await TestWorkspace.create();
  const folder = makeFolder();
  afterAll(() => removeFolder(folder));
  try {
    await fill(workspace);
    await workspace.core.close();
    cpSync(workspace.folder, folder, { recursive: true });
    return { folder };
  } finally {
    await workspace.dispose();
  }
}

/** A workspace that goes when the running test has finished. */
export async function testWorkspace(options: TestOptions = {}): Promise<TestWorkspace> {
  const workspace = await TestWorkspace.create(options);
  onTestFinished(() => workspace.dispose());
  return workspace;
}

/** A workspace for one run of a property. */
export async function withWorkspace<R>(
  template: Template | undefined,
  work: (workspace: TestWorkspace) => Promise<R>,
): Promise<R> {
  const workspace = await TestWorkspace.create({ template });
  try {
    return await work(workspace);
  } finally {
    await workspace.dispose();
  }
}

/** What `workspace.verify` finds in the end. */
export async function verified(client: Client): Promise<Verification> {
  for await (const step of await client.workspace.verify({})) {
    if (step.kind === 'result') return step.result;
  }
  throw new Error('verify ended without a result');
}
