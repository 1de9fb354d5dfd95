import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '#shared/domain/jobs.ts';
import type { Child } from '#test/support/child.ts';
import { seededNumbers } from '#test/support/seeded.ts';

export interface JobRow {
  id: string;
  state: string;
  attempts: number;
  max_attempts: number;
  steps: number;
  checkpoint: number;
}

export type Worker = Child<{ ready: number }>;

/** Where jobs are killed: a workspace, or the database of a server. */
export interface KillSite {
  /** Starts a process that runs jobs until it is killed, or with `empty` until there are none. */
  start(mode?: 'empty'): Worker;
  openJobs(): Promise<number>;
  enqueue(input: { steps: number; pause: number }, priority: number): Promise<unknown>;
  heldBy(worker: string): Promise<Lease[]>;
  isHeld(lease: Lease): Promise<boolean>;
  jobs(): Promise<JobRow[]>;
  /** Names of the effects, `JOB/STEP`. */
  effects(): Promise<string[]>;
  /** What else is wrong with the site. */
  problems(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Killing {
  kills: number;
  /** Milliseconds of a lease. */
  lease: number;
  seed: number;
  onKill?: (kills: number) => void;
}

export interface KillReport {
  kills: number;
  /** Kills that hit a running job. */
  hits: number;
  jobs: Record<'completed' | 'dead' | 'other', number>;
  attempts: number;
  effects: number;
  /** Milliseconds from a kill until the job was taken over or given up. */
  recoveries: number[];
  /** What is wrong; empty if every law holds. */
  problems: string[];
}

/** Open jobs that there are at any time while processes are killed. */
const crowd = 6;

/** Kills processes that run jobs, two at a time, and checks that each job ended and each effect is there once. */
export async function killWorkers(
  site: KillSite,
  { kills, lease, seed, onKill = () => {} }: Killing,
): Promise<KillReport> {
  try {
    const next = seededNumbers(seed);
    const recoveries = new Recoveries(site);
    const longest = Math.max(1, Math.min(250, lease / 8));
    const workers = [site.start(), site.start()];
    for (let killed = 0; killed < kills; killed++) {
      for (let open = await site.openJobs(); open < crowd; open++)
        await site.enqueue({ steps: 1 + (next() % 6), pause: next() % longest }, next() % 3);
      const at = killed % 2;
      const worker = workers[at] as Worker;
      // Now and then while it starts.
      if (next() % 8 > 0) await worker.printed(1);
      await sleep(next() % 250);
      const held = await recoveries.heldBy(worker);
      await worker.kill();
      await recoveries.note(held);
      workers[at] = site.start();
      onKill(killed + 1);
    }
    await recoveries.end();
    for (const worker of workers) await worker.kill();
    await site.start('empty').end();
    return { kills, hits: recoveries.hits, recoveries: recoveries.found, ...(await check(site)) };
  } finally {
    await site.close();
  }
}

/** Measures how long the jobs of killed processes stay with them. */
class Recoveries {
  readonly found: number[] = [];
  hits = 0;
  readonly #site: KillSite;
  readonly #open = new Set<{ lease: Lease; at: number }>();
  #isOver = false;
  readonly #looking: Promise<void>;

  constructor(site: KillSite) {
    this.#site = site;
    this.#looking = this.#look();
  }

  async heldBy(worker: Worker): Promise<Lease[]> {
    const [line] = worker.lines;
    return line ? this.#site.heldBy(`process ${line.ready}`) : [];
  }

  /** Of the jobs that a process held, those that it still had when it was dead. */
  async note(held: readonly Lease[]): Promise<void> {
    const at = performance.now();
    let isHit = false;
    for (const lease of held) {
      if (!(await this.#site.isHeld(lease))) continue;
      this.#open.add({ lease, at });
      isHit = true;
    }
    if (isHit) this.hits += 1;
  }

  async end(): Promise<void> {
    while (this.#open.size > 0) await sleep(10);
    this.#isOver = true;
    await this.#looking;
  }

  async #look(): Promise<void> {
    while (!this.#isOver) {
      for (const hit of this.#open) {
        if (await this.#site.isHeld(hit.lease)) continue;
        this.found.push(performance.now() - hit.at);
        this.#open.delete(hit);
      }
      await sleep(10);
    }
  }
}

async function check(
  site: KillSite,
): Promise<Pick<KillReport, 'jobs' | 'attempts' | 'effects' | 'problems'>> {
  const [rows, effects] = [await site.jobs(), await site.effects()];
  const problems = await site.problems();
  const twice = effects.length - new Set(effects).size;
  if (twice > 0) problems.push(`${twice} effects are there twice`);
  const jobs = { completed: 0, dead: 0, other: 0 };
  let attempts = 0;
  for (const job of rows) {
    const { id, state } = job;
    jobs[state === 'completed' || state === 'dead' ? state : 'other'] += 1;
    attempts += job.attempts;
    const done = effects.filter((name) => name.startsWith(`${id}/`)).length;
    const expected = state === 'completed' ? job.steps : job.checkpoint;
    if (done !== expected) problems.push(`${id} (${state}) has ${done} effects, not ${expected}`);
    if (job.attempts > job.max_attempts)
      problems.push(`${id} had ${job.attempts} attempts of ${job.max_attempts}`);
  }
  if (jobs.other > 0) problems.push(`${jobs.other} jobs are neither completed nor dead`);
  return { jobs, attempts, effects: effects.length, problems };
}
