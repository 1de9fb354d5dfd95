import { LeaseLost } from '#shared/domain/jobs.ts';
import { fencedWrites } from '#core/jobs/fenced-writes.ts';
import { JobQueue } from '#core/jobs/queue.ts';
import type { ClaimedJob } from '#core/jobs/queue.ts';
import type { Services } from '#core/model/services.ts';
import type { Dice } from './random.ts';
import type { Faults } from './faults.ts';

type JobServices = Pick<Services, 'read' | 'queue' | 'source'>;

const kind = 'effect';

/** The shipped queue of jobs of a client, with two workers. Each job has one effect, a row of `effects` with the attempt, which it writes together with its end. */
export class ClientJobs {
  readonly #services: () => JobServices;
  readonly #faults: Faults;
  /** Leases that workers believe to hold: a stopped worker that goes on still tries to write. */
  #held: ClaimedJob[] = [];

  constructor(services: () => JobServices, faults: Faults) {
    this.#services = services;
    this.#faults = faults;
  }

  get #queue(): JobQueue {
    return new JobQueue(this.#services());
  }

  /** The file was restored, which nobody does while workers run. */
  stopAll(): void {
    this.#held = [];
  }

  async step(dice: Dice): Promise<void> {
    const roll = dice.below(20);
    const queue = this.#queue;
    if (roll < 4) await queue.enqueue({ kind, input: {}, maxAttempts: 1 + dice.below(2), createdBy: '' });
    else if (roll < 10) await this.#claim();
    else if (roll < 11) this.#crash(dice);
    else if (roll < 18) await this.#useLease(dice);
    else await this.#changeAsPerson(dice);
  }

  async #claim(): Promise<void> {
    const job = await this.#queue.claim({ name: 'worker', kinds: [kind] });
    if (job) this.#held.push(job);
  }

  /** A worker ends without a word; its job is taken over once the lease has expired. */
  #crash(dice: Dice): void {
    if (this.#held.length === 0) return;
    this.#held.splice(dice.below(this.#held.length), 1);
    this.#faults.worker_crash += 1;
  }

  async #useLease(dice: Dice): Promise<void> {
    if (this.#held.length === 0) return;
    const at = dice.below(this.#held.length);
    const lease = this.#held[at] as ClaimedJob;
    const roll = dice.below(10);
    if (roll < 2) return void (await this.#queue.heartbeat([lease]));
    this.#held.splice(at, 1);
    if (roll < 3) await this.#queue.fail(lease, { code: 'BUSY', message: '' });
    else if (roll < 4) await this.#queue.release(lease);
    else await this.#finish(lease);
  }

  async #finish(lease: ClaimedJob): Promise<void> {
    const queue = this.#queue;
    const writes = fencedWrites(this.#services().queue, queue, lease, (db) =>
      queue.completeIn(db, lease, null),
    );
    try {
      await writes.unaudited((db) =>
        db.run('INSERT INTO effects (job, attempt) VALUES (?, ?)', [lease.id, lease.attempts]),
      );
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      this.#faults.lease_lost += 1;
    }
  }

  async #changeAsPerson(dice: Dice): Promise<void> {
    const { jobs } = this.#queue.list({ limit: 5, offset: 0 });
    if (jobs.length === 0) return;
    const { id } = dice.pick(jobs);
    await (dice.chance(0.5) ? this.#queue.cancel(id) : this.#queue.retry(id));
  }

  /** One worker that nothing interrupts ends every job that can still run. `wait` lets leases and pauses be over. */
  async settle(wait: () => void): Promise<void> {
    this.#held = [];
    for (let turn = 0; turn < 60 && this.#queue.hasOpen([kind]); turn++) {
      wait();
      const job = await this.#queue.claim({ name: 'worker', kinds: [kind] });
      if (job) await this.#finish(job);
    }
  }

  problems(): string[] {
    const { read } = this.#services();
    const jobs = read.all<{
      id: string;
      state: string;
      attempts: number;
      max_attempts: number;
      effects: string;
    }>(
      `SELECT id, state, attempts, max_attempts, (SELECT json_group_array(attempt) FROM effects WHERE job = jobs.id) AS effects FROM jobs`,
    );
    return jobs.flatMap(({ id, state, attempts, max_attempts, effects }) => {
      // The effect is that of the newest attempt, not of one that lost its lease.
      const expected = JSON.stringify(state === 'completed' ? [attempts] : []);
      return [
        ...(effects === expected
          ? []
          : [`${id} is ${state} after ${attempts} attempts with the effects ${effects}`]),
        ...(attempts > max_attempts ? [`${id} was tried ${attempts} times of ${max_attempts}`] : []),
        ...(state === 'dead' && attempts < max_attempts ? [`${id} is dead after ${attempts} attempts`] : []),
      ];
    });
  }

  /** In the end no job may be open. */
  open(): string[] {
    const open = this.#services().read.column<string>(
      `SELECT id FROM jobs WHERE state IN ('pending', 'running', 'failed')`,
    );
    return open.map((id) => `${id} never ended`);
  }
}
