import { expect, test } from 'vitest';
import { removalDays, retainedBackups, defaultRetention } from '#shared/domain/retention.ts';
import type { UsableBackup } from '#shared/domain/retention.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 15, 12);
const madeOn = (number: number): UsableBackup => {
  const made = new Date(start + number * day).toISOString();
  return { id: `b${number}`, made, workspace: 'w', verified: null, lacksDocuments: false };
};

test('each backup goes on the day on which daily pruning removes it', () => {
  const known = [0, 1, 2, 9, 40].map(madeOn);
  const said = removalDays(known, defaultRetention, start + 40 * day);
  let left = known;
  const removed = new Map<string, string>();
  for (let number = 41; number <= 840; number += 1) {
    left = [...left, madeOn(number)];
    const whys = retainedBackups(left, defaultRetention, start + number * day);
    for (const { id } of left)
      if (whys.get(id)?.length === 0) removed.set(id, madeOn(number).made.slice(0, 10));
    left = left.filter(({ id }) => whys.get(id)?.length !== 0);
  }
  for (const { id } of known) expect(said.get(id), id).toBe(removed.get(id));
});

test('the newest that a check found good stays, as no later one is known to be checked', () => {
  const good = { ...madeOn(0), verified: true };
  expect(removalDays([good, madeOn(1)], { ...defaultRetention, monthly: 0 }, start + day).get('b0')).toBe(
    null,
  );
});
