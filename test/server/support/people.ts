import type { Api } from './api.ts';
import { create, operation, push } from './push.ts';
import { addUser, bootstrap } from './server.ts';
import type { TestServer, TestUser } from './server.ts';

/** Two universities, and somebody of each role at the first. */
export interface People {
  admin: Api;
  researcher: TestUser;
  editor: TestUser;
  viewer: TestUser;
  /** Of the other university. */
  other: TestUser;
}

export const own = 'univ_own';
export const foreign = 'univ_foreign';

/** Makes the first admin, two universities and people of every role. */
export async function populate(server: TestServer): Promise<People> {
  const admin = server.api.as(await bootstrap(server));
  await push(admin, [
    operation([
      create('university', own, { name: 'Own' }),
      create('university', foreign, { name: 'Foreign' }),
    ]),
  ]);
  return {
    admin,
    researcher: await addUser(admin, { role: 'researcher', university_id: own }),
    editor: await addUser(admin, { role: 'editor', university_id: own }),
    viewer: await addUser(admin, { role: 'viewer', university_id: own }),
    other: await addUser(admin, { role: 'editor', university_id: foreign }),
  };
}
