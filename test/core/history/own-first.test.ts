import { expect, test } from 'vitest';
import { inOrder, ownFirst } from '#core/history/own-first.ts';
import type { Part } from '#core/history/own-first.ts';
import { counted } from '#test/support/stretches.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const links = 2500;
const fan = 5000;

/** A team that goes with its links (what somebody did stands last), and many teams made at once (all of it is what somebody did). */
const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  for (const id of ['hub', 'rim']) await ada.entities.create({ type: 'team', id, data: { name: id } });
  const link = { kind: 'create', type: 'interface', data: { from: 'hub', to: 'rim' } } as const;
  await ada.entities.change({ changes: Array.from({ length: links }, () => link) });
  await ada.entities.remove({ type: 'team', id: 'hub' });
  const team = { kind: 'create', type: 'team', data: { name: 'Other' } } as const;
  await ada.entities.change({ changes: Array.from({ length: fan }, () => team) });
});

/** A part of a transaction's rows, and how many rows were looked at for it. */
async function read(label: string, part: Part) {
  const workspace = await testWorkspace({ template });
  const { rows } = await workspace.as().history.list({ limit: 10 });
  const span = rows.find((one) => one.label === label && one.changes > 2000 && one.changes !== links);
  if (!span) throw new Error(`nothing is called ${label}`);
  const { db, rows: seen } = counted(workspace.core.services.read);
  const work = ownFirst(db, span, part);
  let last = 0;
  for (;;) {
    const step = work.next();
    if (step.done) return { span, ids: step.value, seen: seen(), last };
    last = step.value;
  }
}

test('looks no further than what somebody did reaches for the part that is asked for', async () => {
  const { span, ids, seen, last } = await read('records.change', { offset: 0, limit: 50 });
  expect(span.changes).toBe(fan);
  expect(ids).toEqual(inOrder(span, { offset: 0, limit: 50 }));
  expect(last).toBe(2000);
  expect(seen).toBe(2000);
});

test('goes on for a later part, and no further than that either', async () => {
  const part = { offset: 1990, limit: 50 };
  const { span, ids, seen } = await read('records.change', part);
  expect(ids).toEqual(inOrder(span, part));
  expect(seen).toBe(4000);
});

test('goes to the end where only one thing was done and all else followed from it', async () => {
  const { span, ids, last } = await read('team.delete', { offset: 0, limit: 3 });
  expect(span.changes).toBe(links + 1);
  expect(ids).toEqual([span.id + links, span.id, span.id + 1]);
  expect(last).toBe(span.changes);
});

test('gives every row once, whatever the parts', async () => {
  const parts = [0, 1000, 2000].map((offset) => ({ offset, limit: 1000 }));
  const found = await Promise.all(parts.map((part) => read('team.delete', part)));
  const ids = found.flatMap((one) => one.ids);
  const [{ span }] = found as [(typeof found)[number]];
  expect(ids).toHaveLength(span.changes);
  expect(new Set(ids)).toEqual(new Set(inOrder(span, { offset: 0, limit: span.changes })));
});
