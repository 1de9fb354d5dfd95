import { sentenceText } from '#shared/texts/sentence.ts';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll } from 'vitest';
import { memorySecrets } from '#core/kernel/secrets.ts';
import type { Secrets } from '#core/kernel/secrets.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { createIds } from '#core/kernel/system.ts';
import type { Clock } from '#core/kernel/system.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import type { Client } from '#test/support/workspace.ts';
import { verified } from '#test/support/workspace.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { seededRandom } from '#test/support/seeded.ts';
import type { Api } from '../../support/api.ts';
import { addUser, password } from '../../support/server.ts';
import type { Person, TestServer, TestUser } from '../../support/server.ts';

/** A workspace that shares with a server, as a program of its own would have it. */
export class SharedWorkspace {
  readonly #temporary = makeFolder();
  readonly #folder = join(this.#temporary, 'workspace');
  readonly #copy = join(this.#temporary, 'copy');
  readonly #clock: Clock;
  readonly #secrets: Secrets = memorySecrets();
  #seed: number;
  #core: Core | null = null;
  #hasCopy = false;

  constructor(seed: number, clock: Clock) {
    this.#seed = seed;
    this.#clock = clock;
  }

  async open(): Promise<void> {
    this.#core = await this.openBeside();
  }

  /** Another program that has the same workspace open. */
  async openBeside(): Promise<Core> {
    const random = seededRandom(this.#seed++);
    return openCore({
      workspace: this.#folder,
      clock: this.#clock,
      ids: createIds(this.#clock, random),
      random,
      log: silentLog,
      create: { owner: 'Nobody' },
      holder: { kind: 'test', label: 'a test' },
      secrets: this.#secrets,
    });
  }

  get core(): Core {
    if (!this.#core) throw new Error('it is not open');
    return this.#core;
  }

  client(): Client {
    return this.core.client(this.core.session());
  }

  async close(): Promise<void> {
    await this.#core?.close();
    this.#core = null;
  }

  /** Keeps a copy of the folder, as a careful person would. */
  async keepCopy(): Promise<void> {
    await this.close();
    rmSync(this.#copy, { recursive: true, force: true });
    cpSync(this.#folder, this.#copy, { recursive: true });
    this.#hasCopy = true;
    await this.open();
  }

  /** Puts the copy in the place of the folder. Returns false where there is none. */
  async putCopyBack(): Promise<boolean> {
    if (!this.#hasCopy) return false;
    await this.close();
    rmSync(this.#folder, { recursive: true });
    cpSync(this.#copy, this.#folder, { recursive: true });
    await this.open();
    return true;
  }

  async join(url: string, email: string, password: string, share = 'all'): Promise<SyncStatus> {
    return resultOf(await this.client().sync.join({ url, email, password, share }));
  }

  /** Syncs once; null where that did not come to its end. */
  async sync(signal?: AbortSignal): Promise<SyncStatus | null> {
    try {
      return await resultOf(await this.client().sync.runOnce({}, signal ? { signal } : {}));
    } catch (error) {
      const isExpected =
        error instanceof ORPCError
          ? ['SYNC', 'CANCELLED'].includes((error as ORPCError<string, unknown>).code)
          : signal?.aborted === true;
      if (!isExpected) throw error;
      return null;
    }
  }

  async problems(): Promise<string[]> {
    const { ok, chain, replay, integrity } = await verified(this.client());
    const all = [...chain.problems, ...replay.problems, ...integrity.problems];
    return ok ? [] : all.map((one) => sentenceText(one));
  }

  async remove(): Promise<void> {
    await this.close();
    removeFolder(this.#temporary);
  }
}

/**
 * Workspaces that share with a server and have its clock. `onEnd` registers their removal: after the tests of the file, or with
 * `onTestFinished` after the running test.
 */
export function workspacesOf(
  server: TestServer,
  admin: Api,
  onEnd: (remove: () => Promise<void>) => void = afterAll,
) {
  const all: SharedWorkspace[] = [];
  onEnd(async () => {
    for (const one of all) await one.remove();
  });
  const opened = async (): Promise<SharedWorkspace> => {
    const one = new SharedWorkspace(9000 + 10 * all.length, {
      now: () => ++server.clock.now,
      elapsed: () => server.clock.now,
    });
    all.push(one);
    await one.open();
    return one;
  };
  /** Joins as the first admin, as a user, or as a new user of these properties. */
  const joined = async (
    person: Person | TestUser | 'admin',
    share = 'all',
    url = server.api.url,
  ): Promise<SharedWorkspace> => {
    const one = await opened();
    const emailOf = async (given: Person | TestUser): Promise<string> =>
      ('user' in given ? given : await addUser(admin, given)).user.email;
    const email = person === 'admin' ? 'admin@example.org' : await emailOf(person);
    await one.join(url, email, password, share);
    return one;
  };
  return { opened, joined };
}
