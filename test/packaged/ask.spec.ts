import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hostileStatements } from '../ask/hostile-statements.ts';
import { mostBytes, mostMs } from '../ask/run-hostile.ts';
import { hashTables } from '../support/table-hash.ts';
import { expect, test as packaged } from './fixture.ts';
import { ordinaryUser, processesOf, runCommand } from './installed.ts';
import type { Ended, Installed } from './installed.ts';

interface Asked {
  workspace: string;
  /** Where a statement that does harm would leave files. */
  temporary: string;
  ask: (...args: string[]) => Promise<Ended>;
  /** The tables and files of the workspace, as they must stay. */
  contents: () => unknown;
}

/** One workspace for all these tests, which none of them changes. */
const test = packaged.extend<object, { asked: Asked }>({
  asked: [
    async ({ installed }, use) => {
      const workspace = join(installed.home, 'asked');
      const temporary = join(installed.home, 'temporary');
      mkdirSync(temporary);
      const { uid, gid } = await ordinaryUser();
      chownSync(temporary, uid, gid);
      const env = { TMPDIR: temporary };
      await runCommand(installed, ['seed', '--size', 'small', '--workspace', workspace]);
      await use({
        workspace,
        temporary,
        ask: (...args) =>
          runCommand(installed, ['ask', ...args, '--workspace', workspace, '--json'], { env }),
        contents: () => [hashTables(join(workspace, 'frames.sqlite')), readdirSync(workspace).toSorted()],
      });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

interface Task {
  /** Milliseconds from the first to the last look that saw it. */
  ms: number;
  bytes: number;
}

/** Looks at the program's processes that run a task, until the result is called. */
function watchTasks(installed: Installed): () => Task[] {
  const tasks = new Map<string, Task & { from: number }>();
  const look = (): void => {
    for (const { pid, line } of processesOf(installed)) {
      if (!/^\S+ run-task( |$)/.test(line)) continue;
      try {
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

test('a question is answered', async ({ asked }) => {
  const { stdout, stderr } = await asked.ask('software teams at Summit');
  expect(JSON.parse(stdout), stderr).toMatchObject({
    answer: { rows: [{ 0: 'team_summit-flight-software' }] },
  });
});

const worst = { ms: 0, bytes: 0 };

// No argument of a process holds others, or is so long.
const statements = hostileStatements.filter(
  ({ sql }) => !sql.includes('\0') && sql.isWellFormed() && sql.trim() !== '' && !sql.startsWith('-'),
);
// Each is a test of its own, so that none waits within the time of another.
for (const [at, { sql, ends }] of statements.entries())
  test(`hostile SQL does no harm: ${at}, ${JSON.stringify(sql.slice(0, 60))}`, async ({
    asked,
    installed,
  }) => {
    const { temporary, ask, contents } = asked;
    const target = join(temporary, 'made-by-sql');
    const before = contents();
    const tasks = watchTasks(installed);
    const ended = await ask(sql.replaceAll('FILE', target), '--sql');
    const seen = tasks();
    const end = ended.code === 0 ? 'answered' : (JSON.parse(ended.stderr) as Refusal).error.details.reason;
    expect(ends).toContain(end);
    for (const { ms, bytes } of seen) {
      worst.ms = Math.max(worst.ms, ms);
      worst.bytes = Math.max(worst.bytes, bytes);
      // With the start of Electron.
      expect(ms).toBeLessThan(mostMs + 1000);
      expect(bytes).toBeLessThan(mostBytes);
    }
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
    expect(contents()).toEqual(before);
  });

test('the processes of the statements were seen', () => {
  console.log(
    `${statements.length} statements; longest ${Math.round(worst.ms)} ms, most memory ${Math.round(worst.bytes / 2 ** 20)} MB`,
  );
  expect(worst.ms).toBeGreaterThan(0);
});

interface Refusal {
  error: { details: { reason: string } };
}
