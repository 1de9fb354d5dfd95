import { expect, test } from 'vitest';
import { migrate, readSchemaState } from '#server/db/migrate.ts';
import { chainProblems, tablesWith } from '../support/chain.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { startServer, testDatabase } from '../support/server.ts';

test('the step goes back and forward with an erasure in the history, and no older program serves it', async () => {
  const database = await testDatabase();
  const server = await startServer({}, { database });
  const { admin } = await populate(server);
  const maja = { name: 'Maja Holm', university_id: own };
  await push(admin, [operation([create('student', 'maja', maja)])]);
  expect((await admin.post('people/maja/erase', {})).status).toBe(200);
  await server.stop();
  expect(await migrate(database, 2)).toEqual([
    'webhooks',
    'repositories-and-tasks',
    'organisations',
    'indexed-affiliations',
    'restricted-reads',
    'file-contents',
    'files-and-knowledge',
    'jobs',
    'documents-and-comments',
    'contacts-and-repairs',
    'erasures',
  ]);
  expect(await readSchemaState(database)).toEqual({ version: 2, compatibleSince: 2 });
  expect(await migrate(database, 3)).toEqual(['erasures']);
  expect(await readSchemaState(database)).toEqual({ version: 3, compatibleSince: 3 });
  expect(await migrate(database)).toEqual([
    'contacts-and-repairs',
    'documents-and-comments',
    'jobs',
    'files-and-knowledge',
    'file-contents',
    'restricted-reads',
    'indexed-affiliations',
    'organisations',
    'repositories-and-tasks',
    'webhooks',
  ]);
  const again = await startServer({}, { database });
  expect(await admin.at(again.api.url).refusal('POST', 'people/maja/erase', {})).toEqual([200, '']);
  expect(await tablesWith(database, ['Maja Holm'])).toEqual([]);
  // The older schema has no place for what an erasure names, so going back loses exactly that.
  const problems = await chainProblems(database);
  expect(problems.map((problem) => problem.replace(/\d+/, 'N'))).toEqual([
    'row N does not match its digest',
    'the body of N is wrong',
  ]);
  await again.stop();
  await database.close();
});
