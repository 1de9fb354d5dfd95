import { expect, test } from 'vitest';
import type { EntityType } from '#shared/domain/types.ts';
import { bringText } from '#test/core/transfer/sheet/support.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { bootstrap, password, serverOfFile, addUser } from '../../support/server.ts';
import { workspacesOf } from './workspace.ts';
import type { SharedWorkspace } from './workspace.ts';

const server = await serverOfFile();
const admin = server.api.as(await bootstrap(server));
const { opened } = workspacesOf(server, admin);

const roster = [
  'Student,Team,University,E-Mail,Graduation',
  ...['Ada Novak', 'Ben Holt', 'Cara Quinn', 'Dev Patel', 'Ella Marsh', 'Finn Doyle'].map(
    (name, at) =>
      `${name},${at % 2 === 0 ? 'Avionics' : 'Thermal'},North State University,p${at}@north.edu,2027`,
  ),
].join('\n');

const countsOf = async (one: SharedWorkspace): Promise<number[]> => {
  const types: readonly EntityType[] = ['university', 'team', 'student'];
  return Promise.all(
    types.map(async (type) => (await one.client().entities.list({ type, limit: 100 })).total),
  );
};

test('two devices that imported one roster offline share one university after a merge on either', async () => {
  const { user } = await addUser(admin, { role: 'admin' });
  const [first, second] = [await opened(), await opened()];
  for (const one of [first, second]) {
    await bringText({ client: one.client() }, roster, { type: 'student' });
    expect(await countsOf(one)).toEqual([1, 2, 6]);
    await one.join(server.api.url, user.email, password);
  }
  for (const one of [first, second, first]) await one.sync();
  expect(await countsOf(first)).toEqual([2, 4, 12]);
  expect(await countsOf(second)).toEqual([2, 4, 12]);

  const { pairs } = await second.client().entities.duplicates({});
  expect(pairs).toMatchObject([
    { type: 'university', contents: { after: { universities: 1, teams: 2, students: 6 } } },
  ]);
  const { rows } = await second.client().entities.list({ type: 'university' });
  const [keep = '', ...others] = rows.map(({ id }) => id).toSorted();
  await resultOf(await second.client().entities.merge({ type: 'university', keep, others, contents: true }));
  for (const one of [second, first]) {
    expect(await one.sync()).toMatchObject({ in_step: true, quarantined: 0 });
    expect(await countsOf(one)).toEqual([1, 2, 6]);
    expect(await one.problems()).toEqual([]);
  }
  expect((await first.client().entities.duplicates({})).count).toBe(0);
});
