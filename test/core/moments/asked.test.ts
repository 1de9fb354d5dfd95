import { describe, expect, test } from 'vitest';
import { openAt, transactionsOf } from '#test/support/moments.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

describe('resolving a point in time', () => {
  test('by a transaction, a row of one, a time, a name, the first and now', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const of = async (at: number | string) => (await ada.moments.resolve({ at })).id;
    const ids = transactionsOf(workspace.core);
    const last = ids.at(-1) as number;
    expect(await of('first')).toBe(1);
    expect([await of('now'), await of(' NOW ')]).toEqual([last, last]);
    expect([await of(last), await of(String(last))]).toEqual([last, last]);
    const which = { kind: 'ids' as const, ids: ['team-a', 'team-b'] };
    await resultOf(await ada.entities.removeMany({ type: 'team', which }));
    const [removed] = (await ada.moments.list({ limit: 1 })).rows;
    expect(removed?.changes).toBeGreaterThan(1);
    expect(await of((removed?.id ?? 0) + 1)).toBe(removed?.id);
    await refused('NOT_FOUND', ada.moments.resolve({ at: 1_000_000 }));
    await refused('NOT_FOUND', ada.moments.resolve({ at: '1970-01-01' }));
    await refused('NOT_FOUND', ada.moments.resolve({ at: 'Nobody called it so' }));
  });

  test('by a time in the order of the log, also after the clock was set back', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const change = async (size: number) => {
      await ada.entities.update({ type: 'team', id: 'team-a', data: { size } });
      const [newest] = (await ada.moments.list({ limit: 1 })).rows;
      return newest as NonNullable<typeof newest>;
    };
    workspace.clock.time += 60_000;
    const one = await change(3);
    workspace.clock.time -= 30_000;
    const two = await change(4);
    expect(two.created_at < one.created_at).toBe(true);
    expect((await ada.moments.resolve({ at: two.created_at })).id).toBe(two.id);
    expect((await ada.moments.resolve({ at: one.created_at })).id).toBe(two.id);
  });
});

test('the range of points in time is divided without gaps', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const ids = transactionsOf(workspace.core);
  for (const buckets of [1, 3, 1000]) {
    const range = await ada.moments.range({ buckets });
    expect(range.transactions).toBe(ids.length);
    expect([range.first.id, range.last.id]).toEqual([ids[0], ids.at(-1)]);
    expect(range.buckets.length).toBeLessThanOrEqual(buckets);
    expect(range.buckets.reduce((sum, { transactions }) => sum + transactions, 0)).toBe(ids.length);
    expect(range.buckets.at(-1)?.at).toBe(range.last.id);
  }
});

describe('a checkpoint', () => {
  test('names a point in time, is found by name, and survives an undo of earlier changes', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 8 } });
    const made = await ada.checkpoints.create({ name: 'Spring' });
    expect(made).toMatchObject({ name: 'Spring', lost: false, by: { name: 'Ada' } });
    await ada.history.undo({});
    expect(
      (await ada.entities.list({ type: 'team', filters: [{ field: 'size', op: 'is', value: 8 }] })).matched,
    ).toBe(0);
    expect(await ada.checkpoints.list({})).toEqual([made]);
    expect((await ada.moments.resolve({ at: 'spring' })).checkpoints).toEqual([
      { id: made.id, name: 'Spring' },
    ]);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('of the moment that is open is made in the workspace', async () => {
    const workspace = await testWorkspace({ template });
    const then = clientOf(await openAt(workspace, 3));
    const { moment } = await then.moments.current({});
    expect(await then.checkpoints.create({ name: 'Here' })).toMatchObject({ at: moment?.id });
    expect((await workspace.as().checkpoints.list({})).map(({ name }) => name)).toEqual(['Here']);
    expect((await then.checkpoints.list({})).map(({ name }) => name)).toEqual(['Here']);
  });
});
