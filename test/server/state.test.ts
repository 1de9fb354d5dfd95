import { entityTypes } from '#shared/domain/types.ts';
import { expect, test } from 'vitest';
import type { WireState } from '#shared/contract/server/state.ts';
import { foreign, own, populate } from './support/people.ts';
import { create, operation, push } from './support/push.ts';
import { serverOfFile } from './support/server.ts';

const server = await serverOfFile();
const { admin, researcher, editor, viewer } = await populate(server);
await push(admin, [
  operation([
    create('team', 'team_a', { name: 'A', university_id: own, custom: 1 }),
    create('team', 'team_b', { name: 'B', university_id: foreign }),
    create('interface', 'link_1', { from: 'team_a', to: 'team_b' }),
  ]),
]);

interface State {
  seq: number;
  state: WireState;
}
const read = async (): Promise<State> => (await viewer.api.get<State>('state')).body;

test('the whole state is read with the number that it is of, and replaced by it as one change', async () => {
  const { seq, state } = await read();
  expect(state.teams?.map(({ id }) => id)).toEqual(['team_a', 'team_b']);
  expect(Object.keys(state)).toHaveLength(entityTypes.length);
  const unchanged = await researcher.api.call('PUT', 'state', { body: { seq, state } });
  expect(unchanged.body).toEqual({ seq, created: 0, updated: 0, deleted: 0 });
  const next = {
    ...state,
    teams: [
      { id: 'team_a', name: 'A2', university_id: own },
      { id: 'team_c', name: 'C', university_id: 'univ_new' },
    ],
    universities: [...(state.universities ?? []), { id: 'univ_new', name: 'New' }],
    interfaces: [{ id: 'link_2', from: 'team_a', to: 'team_c' }],
  };
  const done = await researcher.api.call('PUT', 'state', { body: { seq, state: next } });
  expect(done.body).toMatchObject({ created: 3, updated: 1, deleted: 2 });
  const after = await read();
  expect(after.seq).toBe((done.body as unknown as State).seq);
  expect(after.state.teams).toMatchObject(next.teams);
  expect(after.state.teams?.[0]).not.toHaveProperty('custom');
  expect(after.state.interfaces?.map(({ id }) => id)).toEqual(['link_2']);
  const operations = await server.database.all(
    `SELECT changes FROM audit_transactions WHERE label = 'state.replace'`,
  );
  expect(operations).toEqual([{ changes: 6 }]);
});

test('a write based on an older state replaces nothing', async () => {
  const { seq, state } = await read();
  await editor.api.patch('teams/team_a', { name: 'A3' });
  const refused = await admin.call('PUT', 'state', { body: { seq, state } });
  expect([refused.status, refused.body.error.code]).toEqual([409, 'MOVED_ON']);
  const now = await read();
  expect(refused.body.error.details).toEqual({ seq: now.seq });
  expect(now.state.teams?.[0]).toMatchObject({ name: 'A3' });
});

test('no half of a state, no record twice, no dangling reference', async () => {
  const { seq, state } = await read();
  const put = (over: object) => admin.refusal('PUT', 'state', { seq, state: { ...state, ...over } });
  const [team] = state.teams ?? [];
  expect(await put({ teams: undefined })).toEqual([422, 'VALIDATION_ERROR']);
  expect(await put({ teams: [team, team] })).toEqual([409, 'DUPLICATE_ID']);
  expect(await put({ faculty: [{ ...team }] })).toEqual([409, 'DUPLICATE_ID']);
  expect(await put({ teams: [{ id: 'team_z', name: '' }] })).toEqual([422, 'VALIDATION_ERROR']);
  expect(await put({ teams: [{ ...team, university_id: 'univ_none' }] })).toEqual([422, 'VALIDATION_ERROR']);
  expect(await put({ interfaces: [{ id: 'link_9', from: 'team_a', to: 'team_none' }] })).toEqual([
    422,
    'VALIDATION_ERROR',
  ]);
  expect((await read()).seq).toBe(seq);
});

test('it is for admins and researchers', async () => {
  const body = await read();
  for (const { api } of [editor, viewer])
    expect(await api.refusal('PUT', 'state', body)).toEqual([403, 'FORBIDDEN']);
  expect(await server.api.refusal('GET', 'state')).toEqual([401, 'UNAUTHORIZED']);
});
