import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { auditedTypes } from '#shared/domain/types.ts';
import type { Facet } from '#core/history/facets.ts';
import { LogFacets, logFacets } from '#core/history/facets.ts';
import { listTransactions } from '#core/history/queries.ts';
import type { Core } from '#core/open.ts';
import { counted, stretchesOf } from '#test/support/stretches.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** The transactions that a walk through the whole log finds. */
function walk({ services }: Core, { type, action, university_id }: Facet): number[] {
  const query = `SELECT DISTINCT (SELECT max(o.id) FROM audit_transactions o WHERE o.id <= l.id) AS id
    FROM audit_logs l WHERE entity_type = coalesce(:type, entity_type) AND action = coalesce(:action, action)
      AND (:university IS NULL OR university_id = :university) ORDER BY 1 DESC`;
  const wanted = { type: type ?? null, action: action ?? null, university: university_id ?? null };
  return services.read.column<number>(query, wanted);
}

/** Goes through the log to its end. Returns how many steps that took. */
function followed(facets: LogFacets): number {
  return [...facets.catchUp()].length;
}

const facet = fc.record({
  type: fc.option(fc.constantFrom(...auditedTypes), { nil: undefined }),
  action: fc.option(fc.constantFrom('create', 'update', 'delete', 'restore'), { nil: undefined }),
  university_id: fc.option(fc.constantFrom('uni-a', 'uni-b', 'nowhere'), { nil: undefined }),
});

test('results equal a scan of the log after any changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories({ minLength: 5, maxLength: 25 }),
      fc.array(facet, { minLength: 3, maxLength: 6 }),
      (steps, facets) =>
        withWorkspace(template, async (workspace) => {
          const { core } = workspace;
          const known = logFacets(core.services);
          followed(known);
          for (const step of steps) await perform([core, core], step);
          followed(known);
          for (const wanted of facets) expect(known.find(wanted)).toEqual(walk(core, wanted));
        }),
    ),
    { numRuns: 20 },
  );
});

describe('the list of transactions', () => {
  test('is narrowed by kind, person and time together, page by page', async () => {
    const workspace = await testWorkspace({ template });
    const [ada, edi] = [workspace.as(), workspace.as('Edi')];
    for (let size = 1; size <= 4; size++) {
      await edi.entities.update({ type: 'team', id: 'team-a', data: { size } });
      await ada.entities.update({ type: 'team', id: 'team-b', data: { size } });
    }
    const wanted = { type: 'team' as const, action: 'update' as const };
    const all = await ada.history.list(wanted);
    expect(all.total).toBe(8);
    const actor = workspace.core.session('Edi').profile;
    const own = await ada.history.list({ ...wanted, actor, limit: 3, offset: 1 });
    expect(own.total).toBe(4);
    expect(own.rows).toEqual(all.rows.filter((row) => row.actor.id === actor).slice(1));
    const from = all.rows[2]?.created_at ?? '';
    expect((await ada.history.list({ ...wanted, from })).total).toBe(3);
    const [newest] = all.rows;
    expect((await ada.history.list({ ...wanted, op_id: newest?.op_id })).rows).toEqual([newest]);
    expect(await ada.history.list({ ...wanted, university_id: 'nowhere' })).toEqual({ rows: [], total: 0 });
  });

  test('includes changes of other processes at once', async () => {
    const workspace = await testWorkspace({ template });
    const wanted = { type: 'view' as const };
    expect((await workspace.as().history.list(wanted)).total).toBe(0);
    const other = await workspace.another();
    await other.client(other.session()).views.create({ name: 'V', address: 'frames://live/teams' });
    expect((await workspace.as().history.list(wanted)).rows).toMatchObject([{ label: 'view.create' }]);
  });
});

test('a long log is read in parts with the same result', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await Promise.all(
    Array.from({ length: 4500 }, (_, at) =>
      ada.entities.update({ type: 'team', id: 'team-a', data: { size: 2 + (at % 2) } }),
    ),
  );
  const known = new LogFacets(workspace.core.services.read);
  // Two go through it at the same time, as a question does while it is read ahead.
  const other = known.catchUp();
  other.next();
  expect(followed(known)).toBeGreaterThan(1);
  for (const _ of other) continue;
  const wanted = { type: 'team', action: 'update' };
  expect(known.find(wanted)).toEqual(walk(workspace.core, wanted));

  const { db, rows } = counted(workspace.core.services.read);
  const { profile: actor } = workspace.core.session();
  const asked = { actor, type: 'team' as const, action: 'update' as const, offset: 4400, limit: 200 };
  const { result, longest, pauses } = stretchesOf(listTransactions(db, asked, known), rows);
  expect(longest).toBeLessThanOrEqual(4100);
  expect(pauses).toBeGreaterThan(1);
  expect(result.total).toBe(4500);
  expect(result.rows.map(({ id }) => id)).toEqual(known.find(wanted).slice(4400));
});

test('an interrupted read of the log repeats nothing', async () => {
  const workspace = await testWorkspace({ template });
  const { core } = workspace;
  const { read } = core.services;
  for (let size = 1; size <= 4; size++) {
    await workspace.as().entities.create({ type: 'team', data: { name: `Team ${size}` } });
  }
  let fails = true;
  const raw = new Proxy(read.raw, {
    get(target, key) {
      if (key !== 'prepare') return Reflect.get(target, key) as unknown;
      return (sql: string) => ({
        raw: () => ({
          all: (...parameters: unknown[]) => {
            if (fails) throw new Error('disk I/O error');
            return target
              .prepare(sql)
              .raw(true)
              .all(...parameters);
          },
        }),
      });
    },
  });
  const facets = new LogFacets({ ...read, raw });
  expect(() => followed(facets)).toThrow('disk I/O error');
  fails = false;
  followed(facets);
  expect(facets.find({ action: 'create' })).toEqual(walk(core, { action: 'create' }));
});
