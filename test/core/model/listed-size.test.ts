import { expect, test } from 'vitest';
import { testWorkspace } from '#test/support/workspace.ts';

let number = 0;
const newId = (): string => `student-${(number += 1)}`;

test('a team that states no size has that of its listed students, wherever sizes are read', async () => {
  const client = (await testWorkspace()).as();
  const make = (type: 'team' | 'student', id: string, data: object): Promise<unknown> =>
    client.entities.create({ type, id, data: { name: id, ...data } });
  await make('team', 'stated', { size: 2 });
  await make('team', 'listed', {});
  await make('team', 'empty', {});
  for (const team_id of ['stated', 'listed', 'listed', 'listed']) await make('student', newId(), { team_id });
  const sizes = async (): Promise<unknown[]> =>
    (await client.entities.list({ type: 'team', sort: [{ field: 'size', direction: 'desc' }] })).rows.map(
      ({ id, payload, derived }) => [id, payload.size ?? derived.listed_size ?? null],
    );
  expect(await sizes()).toEqual([
    ['listed', 3],
    ['stated', 2],
    ['empty', null],
  ]);
  const larger = await client.entities.list({
    type: 'team',
    filters: [{ field: 'size', op: 'gte', value: 3 }],
  });
  expect(larger.rows.map(({ id }) => id)).toEqual(['listed']);
  const { nodes } = await client.network.graph({ types: ['team'], fields: ['size'] });
  expect(Object.fromEntries(nodes.id.map((id, index) => [id, nodes.values['size']?.[index]]))).toEqual({
    stated: 2,
    listed: 3,
    empty: null,
  });
  const { payload } = await client.entities.get({ type: 'team', id: 'listed' });
  expect(payload).not.toHaveProperty('size');
  const student = await client.entities.create({ type: 'student', data: { name: 'New', team_id: 'listed' } });
  expect((await sizes())[0]).toEqual(['listed', 4]);
  await client.entities.remove({ type: 'student', id: student.record.id });
  expect((await sizes())[0]).toEqual(['listed', 3]);
});
