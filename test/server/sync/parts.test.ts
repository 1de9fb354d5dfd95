import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { own, populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { editor, viewer } = await populate(server);

const part = () =>
  operation([create('team', `team_${randomUUID()}`, { name: 'A', university_id: own })], {
    part: { index: 0, count: 2 },
  });
const kept = () => server.database.all('SELECT 1 FROM operation_parts');

test('of whoever may write nothing no part is kept', async () => {
  const { body } = await push(viewer.api, [part()]);
  expect(body.refused.map(({ code }) => code)).toEqual(['forbidden:viewers_read_only']);
  expect(await kept()).toEqual([]);
});

test('parts that wait have a budget of bytes', async () => {
  const first = part();
  expect((await push(editor.api, [first])).body.partial).toEqual([first.op_id]);
  await server.database.run('UPDATE operation_parts SET bytes = 199999999');
  const { body } = await push(editor.api, [part()]);
  expect(body.refused.map(({ code }) => code)).toEqual(['too_large']);
  expect(await kept()).toHaveLength(1);
});
