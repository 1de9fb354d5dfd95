import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isFresh } from '#scripts/lib/fresh.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-fresh-'));
  plant('src/deep/a.ts', 2020);
  plant('package.json', 2020);
  plant('out/app.js', 2021);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plant(file: string, year: number): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  const time = new Date(`${year}-01-01T00:00:00Z`);
  for (let at = path; at !== folder; at = dirname(at)) utimesSync(at, time, time);
}

async function ask(): Promise<boolean> {
  const sources = ['src', 'package.json', 'not-there'].map((name) => join(folder, name));
  return isFresh(join(folder, 'out/app.js'), sources);
}

describe('whether a build is fresh', () => {
  test('it is when it is newer than all it is made of', async () => {
    expect(await ask()).toBe(true);
  });

  test('it is not when a file deep inside a source is newer', async () => {
    plant('src/deep/b.ts', 2022);
    expect(await ask()).toBe(false);
  });

  test('it is not when a source file is newer', async () => {
    plant('package.json', 2022);
    expect(await ask()).toBe(false);
  });

  test('it is not when a file was deleted since', async () => {
    rmSync(join(folder, 'src/deep/a.ts'));
    expect(await ask()).toBe(false);
  });

  test('is false without one', async () => {
    rmSync(join(folder, 'out/app.js'));
    expect(await ask()).toBe(false);
  });
});
