import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog, silentLog } from '#core/kernel/logger.ts';
import { makePipe } from '#test/support/make-pipe.ts';
import { testFolder } from '#test/support/folder.ts';

interface Entry {
  level: number;
  pid: number;
  time: number;
  msg: string;
  [field: string]: unknown;
}
const entries = (file: string): Entry[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);

test('a log is a file of JSON lines with fields, made with its folder', () => {
  const file = join(testFolder(), 'logs', 'deep', 'frames.log');
  const log = createLog({ file });
  log.debug({ requestId: 'r' }, 'not told');
  log.info({ requestId: 'r', ms: 3 }, 'done');
  log.warn({ sql: 'SELECT 1' }, 'slow statement');
  log.error({ trace_id: 't' }, 'internal error');
  expect(entries(file)).toMatchObject([
    { level: 30, pid: process.pid, requestId: 'r', ms: 3, msg: 'done' },
    { level: 40, sql: 'SELECT 1', msg: 'slow statement' },
    { level: 50, trace_id: 't', msg: 'internal error' },
  ]);
});

test('is filtered by level, and appended to', () => {
  const file = join(testFolder(), 'frames.log');
  createLog({ file, level: 'debug' }).debug({}, 'one');
  createLog({ file, level: 'error' }).warn({}, 'not told');
  createLog({ file, level: 'error' }).error({}, 'two');
  expect(entries(file).map(({ msg }) => msg)).toEqual(['one', 'two']);
});

test('counts the entries that could not be written, and says so as soon as one can', () => {
  const file = join(testFolder(), 'frames.log');
  const log = createLog({ file });
  mkdirSync(file);
  log.info({}, 'one');
  log.info({}, 'two');
  rmSync(file, { recursive: true });
  makePipe(file);
  log.info({}, 'three');
  rmSync(file);
  log.info({}, 'four');
  log.info({}, 'five');
  expect(entries(file)).toMatchObject([{ level: 40, lost: 3 }, { msg: 'four' }, { msg: 'five' }]);
});

test('the silent one does nothing', () => {
  for (const level of ['debug', 'info', 'warn', 'error'] as const) silentLog[level]({}, 'x');
  expect(existsSync('frames.log')).toBe(false);
});
