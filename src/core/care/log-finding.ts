import { join } from 'node:path';
import { lstat } from 'node:fs/promises';
import { readPiecesOf } from '#files/open-file.ts';
import type { Finding } from '#shared/contract/care.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';

const daysShown = 7;
/** The end of a log that is read: a log is rotated at this length. */
const maxBytes = 5 * 2 ** 20;

/**
 * How many entries of the program's log could not be written in the last days: those that a later entry counts, and those of this process
 * that wait to be counted. `now` is in milliseconds.
 */
export async function logFinding({ logs }: WorkspaceFiles, log: Log, now: number): Promise<Finding> {
  try {
    let count = log.lostCount?.() ?? 0;
    for (const name of ['frames.log.1', 'frames.log'])
      count += await lostEntriesIn(join(logs, name), now - daysShown * 86_400_000);
    const params = { count, days: daysShown };
    return count > 0
      ? { id: 'log', state: 'warn', code: 'log.lost', params }
      : { id: 'log', state: 'good', code: 'log.complete', params };
  } catch (error) {
    const params = { error: (error as NodeJS.ErrnoException).code ?? 'unknown' };
    return { id: 'log', state: 'warn', code: 'log.unreadable', params };
  }
}

async function lostEntriesIn(file: string, since: number): Promise<number> {
  const stats = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!stats) return 0;
  let [count, rest] = [0, ''];
  for await (const piece of readPiecesOf(file, { start: Math.max(0, stats.size - maxBytes) })) {
    const lines = (rest + piece.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) count += lostEntriesOf(line, since);
  }
  return count;
}

function lostEntriesOf(line: string, since: number): number {
  if (!line.includes('"lost":')) return 0;
  try {
    const { lost, time } = JSON.parse(line) as { lost?: unknown; time?: unknown };
    return typeof lost === 'number' && typeof time === 'number' && time >= since ? lost : 0;
  } catch {
    // The first line that is read can be a part of one.
    return 0;
  }
}
