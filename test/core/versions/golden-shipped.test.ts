import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { shippedFolder } from '#core/kernel/resources.ts';
import { makeGolden } from '#scripts/lib/golden.ts';
import { takeApart } from '#test/support/backup-file.ts';
import { testFolder } from '#test/support/folder.ts';
import { resources } from '#test/support/golden.ts';
import { expectSound } from '#test/support/invariants.ts';

test('the committed one equals the output of "npm run golden"', async () => {
  const folder = testFolder();
  await makeGolden(folder);
  const made = readFileSync(join(folder, 'golden.frames'));
  expect(made.equals(readFileSync(join(resources, 'golden/golden.frames')))).toBe(true);
});

test('is small, complete, self-contained, and has only generated records', async () => {
  const file = join(resources, 'golden/golden.frames');
  expect(statSync(file).size).toBeLessThan(200_000);
  const { manifest, content } = takeApart(file);
  expect(manifest).toMatchObject({ golden: { shipped: 1 }, counts: { universities: 8, teams: 64 } });
  const db = new Database(content);
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

test('is found from the sources, from any folder', () => {
  const before = process.cwd();
  process.chdir(testFolder());
  try {
    expect(shippedFolder()).toBe(resources);
  } finally {
    process.chdir(before);
  }
});
