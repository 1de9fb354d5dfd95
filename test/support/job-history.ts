import fc from 'fast-check';
import { LeaseLost } from '#shared/domain/jobs.ts';
import type { JobState, Lease } from '#shared/domain/jobs.ts';

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
    arbitrary: fc.record({ do: fc.constantFrom('beat', 'fail', 'release'), lease: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cancel', 'retry'), job: fc.nat(10) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

interface JobOfHistory {
  id: string;
  state: JobState;
  attempts: number;
  max_attempts: number;
  input: unknown;
  checkpoint: number;
}

/** A queue with its effects: that of a workspace, or that of a server. */
export interface JobGround<L extends Lease> {
  enqueue(job: { max: number; steps: number; priority: number }): Promise<string>;
  claim(worker: string): Promise<L | null>;
  beat(lease: L): Promise<void>;
  fail(lease: L): Promise<void>;
  release(lease: L): Promise<void>;
  cancel(id: string): Promise<void>;
  retry(id: string): Promise<void>;
  holds(lease: L): Promise<boolean>;
  /** The next step of a job: an effect named by job and step, and the checkpoint, in one commit; the last with the end of the job. Throws LeaseLost. */
  step(lease: L, steps: number): Promise<void>;
  /** Those that were enqueued here. */
  jobs(): Promise<JobOfHistory[]>;
  effects(): Promise<string[]>;
  wait(milliseconds: number): void;
}

const stepsOf = ({ input }: { input: unknown }): number => (input as { steps: number }).steps;

/** Plays a history on a queue, and checks its laws. */
export class JobHistory<L extends Lease & { input: unknown }> {
  readonly #ground: JobGround<L>;
  readonly #jobs: string[] = [];
  readonly #leases: L[] = [];
  readonly problems: string[] = [];
  /** Writes that were refused because the lease was lost. */
  refused = 0;

  constructor(ground: JobGround<L>) {
    this.#ground = ground;
  }

  async play(one: Deed): Promise<void> {
    const ground = this.#ground;
    if (one.do === 'enqueue') this.#jobs.push(await ground.enqueue(one));
    else if (one.do === 'claim') {
      const lease = await ground.claim(String(one.worker));
      if (lease) this.#leases.push(lease);
    } else if (one.do === 'wait') ground.wait(one.ms);
    else if ('job' in one) {
      const id = this.#jobs[one.job % Math.max(1, this.#jobs.length)];
      if (id !== undefined) await (one.do === 'cancel' ? ground.cancel(id) : ground.retry(id));
    } else {
      const lease = this.#leases[one.lease % Math.max(1, this.#leases.length)];
      if (!lease) return;
      if (one.do === 'work') await this.#work(lease);
      else if (one.do === 'beat') await ground.beat(lease);
      else if (one.do === 'fail') await ground.fail(lease);
      else await ground.release(lease);
    }
  }

  /** Lets one honest worker do what is left. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 200; turn++) {
      const isOpen = ({ state }: JobOfHistory): boolean => ['pending', 'running', 'failed'].includes(state);
      if (!(await this.#ground.jobs()).some(isOpen)) return;
      this.#ground.wait(11 * 60_000);
      const lease = await this.#ground.claim('last');
      if (lease) while (await this.#ground.holds(lease)) await this.#work(lease);
    }
    this.problems.push('jobs are left');
  }

  async check(): Promise<void> {
    const effects = await this.#ground.effects();
    this.#law(new Set(effects).size === effects.length, 'an effect is there twice');
    for (const job of await this.#ground.jobs()) {
      const { id, state, attempts, max_attempts: most, checkpoint } = job;
      const done = effects.filter((name) => name.startsWith(`${id}/`)).length;
      const expected = state === 'completed' ? stepsOf(job) : checkpoint;
      this.#law(['completed', 'dead', 'cancelled'].includes(state), `a job is ${state} in the end`);
      this.#law(attempts <= most, `${attempts} attempts of ${most}`);
      this.#law(done === expected, `${done} effects of a job that is ${state}`);
    }
  }

  async #work(lease: L): Promise<void> {
    const isHeld = await this.#ground.holds(lease);
    try {
      await this.#ground.step(lease, stepsOf(lease));
      this.#law(isHeld, 'a write without a lease');
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      this.#law(!isHeld, 'a write with a lease was refused');
      this.refused += 1;
    }
  }

  #law(isKept: boolean, problem: string): void {
    if (!isKept) this.problems.push(problem);
  }
}
