import type { At } from '#shared/contract/moments.ts';
import type { Target } from '#shared/domain/target.ts';
import { WriteQueue } from '../log/commands/write-queue.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { readOnlyPointFault } from '../model/permissions.ts';
import { ChangeFeed } from '../log/events/feed.ts';
import { createIndexes } from '../model/indexes.ts';
import { BackgroundWork } from '../kernel/background-work.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { pointAt } from './point.ts';
import type { OpenPointInTime, Point } from '../model/point-in-time.ts';
import { openScratch } from './scratch.ts';
import type { Scratch } from './scratch.ts';

type MutableServices = { -readonly [Part in keyof Services]: Services[Part] };

/** A workspace at a point in time, on a scratch copy that is removed on close. `home` is the present workspace and stays open. */
export async function openPointInTime(
  home: Services,
  at: At,
  target: Target,
  signal?: AbortSignal,
): Promise<{ services: Services; close: () => Promise<void> }> {
  const scratch = await openScratch(home, pointAt(home.read, at), target, signal);
  try {
    const read = openConnection(scratch.files.data, { mode: 'read', log: home.log });
    const { source, holders, log } = home;
    const queue = new ReadOnlyQueue({
      connection: scratch.write,
      source,
      holders,
      log,
      onCommit: () => undefined,
    });
    const [feed, background] = [new ChangeFeed(read, { readsLog: false }), new BackgroundWork()];
    const services: MutableServices = {
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
    const mover = new PointMover(scratch, services);
    services.moment = mover;
    return {
      services,
      async close() {
        const moverClosed = mover.close();
        await background.close();
        await moverClosed;
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

class ReadOnlyQueue extends WriteQueue {
  override command<T>(): Promise<T> {
    return Promise.reject(readOnlyPointFault());
  }

  override job<T>(): Promise<T> {
    return Promise.reject(readOnlyPointFault());
  }
}

class PointMover implements OpenPointInTime {
  readonly #scratch: Scratch;
  readonly #services: MutableServices;
  readonly #closeController = new AbortController();
  #lastMove: Promise<void> = Promise.resolve();
  #latestRequest = 0;

  constructor(scratch: Scratch, services: MutableServices) {
    this.#scratch = scratch;
    this.#services = services;
  }

  get point(): Point {
    return this.#scratch.point;
  }

  /** Throws NOT_FOUND, and CANCELLED while closing. */
  async moveTo(at: At): Promise<Point> {
    checkCancelled(this.#closeController.signal);
    const to = pointAt(this.#services.home.read, at);
    const request = (this.#latestRequest += 1);
    const move = this.#lastMove.then(() => (request === this.#latestRequest ? this.#move(to) : undefined));
    this.#lastMove = move.catch(() => undefined);
    await move;
    return this.point;
  }

  async #move(to: Point): Promise<void> {
    if (to.id === this.point.id) return;
    try {
      await this.#scratch.move(to, this.#closeController.signal);
    } finally {
      // Subscribers can only follow the log forward, so the indexes are replaced and the feed reports a replacement.
      Object.assign(this.#services, createIndexes(this.#services.read));
      this.#services.feed.reportReplacement('moment.go');
    }
  }

  async close(): Promise<void> {
    this.#closeController.abort();
    this.#latestRequest += 1;
    await this.#lastMove;
  }
}
