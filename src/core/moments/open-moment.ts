import type { At } from '#shared/contract/moments.ts';
import type { Target } from '#shared/domain/target.ts';
import { WriteQueue } from '../log/commands/write-queue.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { readOnlyMoment } from '../model/permissions.ts';
import { ChangeFeed } from '../log/events/feed.ts';
import { createIndexes } from '../model/indexes.ts';
import { BackgroundWork } from '../kernel/background-work.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { pointAt } from './point.ts';
import type { OpenMoment, Point } from '../model/point-in-time.ts';
import { takeScratch } from './scratch.ts';
import type { Scratch } from './scratch.ts';

type Moving = { -readonly [Part in keyof Services]: Services[Part] };

/** A workspace at a point in time, on a scratch copy that is removed on close. `home` is the present one and stays open. */
export async function openMoment(
  home: Services,
  at: At,
  target: Target,
  signal?: AbortSignal,
): Promise<{ services: Services; close: () => Promise<void> }> {
  const scratch = await takeScratch(home, pointAt(home.read, at), target, signal);
  try {
    const read = openConnection(scratch.files.data, { mode: 'read', log: home.log });
    const { source, board, log } = home;
    const queue = new Refusing({ connection: scratch.write, source, board, log, committed: () => undefined });
    const [feed, background] = [new ChangeFeed(read, { byLog: false }), new BackgroundWork()];
    const services: Moving = {
      ...home,
      ...createIndexes(read),
      files: scratch.files,
      read,
      queue,
      feed,
      background,
      home,
      moment: null,
    };
    const mover = new Mover(scratch, services);
    services.moment = mover;
    return {
      services,
      async close() {
        const still = mover.close();
        await background.close();
        await still;
        feed.close();
        read.close();
        scratch.close();
      },
    };
  } catch (error) {
    scratch.close();
    throw error;
  }
}

class Refusing extends WriteQueue {
  override command<T>(): Promise<T> {
    return Promise.reject(readOnlyMoment());
  }

  override job<T>(): Promise<T> {
    return Promise.reject(readOnlyMoment());
  }
}

class Mover implements OpenMoment {
  readonly #scratch: Scratch;
  readonly #services: Moving;
  readonly #closing = new AbortController();
  #moving: Promise<void> = Promise.resolve();
  #latest = 0;

  constructor(scratch: Scratch, services: Moving) {
    this.#scratch = scratch;
    this.#services = services;
  }

  get point(): Point {
    return this.#scratch.point;
  }

  /** Throws NOT_FOUND, and CANCELLED while closing. */
  async go(at: At): Promise<Point> {
    checkCancelled(this.#closing.signal);
    const to = pointAt(this.#services.home.read, at);
    const turn = (this.#latest += 1);
    const moved = this.#moving.then(() => (turn === this.#latest ? this.#move(to) : undefined));
    this.#moving = moved.catch(() => undefined);
    await moved;
    return this.point;
  }

  async #move(to: Point): Promise<void> {
    if (to.id === this.point.id) return;
    try {
      await this.#scratch.move(to, this.#closing.signal);
    } finally {
      // Subscribers that follow the log forward cannot follow it back.
      Object.assign(this.#services, createIndexes(this.#services.read));
      this.#services.feed.jump('moment.go');
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#latest += 1;
    await this.#moving;
  }
}
