import { expect, test } from 'vitest';
import { operationSchema } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { upgradeOperation } from '#shared/sync/upgrade.ts';
import type { UpgradeStep } from '#shared/sync/upgrade.ts';

const row = (after: SyncRow['after']): SyncRow => {
  return { action: 'create', type: 'team', id: 'team_1', before: null, after };
};
const former = { schema: 1, op_id: 'x', label: 'team.create', params: {}, rows: [row({ title: 'A' })] };

/** A form in which a field has another name, and one in which an operation says more. */
const planted: Record<number, UpgradeStep> = {
  1: (operation) => ({
    ...operation,
    rows: operation.rows.map(({ after, ...rest }) => ({ ...rest, after: { name: after?.title ?? null } })),
  }),
  2: (operation) => ({ ...operation, params: { ...operation.params, from: 2 } }),
};

test('an operation passes every form between its own and the current one', () => {
  expect(upgradeOperation(former, planted, 3)).toEqual({
    ...former,
    schema: 3,
    params: { from: 2 },
    rows: [row({ name: 'A' })],
  });
  expect(upgradeOperation({ ...former, schema: 2 }, planted, 3).rows).toEqual(former.rows);
  expect(upgradeOperation({ ...former, schema: 3 }, planted, 3)).toEqual({ ...former, schema: 3 });
});

test('a missing step is an error', () => {
  expect(() => upgradeOperation(former, {}, 2)).toThrow('form 1');
  for (let schema = 1; schema <= operationSchema; schema++)
    expect(upgradeOperation({ ...former, schema, rows: [] }).schema).toBe(operationSchema);
});
