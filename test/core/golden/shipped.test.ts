import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { shippedPlace, readWholeGolden } from '#core/golden/place.ts';
import { shippedResources } from '#core/kernel/resources.ts';
import { makeGolden } from '#scripts/lib/golden.ts';
import { testFolder } from '#test/support/folder.ts';
import { resources } from '#test/support/golden.ts';
import { expectSound } from '#test/support/invariants.ts';

test.each(['golden.sqlite', 'manifest.json'])(
  'what is committed is what "npm run golden" makes, to the byte: %s',
  async (name) => {
    const folder = testFolder();
    await makeGolden(folder);
    const made = readFileSync(join(folder, name));
    expect(made.equals(readFileSync(join(resources, 'golden', name)))).toBe(true);
  },
);

test('it is small, whole, a file by itself, and nothing but made-up records', async () => {
  const file = join(resources, 'golden/golden.sqlite');
  expect(statSync(file).size).toBeLessThan(1_000_000);
  const manifest = await readWholeGolden(shippedPlace(resources));
  expect(manifest).toMatchObject({ version: 1, shipped: 1, counts: { universities: 8, teams: 64 } });
  const db = new Database(readFileSync(file));
  try {
    expect(db.pragma('journal_mode', { simple: true })).toBe('memory');
    expect(db.pragma('freelist_count', { simple: true })).toBe(0);
    expectSound(db);
    const people = db.prepare("SELECT payload ->> 'name' FROM profiles").pluck().all();
    expect(people).toEqual(['FRAMES']);
  } finally {
    db.close();
  }
});

test('it is found from the sources, wherever one stands', () => {
  const before = process.cwd();
  process.chdir(testFolder());
  try {
    expect(shippedResources()).toBe(resources);
  } finally {
    process.chdir(before);
  }
});
