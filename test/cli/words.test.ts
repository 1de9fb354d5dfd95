import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { follow } from '#cli/follow.ts';
import { workspaceLog } from '#cli/log.ts';
import { createOutput } from '#cli/output/output.ts';
import { amount, countOf, countsLine, labelOf, nameOf, timeOf } from '#cli/words.ts';

test('numbers come with the noun that fits', () => {
  expect([0, 1, 2000].map((count) => amount(count, 'change'))).toEqual([
    'no changes',
    '1 change',
    '2,000 changes',
  ]);
  expect(countOf(1, 'faculty')).toBe('1 faculty member');
  expect(countOf(3, 'university')).toBe('3 universities');
  expect(countsLine({ teams: 8, risk_factors: 0, factor_models: 2 })).toBe('8 teams, 2 factor models');
  expect(countsLine({})).toBe('no records');
});

test('fields and types are named as people name them, unknown types as they are', () => {
  expect(['university_id', 'is_lead', 'terms_remaining'].map(labelOf)).toEqual([
    'University',
    'Lead',
    'Terms remaining',
  ]);
  expect([nameOf('factor-model'), nameOf('sandbox'), nameOf('constructor')]).toEqual([
    'factor model',
    'sandbox',
    'constructor',
  ]);
  expect(timeOf('2026-11-20T08:30:12.345Z')).toBe('2026-11-20 08:30:12');
});

test('a log is opened with its first entry, and only where there is a workspace', () => {
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
  const output = createOutput(false, sink, sink);
  const events = async function* () {
    yield { kind: 'progress' as const, step: 'writing', done: 1, total: 1 };
    await Promise.resolve();
  };
  await expect(follow(events(), output)).rejects.toThrow('without a result');
});
