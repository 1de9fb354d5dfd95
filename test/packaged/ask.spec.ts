import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hostileStatements } from '../ask/hostile-statements.ts';
import { mostBytes, mostMs } from '../ask/run-hostile.ts';
import { hashTables } from '../support/table-hash.ts';
import { expect, test } from './fixture.ts';
import { ordinaryUser, programFolder, runCommand } from './installed.ts';

interface Task {
  /** Milliseconds from the first to the last look that saw it. */
  ms: number;
  bytes: number;
}

/** Looks at the program's processes that run a task, until the result is called. */
function watchTasks(program: string): () => Task[] {
  const tasks = new Map<string, Task & { from: number }>();
  const look = (): void => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        if (line[0] !== program || line[1] !== 'run-task') continue;
        const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        const now = performance.now();
        const { from, bytes } = tasks.get(pid) ?? { from: now, bytes: 0 };
        tasks.set(pid, { from, ms: now - from, bytes: Math.max(bytes, Number(kilobytes) * 1024) });
      } catch {
        // It has ended.
      }
    }
  };
  const timer = setInterval(look, 10);
  return () => {
    clearInterval(timer);
    return [...tasks.values()];
  };
}

test('a question is answered, and hostile SQL does no harm', async ({ installed }) => {
  test.setTimeout(900_000);
  const workspace = join(installed.home, 'asked');
  const temporary = join(installed.home, 'temporary');
  mkdirSync(temporary);
  const { uid, gid } = await ordinaryUser();
  chownSync(temporary, uid, gid);
  const env = { TMPDIR: temporary };
  const ask = (...args: string[]) =>
    runCommand(installed, ['ask', ...args, '--workspace', workspace, '--json'], { env });
  expect(await runCommand(installed, ['seed', '--size', 'small', '--workspace', workspace])).toMatchObject({
    code: 0,
  });
  const { stdout, stderr } = await ask('software teams at Summit');
  expect(JSON.parse(stdout), stderr).toMatchObject({
    answer: { rows: [{ 0: 'team_summit-flight-software' }] },
  });

  const live = join(workspace, 'frames.sqlite');
  const [before, files] = [hashTables(live), readdirSync(workspace).toSorted()];
  const program = join(programFolder(installed), 'frames');
  const worst = { ms: 0, bytes: 0 };
  let looked = 0;
  for (const { sql, ends } of hostileStatements) {
    // No argument of a process holds this, or is so long.
    if (sql.includes('\0') || !sql.isWellFormed() || sql.trim() === '' || sql.startsWith('-')) continue;
    const named = sql.slice(0, 200);
    const target = join(temporary, 'made-by-sql');
    const tasks = watchTasks(program);
    const ended = await ask(sql.replaceAll('FILE', target), '--sql');
    const end =
      ended.code === 0
        ? 'answered'
        : (JSON.parse(ended.stderr.slice(ended.stderr.indexOf('{"error"'))) as Refusal).error.details.reason;
    expect(ends, named).toContain(end);
    for (const { ms, bytes } of tasks()) {
      worst.ms = Math.max(worst.ms, ms);
      worst.bytes = Math.max(worst.bytes, bytes);
    }
    expect(existsSync(target), named).toBe(false);
    expect(readdirSync(temporary), named).toEqual([]);
    looked += 1;
  }
  console.log(
    `${looked} statements; longest ${Math.round(worst.ms)} ms, most memory ${Math.round(worst.bytes / 2 ** 20)} MB`,
  );
  expect(worst.ms).toBeGreaterThan(0);
  // With the start of Electron.
  expect(worst.ms).toBeLessThan(mostMs + 1000);
  expect(worst.bytes).toBeLessThan(mostBytes);
  expect(hashTables(live)).toBe(before);
  expect(readdirSync(workspace).toSorted()).toEqual(files);
});

interface Refusal {
  error: { details: { reason: string } };
}
