import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { stateOf } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { crewTemplate, idOf, newest } from './crew.ts';

const template = await crewTemplate();
const teams = async (client: Client): Promise<Map<string, EntityRecord['payload']>> => {
  const { rows } = await client.entities.list({ type: 'team', limit: 1000 });
  return new Map(rows.map(({ id, payload }) => [id, payload]));
};

const filters: fc.Arbitrary<Filter[]> = fc.array(
  fc.constantFrom<Filter[]>(
    { field: 'discipline', op: 'is', value: 'software' },
    { field: 'discipline', op: 'is_not', value: 'ground' },
    { field: 'size', op: 'gte', value: 6 },
    { field: 'experience', op: 'empty' },
    { field: 'university_id', op: 'contains', value: 'zeta' },
    { field: 'project_id', op: 'not_empty' },
  ),
  { maxLength: 2 },
);
const wanted = fc.record({
  filters,
  search: fc.constantFrom('', 'avionics', 'ENERGIE 3', 'nothing'),
  except: fc.uniqueArray(fc.nat({ max: 59 }).map(idOf), { maxLength: 4 }),
});

test('editing matching records edits each row of that list except the excluded ones, in one step', async () => {
  await fc.assert(
    fc.asyncProperty(wanted, fc.integer({ min: 1, max: 9 }), fc.boolean(), (which, size, drop) =>
      withWorkspace(template, async (workspace) => {
        const ada = workspace.as();
        const before = stateOf(workspace);
        const [all, { total }] = [await teams(ada), await newest(ada)];
        const { rows } = await ada.entities.list({ type: 'team', ...which, limit: 1000 });
        const meant = rows.map(({ id }) => id).filter((id) => !which.except.includes(id));
        const expected = new Map(all);
        let changed = 0;
        for (const id of meant) {
          const old = all.get(id) ?? {};
          const { experience, ...rest } = old;
          expected.set(id, { ...(drop || experience === undefined ? rest : old), size });
          if (old['size'] !== size || (drop && experience !== undefined)) changed += 1;
        }
        const edit = { type: 'team' as const, data: { size }, unset: drop ? ['experience'] : [] };
        const result = await resultOf(
          ada.entities.setFields({ ...edit, which: { kind: 'matching', ...which } }),
        );
        expect(result).toMatchObject({ changed, unchanged: meant.length - changed });
        expect(result.op_id === null).toBe(changed === 0);
        expect(await teams(ada)).toEqual(expected);
        expect((await newest(ada)).total).toBe(total + (changed > 0 ? 1 : 0));
        if (changed > 0) await ada.history.undo({ on_conflict: 'ask' });
        expect(stateOf(workspace)).toEqual(before);
      }),
    ),
    { numRuns: lawRuns(13) },
  );
});

describe('editing those that are named', () => {
  test('reports the change, once for each record', async () => {
    const ada = (await testWorkspace({ template })).as();
    const ids = ['t01', 't02', 't03', 't01'];
    const result = await resultOf(
      ada.entities.setFields({ type: 'team', which: { kind: 'ids', ids }, data: { lifecycle: 'outgoing' } }),
    );
    expect(result).toMatchObject({ changed: 3, unchanged: 0 });
    expect(await newest(ada)).toMatchObject({
      label: 'records.edit',
      params: { type: 'team', count: 3, fields: ['lifecycle'] },
      changes: 3,
    });
  });

  test('refuses a value that does not fit, naming the record and the field', async () => {
    const workspace = await testWorkspace({ template });
    const before = stateOf(workspace);
    const ada = workspace.as();
    const edit = (data: Record<string, string | number>, ids = ['t01', 't02']) =>
      resultOf(ada.entities.setFields({ type: 'team', which: { kind: 'ids', ids }, data }));
    const { data, message } = await refused('INVALID', edit({ size: 0 }));
    expect(data.issues).toMatchObject([{ path: 'size', code: 'too_small' }]);
    expect(message).toContain('size: must be at least 1 (in "avionics 1")');
    expect((await refused('INVALID', edit({ project_id: 'u1' }))).data.issues[0]?.path).toBe('project_id');
    expect((await refused('INVALID', edit({ id: 'x' }))).data.issues[0]?.path).toBe('id');
    await refused('NOT_FOUND', edit({ size: 3 }, ['t01', 't00']));
    await refused('NOT_FOUND', edit({ size: 3 }, ['t01', 'nobody']));
    expect(stateOf(workspace)).toEqual(before);
  });

  test('refuses one that would link a record with itself, after others were done', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    for (const [id, from, to] of [
      ['l1', 't01', 't02'],
      ['l2', 't02', 't03'],
    ] as const)
      await ada.entities.create({ type: 'interface', id, data: { from, to } });
    const before = stateOf(workspace);
    const which = { kind: 'ids' as const, ids: ['l2', 'l1'] };
    const call = resultOf(
      ada.entities.setFields({ type: 'interface', which, data: { from: 't02', to: 't02' } }),
    );
    expect((await refused('INVALID', call)).data.issues[0]?.path).toBe('to');
    const half = resultOf(ada.entities.setFields({ type: 'interface', which, data: { from: 't02' } }));
    expect((await refused('INVALID', half)).data.issues[0]?.message).toContain('avionics 1 → Énergie 2');
    expect(stateOf(workspace)).toEqual(before);
  });
});

describe('a long edit', () => {
  const count = 5000;
  const many = async (): Promise<TestWorkspace> => {
    const workspace = await testWorkspace();
    const { core } = workspace;
    await core.services.queue.job(core.session(), 'a test', async (write) => {
      for (let at = 0; at < count; at++)
        write.records.createLater({ type: 'team', id: `t${at}`, payload: { name: `T${at}`, size: 1 } }, null);
      await Promise.resolve();
    });
    return workspace;
  };
  const edit = { type: 'team' as const, which: { kind: 'matching' as const }, data: { size: 2 } };

  test('that is cancelled leaves everything unchanged, and the next one continues', async () => {
    const workspace = await many();
    const before = stateOf(workspace);
    const stop = new AbortController();
    const events = await workspace.as().entities.setFields(edit, { signal: stop.signal });
    const first = await events.next();
    expect(first.value).toMatchObject({ kind: 'progress', step: 'writing', total: count });
    // Reads are served meanwhile, as things were before.
    const { rows } = await workspace.as().entities.list({ type: 'team', limit: 1 });
    expect(rows[0]?.payload['size']).toBe(1);
    stop.abort();
    const rest = async (): Promise<void> => {
      for await (const _ of events) continue;
    };
    await refused('CANCELLED', rest());
    expect(stateOf(workspace)).toEqual(before);
    const result = await resultOf(workspace.as().entities.setFields(edit));
    expect(result).toMatchObject({ changed: count, unchanged: 0 });
  });

  test('that lost its listener is rolled back', async () => {
    const workspace = await many();
    const before = stateOf(workspace);
    const events = await workspace.as().entities.setFields(edit);
    expect((await events.next()).done).toBe(false);
    await events.return?.(undefined);
    expect(stateOf(workspace)).toEqual(before);
    expect((await workspace.verify()).ok).toBe(true);
  });
});
