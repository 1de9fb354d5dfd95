import fc from 'fast-check';
import { fencedWrites } from '#core/jobs/fenced-writes.ts';
import { JobQueue, LeaseLost } from '#core/jobs/queue.ts';
import type { Claimed } from '#core/jobs/queue.ts';
import { createRecord } from '#core/model/commands.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

/** What workers, people and time do to a queue, in any order. A crashed worker forgets nothing: what it still tries must be refused. */
export const deed = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('enqueue' as const),
      max: fc.integer({ min: 1, max: 3 }),
      steps: fc.integer({ min: 1, max: 3 }),
      priority: fc.integer({ min: -1, max: 1 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('claim' as const), worker: fc.nat(2) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('work' as const), lease: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(100, 5000, 15_000, 60_000, -20_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('beat' as const, 'fail' as const, 'release' as const),
      lease: fc.nat(20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'retry' as const), job: fc.nat(10) }),
  },
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

const lease = { lease: 15_000, heartbeat: 5000 };
const kinds = ['count'];

export class JobHistory {
  readonly #workspace: TestWorkspace;
  readonly #queue: JobQueue;
  readonly #jobs: string[];
  readonly #leases: Claimed[] = [];
  refused = 0;
  readonly problems: string[] = [];

  constructor(workspace: TestWorkspace) {
    this.#workspace = workspace;
    this.#queue = new JobQueue(workspace.core.services);
    this.#jobs = [];
  }

  async play(one: Deed): Promise<void> {
    const held = this.#leases.at('lease' in one ? one.lease % Math.max(1, this.#leases.length) : 0);
    const job = 'job' in one ? this.#jobs[one.job % Math.max(1, this.#jobs.length)] : undefined;
    if (one.do === 'enqueue') {
      const { max, steps, priority } = one;
      const wanted = { kind: 'count', input: { steps }, maxAttempts: max, createdBy: 'x', priority };
      this.#jobs.push((await this.#queue.enqueue(wanted)).id);
    } else if (one.do === 'claim') await this.#claim(String(one.worker));
    else if (one.do === 'wait') this.#workspace.clock.time += one.ms;
    else if (one.do === 'work' && held) await this.#work(held);
    else if (one.do === 'beat' && held) await this.#queue.heartbeat([held], lease);
    else if (one.do === 'fail' && held) await this.#queue.fail(held, { code: 'X', message: 'x' });
    else if (one.do === 'release' && held) await this.#queue.release(held);
    else if (one.do === 'cancel' && job !== undefined) await this.#queue.cancel(job);
    else if (one.do === 'retry' && job !== undefined) await this.#queue.retry(job);
    for (const { attempts, max_attempts } of this.#all())
      this.#law(attempts <= max_attempts, 'too many attempts');
  }

  async #claim(name: string): Promise<void> {
    const claimed = await this.#queue.claim({ name, kinds }, lease);
    if (claimed) this.#leases.push(claimed);
  }

  /** One step of a job: a record and the checkpoint in one commit; the last with the end of the job. */
  async #work(held: Claimed): Promise<void> {
    const { services } = this.#workspace.core;
    const { steps } = held.input as { steps: number };
    const isHeld = this.#queue.holds(services.read, held);
    const step = (this.#queue.details(held.id).checkpoint as number | null) ?? 0;
    const writes = fencedWrites(services.queue, this.#queue, held, (db) => {
      if (step + 1 === steps) this.#queue.completeIn(db, held, steps);
      else this.#queue.checkpointIn(db, held, step + 1);
    });
    const name = `${held.id}/${step}`;
    try {
      await writes.command(this.#workspace.core.session(), (write) =>
        createRecord(write, { type: 'project', data: { name } }),
      );
      this.#law(isHeld, 'a write without a lease');
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      this.#law(!isHeld, 'a write with a lease was refused');
      this.refused += 1;
    }
  }

  /** Lets one honest worker do what is left. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 200; turn++) {
      const open = this.#all().filter(({ state }) => ['pending', 'running', 'failed'].includes(state));
      if (open.length === 0) return;
      this.#workspace.clock.time += 11 * 60_000;
      const claimed = await this.#queue.claim({ name: 'last', kinds }, lease);
      if (!claimed) continue;
      while (this.#queue.holds(this.#workspace.core.services.read, claimed)) await this.#work(claimed);
    }
    throw new Error('jobs are left');
  }

  check(): void {
    const { read } = this.#workspace.core.services;
    const effects = read.column<string>(
      "SELECT payload ->> '$.name' FROM projects WHERE payload ->> '$.name' LIKE 'job\\_%' ESCAPE '\\'",
    );
    this.#law(new Set(effects).size === effects.length, 'an effect is there twice');
    for (const id of this.#jobs) {
      const { state, input, checkpoint } = this.#queue.details(id);
      const { steps } = input as { steps: number };
      const done = effects.filter((name) => name.startsWith(`${id}/`)).length;
      this.#law(['completed', 'dead', 'cancelled'].includes(state), `a job is ${state} in the end`);
      this.#law(
        done === (state === 'completed' ? steps : Number(checkpoint ?? 0)),
        `${done} effects of a job that is ${state}`,
      );
    }
  }

  #law(isKept: boolean, problem: string): void {
    if (!isKept) this.problems.push(problem);
  }

  #all() {
    return this.#queue.list({ limit: 500, offset: 0 }).jobs.filter(({ id }) => this.#jobs.includes(id));
  }
}
