import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { own, populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';

const waitingBytes = 100_000;
const server = await serverOfFile({ waitingBytes });
const { editor, viewer } = await populate(server);

const team = (notes: string) =>
  create('team', `team_${randomUUID()}`, { name: 'A', university_id: own, notes });
const part = () => operation([team('n'.repeat(40_000))], { part: { index: 0, count: 2 } });
const kept = async (): Promise<number> => {
  const parts = await server.database.all<{ rows: unknown }>('SELECT rows FROM operation_parts');
  return parts.reduce((sum, { rows }) => sum + JSON.stringify(rows).length, 0);
};

test('no part of a viewer is stored', async () => {
  const { body } = await push(viewer.api, [part()]);
  expect(body.refused.map(({ code }) => code)).toEqual(['forbidden:viewers_read_only']);
  expect(await kept()).toBe(0);
});

test('the parts of a user that are stored stay within their budget', async () => {
  const waiting = [part(), part(), part(), part()];
  for (const [at, one] of waiting.entries()) {
    const { body } = await push(editor.api, [one]);
    expect(body.refused.map(({ code }) => code)).toEqual(at < 2 ? [] : ['too_large']);
    expect(await kept()).toBeLessThanOrEqual(waitingBytes);
  }
  // An operation that is complete makes room.
  const op_id = waiting[0]?.op_id ?? '';
  const last = operation([team('')], { op_id, part: { index: 1, count: 2 } });
  expect((await push(editor.api, [last])).body.accepted).toEqual([op_id]);
  const next = part();
  expect((await push(editor.api, [next])).body.partial).toEqual([next.op_id]);
});
