import { setTimeout as sleep } from 'node:timers/promises';
import { JobQueue } from '#core/jobs/queue.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { Child } from '#test/support/child.ts';
import { seededNumbers } from '#test/support/seeded.ts';

export interface Killing {
  folder: string;
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

interface Hit {
  id: string;
  token: number;
  at: number;
}

const worker = new URL('./worker.ts', import.meta.url);
/** Open jobs that there are at any time while processes are killed. */
const crowd = 6;

/** Kills processes that run jobs of one workspace, two at a time, and checks that each job ended and each effect is there once. */
export async function killWorkers({
  folder,
  kills,
  lease,
  seed,
  onKill = () => {},
}: Killing): Promise<KillReport> {
  const core = await openCore({
    workspace: folder,
    create: { owner: 'Ada' },
    clock: systemClock,
    ids: createIds(systemClock, systemRandom),
    random: systemRandom,
    log: silentLog,
    holder: { kind: 'test', label: 'test jobs' },
  });
  try {
    const next = seededNumbers(seed);
    const watching = new Recoveries(core);
    const pause = Math.min(60, lease / 8);
    const children = [start(folder, lease), start(folder, lease)];
    for (let killed = 0; killed < kills; killed++) {
      await fill(core, next, pause);
      const at = killed % 2;
      const child = children[at] as Child<{ ready: number }>;
      // Now and then while it opens the workspace.
      if (next() % 8 > 0) await child.printed(1);
      await sleep(next() % 250);
      const held = watching.heldBy(child);
      await child.kill();
      watching.note(held);
      children[at] = start(folder, lease);
      onKill(killed + 1);
    }
    await watching.end();
    for (const child of children) await child.kill();
    const last = start(folder, lease, 'empty');
    await last.end();
    return { kills, hits: watching.hits, recoveries: watching.found, ...(await check(core)) };
  } finally {
    await core.close();
  }
}

const start = (folder: string, lease: number, mode?: string): Child<{ ready: number }> =>
  new Child(worker, [folder, String(lease), ...(mode === undefined ? [] : [mode])]);

async function fill(core: Core, next: () => number, pause: number): Promise<void> {
  const queue = new JobQueue(core.services);
  const { counts } = queue.overview();
  for (let open = counts.pending + counts.running + counts.failed; open < crowd; open++) {
    const input = { steps: 1 + (next() % 6), pause: next() % Math.max(1, pause) };
    const createdBy = core.session().profile;
    await queue.enqueue({ kind: 'count', input, maxAttempts: 3, createdBy, priority: next() % 3 });
  }
}

/** Measures how long the jobs of killed processes stay with them. */
class Recoveries {
  readonly found: number[] = [];
  hits = 0;
  readonly #core: Core;
  readonly #open = new Set<Hit>();
  readonly #looking: NodeJS.Timeout;

  constructor(core: Core) {
    this.#core = core;
    this.#looking = setInterval(() => this.#look(), 10);
  }

  heldBy(child: Child<{ ready: number }>): Omit<Hit, 'at'>[] {
    const [line] = child.lines;
    if (!line) return [];
    return this.#core.services.read.all<Omit<Hit, 'at'>>(
      "SELECT id, token FROM jobs WHERE state = 'running' AND worker = ?",
      [`process ${line.ready}`],
    );
  }

  /** Of the jobs that a process held, those that it still had when it was dead. */
  note(held: readonly Omit<Hit, 'at'>[]): void {
    const at = performance.now();
    const hit = held.filter((one) => this.#isHeld(one));
    if (hit.length > 0) this.hits += 1;
    for (const one of hit) this.#open.add({ ...one, at });
  }

  async end(): Promise<void> {
    while (this.#open.size > 0) await sleep(10);
    clearInterval(this.#looking);
  }

  #isHeld({ id, token }: Omit<Hit, 'at'>): boolean {
    const query = "SELECT 1 FROM jobs WHERE id = ? AND token = ? AND state = 'running'";
    return this.#core.services.read.get(query, [id, token]) !== undefined;
  }

  #look(): void {
    for (const hit of this.#open) {
      if (this.#isHeld(hit)) continue;
      this.found.push(performance.now() - hit.at);
      this.#open.delete(hit);
    }
  }
}

interface JobRow {
  id: string;
  state: string;
  attempts: number;
  max_attempts: number;
  input: string;
  checkpoint: string | null;
}

async function check(core: Core): Promise<Pick<KillReport, 'jobs' | 'attempts' | 'effects' | 'problems'>> {
  const { read } = core.services;
  const rows = read.all<JobRow>('SELECT id, state, attempts, max_attempts, input, checkpoint FROM jobs');
  const effects = read.column<string>(
    "SELECT payload ->> '$.name' FROM projects WHERE payload ->> '$.name' GLOB 'job_*/*'",
  );
  const problems: string[] = [];
  const twice = effects.length - new Set(effects).size;
  if (twice > 0) problems.push(`${twice} effects are there twice`);
  const jobs = { completed: 0, dead: 0, other: 0 };
  for (const { id, state, attempts, max_attempts: most, input, checkpoint } of rows) {
    jobs[state === 'completed' || state === 'dead' ? state : 'other'] += 1;
    const { steps } = JSON.parse(input) as { steps: number };
    const done = effects.filter((name) => name.startsWith(`${id}/`)).length;
    const expected = state === 'completed' ? steps : Number(checkpoint ?? 0);
    if (done !== expected) problems.push(`${id} (${state}) has ${done} effects, not ${expected}`);
    if (attempts > most) problems.push(`${id} had ${attempts} attempts of ${most}`);
  }
  if (jobs.other > 0) problems.push(`${jobs.other} jobs are neither completed nor dead`);
  const stream = await core.client(core.session()).workspace.verify({});
  for await (const event of stream)
    if (event.kind === 'result' && !event.result.ok) problems.push('the workspace has problems');
  const attempts = rows.reduce((sum, row) => sum + row.attempts, 0);
  return { jobs, attempts, effects: effects.length, problems };
}
