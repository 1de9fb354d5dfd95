import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answerSql } from '#core/ask/answer-sql.ts';
import type { Services } from '#core/model/services.ts';
import type { SqlReason } from '#shared/contract/reasons.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { FaultData } from '#shared/contract/fault-data.ts';
import type { Hostile } from './hostile-statements.ts';

export const mostMs = 2500;
export const mostBytes = 150 * 1024 * 1024;

export interface Outcome {
  end: SqlReason | 'answered';
  ms: number;
  /** Bytes of memory and of unnamed files that the process had at most. Null where the system does not tell. */
  peak: { memory: number; disk: number } | null;
  /** What should not have happened. */
  problems: string[];
}

/** Runs a hostile statement and looks at what it left: in the folder of the workspace and in the one for temporary files. */
export async function runHostile(
  services: Services,
  temporary: string,
  { sql, ends }: Hostile,
  longest = mostMs,
): Promise<Outcome> {
  const before = contents(services.files.folder);
  const target = join(temporary, 'made-by-sql');
  const peak = watchChildren();
  const began = performance.now();
  const end = await endOf(services, sql.replaceAll('FILE', target));
  const ms = performance.now() - began;
  const most = peak();
  const problems = [
    ...(ends.includes(end) ? [] : [`ended as ${end}, not ${ends.join(' or ')}`]),
    ...(ms > longest ? [`took ${Math.round(ms)} ms`] : []),
    ...((most?.memory ?? 0) > mostBytes ? [`needed ${Math.round((most?.memory ?? 0) / 2 ** 20)} MB`] : []),
    ...(contents(services.files.folder) === before ? [] : ['changed the folder of the workspace']),
    ...(existsSync(target) || readdirSync(temporary).length > 0 ? ['left a file'] : []),
  ];
  return { end, ms, peak: most, problems };
}

async function endOf(services: Services, sql: string): Promise<Outcome['end']> {
  try {
    const { rows } = await answerSql(services, sql);
    if (JSON.stringify(rows).length > 2_000_000 || rows.length > 1000)
      throw new Error('the result is too large');
    return 'answered';
  } catch (error) {
    if (!isFault(error) || error.code !== 'SQL') throw error;
    return (error.data as FaultData<'SQL'>).reason;
  }
}

/** Names and hashes of the files in a folder, but of logs, as one text. */
function contents(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('logs'))
    .toSorted()
    .map((name) => join(folder, name))
    .map((path) => `${path} ${statSync(path).isFile() ? hashOf(path) : ''}`)
    .join('\n');
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Looks at the processes that this one starts, until the result is called. */
function watchChildren(): () => Outcome['peak'] {
  if (process.platform !== 'linux') return () => null;
  const peak = { memory: 0, disk: 0 };
  const look = (): void => {
    for (const pid of childrenOf(process.pid)) {
      try {
        const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        peak.memory = Math.max(peak.memory, Number(kilobytes) * 1024);
        peak.disk = Math.max(peak.disk, unnamedBytes(pid));
      } catch {
        // It has ended.
      }
    }
  };
  const timer = setInterval(look, 5);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

const childrenOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .filter((child) => child !== ''),
  );

function unnamedBytes(pid: string): number {
  return readdirSync(`/proc/${pid}/fd`)
    .map((fd) => `/proc/${pid}/fd/${fd}`)
    .filter((fd) => readlinkSync(fd).endsWith('(deleted)'))
    .reduce((sum, fd) => sum + statSync(fd).size, 0);
}
