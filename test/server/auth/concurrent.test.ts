import { expect, test } from 'vitest';
import { populate } from '../support/people.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { editor, viewer, researcher, other } = await populate(server);

test('concurrent requests each run as their own user, and one with an ended session is refused', async () => {
  await server.database.run('UPDATE sessions SET revoked_at = now() WHERE user_id = $1', [other.user.id]);
  const everybody = [editor, viewer, researcher, other];
  const asked = Array.from({ length: 40 }, (_, at) => everybody[at % everybody.length] ?? other);
  const answers = await Promise.all(asked.map(({ api }) => api.get<{ id?: string }>('auth/me')));
  expect(answers.map(({ status, body }) => [status, body.id])).toEqual(
    asked.map((one) => (one === other ? [401, undefined] : [200, one.user.id])),
  );
});
