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

/** A payload of each type that has routes of its own, by the path of the routes; of the own university where it is of one. */
export const samplePayloads: Readonly<Record<string, object>> = {
  universities: { name: 'U' },
  projects: { name: 'P', university_id: own },
  organisations: { name: 'O', university_id: own },
  teams: { name: 'T', university_id: own },
  faculty: { name: 'F', university_id: own },
  students: { name: 'S', university_id: own },
  interfaces: { from: 'team_a', to: 'team_b' },
  outcomes: { outcome_type: 'mission_success', university_id: own },
  'risk-factors': { factor_name: 'R', university_id: own },
  'factor-models': { name: 'M', university_id: own },
  contacts: { date: '2026-03-02', university_id: own },
  repairs: { name: 'R', university_id: own },
  tasks: { name: 'T', university_id: own },
  repositories: { name: 'F', university_id: own },
  documents: { name: 'D', university_id: own },
  comments: { record_id: 'team_a', text: 'C', university_id: own },
};
