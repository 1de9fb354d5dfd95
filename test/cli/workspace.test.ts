import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createOutput } from '#cli/output/output.ts';
import { followProgress, workspaceLog } from '#cli/workspace.ts';

test('a log file is created with its first entry, and only in a workspace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frames-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log = workspaceLog(folder);
  log.error({}, 'nowhere to go');
  expect(readdirSync(folder)).toEqual([]);
  writeFileSync(join(folder, 'frames.sqlite'), '');
  log.error({ trace_id: 'abc' }, 'it broke');
  expect(readFileSync(join(folder, 'logs/frames.log'), 'utf8')).toContain('"trace_id":"abc"');
});

test('a stream that ends without a result is an error', async () => {
  const sink = { write: () => true };
  const events = async function* () {
    yield { kind: 'progress' as const, step: 'writing', done: 1, total: 1 };
    await Promise.resolve();
  };
  await expect(followProgress(events(), createOutput(false, sink, sink))).rejects.toThrow('without a result');
});
