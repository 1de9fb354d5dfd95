import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMainLog } from '#main/log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the shell’s log', () => {
  it('is a line of JSON an entry, in a folder it makes', () => {
    const file = join(folder, 'logs', 'main.log');
    createMainLog(file).warn('refused', { scheme: 'file:' });
    const line = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(line).toMatchObject({ level: 'warn', message: 'refused', scheme: 'file:' });
  });

  it('keeps one older file beyond a megabyte', () => {
    const file = join(folder, 'main.log');
    const log = createMainLog(file);
    const filler = 'x'.repeat(600_000);
    for (let entry = 0; entry < 4; entry += 1) log.info('long', { filler });
    expect(existsSync(`${file}.1`)).toBe(true);
    expect(readFileSync(file, 'utf8').length).toBeLessThan(1_300_000);
  });

  it('stops nothing when it cannot be written', () => {
    const file = join(folder, 'main.log');
    createMainLog(file).info('a file now stands where the folder should be');
    expect(() => createMainLog(join(file, 'below.log')).error('lost')).not.toThrow();
  });
});
