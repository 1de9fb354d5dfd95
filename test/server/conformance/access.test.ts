import { operationSchema } from '#shared/sync/operation.ts';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serverContract } from '#shared/contract/server/index.ts';
import type { Session } from '#shared/contract/server/users.ts';
import type { Api } from '../support/api.ts';
import { backupsOfFile } from '../support/backups.ts';
import { oidcOfFile } from '../support/oidc.ts';
import { plantSecrets, secret } from '../support/other-university.ts';
import { foreign, own, populate, samplePayloads } from '../support/people.ts';
import { create, hello, operation, push, sharedSandbox } from '../support/push.ts';
import { addUser, password, serverOfFile, signIn } from '../support/server.ts';

const server = await serverOfFile(
  { ...(await oidcOfFile()), backups: backupsOfFile() },
  { hooks: { pollInterval: 1e9 } },
);
const { admin, researcher, editor, viewer, other } = await populate(server);
await push(admin, [
  operation([
    create('team', 'team_a', { name: 'A', university_id: own }),
    create('team', 'team_b', { name: 'B', university_id: own }),
  ]),
]);

await plantSecrets(admin);
const { api: narrow } = await addUser(admin, { role: 'editor', university_id: own, sees: 'university' });

const { user: subject } = await addUser(admin, { role: 'viewer', university_id: foreign });

/** Who asks; records are of the university of the first editor. */
const actors = ['nobody', 'viewer', 'editor', 'other editor', 'researcher', 'admin'] as const;
const apis: readonly Api[] = [server.api, viewer.api, editor.api, other.api, researcher.api, admin];

type Statuses = readonly [number, number, number, number, number, number];
const all = (status: number): Statuses => [status, status, status, status, status, status];
const signedIn = (status: number): Statuses => [401, status, status, status, status, status];
const admins = (status: number): Statuses => [401, 403, 403, 403, 403, status];
const editors = (status: number): Statuses => [401, 403, status, 403, status, status];
const researchers = (status: number): Statuses => [401, 403, 403, 403, status, status];

interface Asked {
  /** Instead of the path with its parameters. */
  path?: string;
  body?: unknown;
}
interface Rule {
  expected: Statuses;
  ask?: () => Promise<Asked> | Asked;
}

const unnamed = 'a'.repeat(64);
const newEmail = (): string => `${randomUUID()}@example.org`;
const newUser = () => ({ email: newEmail(), password, name: 'New', role: 'viewer' });
const sessionOfSubject = async (): Promise<string> => {
  await signIn(server.api, subject.email);
  const { body } = await admin.get<{ data: Session[] }>(`users/${subject.id}/sessions`);
  return body.data[0]?.id ?? '';
};

const rules: Record<string, Rule> = {
  'auth.bootstrap': {
    expected: all(401),
    ask: () => ({ body: { bootstrap_token: 'x', email: newEmail(), password, name: 'X' } }),
  },
  'auth.token': { expected: all(200), ask: () => ({ body: { email: viewer.user.email, password } }) },
  'auth.refresh': { expected: all(401), ask: () => ({ body: { refresh_token: 'x' } }) },
  'auth.logout': { expected: all(204), ask: () => ({ body: { refresh_token: 'x' } }) },
  'auth.oidcStart': { expected: all(200) },
  'auth.oidcToken': { expected: all(401), ask: () => ({ body: { handle: 'x' } }) },
  // What is given is nobody’s password.
  'auth.changePassword': {
    expected: all(401),
    ask: () => ({ body: { password: 'a wrong password', new_password: password } }),
  },
  'auth.me': { expected: signedIn(200) },
  'users.list': { expected: admins(200) },
  'users.get': { expected: admins(200), ask: () => ({ path: `users/${subject.id}` }) },
  'users.create': { expected: admins(201), ask: () => ({ body: newUser() }) },
  'users.update': {
    expected: admins(200),
    ask: () => ({ path: `users/${subject.id}`, body: { name: 'Renamed' } }),
  },
  'users.replace': {
    expected: admins(200),
    ask: () => ({
      path: `users/${subject.id}`,
      body: { email: subject.email, name: 'Replaced', role: 'viewer' },
    }),
  },
  'users.remove': {
    expected: admins(204),
    ask: async () => ({
      path: `users/${(await admin.post<{ id: string }>('users', newUser())).body.id}`,
    }),
  },
  'users.sessions': { expected: admins(200), ask: () => ({ path: `users/${subject.id}/sessions` }) },
  // Whether there is such a session is not said to others.
  'users.revokeSession': {
    expected: [401, 404, 404, 404, 404, 204],
    ask: async () => ({ path: `sessions/${await sessionOfSubject()}` }),
  },
  'sync.hello': { expected: signedIn(200), ask: () => ({ path: `sync/hello?schema=${operationSchema}` }) },
  // Pushing is everybody's; of what each may, `sync/permissions.test.ts` tells.
  'sync.push': {
    expected: signedIn(200),
    ask: async () => ({
      body: {
        generation: (await hello(admin)).generation,
        clock_offset: 0,
        operations: [operation([create('team', `team_${randomUUID()}`, { name: 'X', university_id: own })])],
      },
    }),
  },
  'sync.pull': {
    expected: signedIn(200),
    ask: async () => ({ path: `sync/pull?after=0&generation=${(await hello(admin)).generation}` }),
  },
  'sync.records': { expected: signedIn(200), ask: () => ({ body: { ids: ['team_a'] } }) },
  'sync.snapshot': { expected: signedIn(200) },
  'sync.digest': {
    expected: signedIn(200),
    ask: () => ({ body: { ranges: [{ from: '', to: null }], parts: 4 } }),
  },
  'sync.erasures': { expected: signedIn(200) },
  'files.missing': { expected: signedIn(200), ask: () => ({ body: { hashes: [unnamed] } }) },
  // Whether there is such a file is not said to others.
  'files.store': {
    expected: [401, 403, 404, 404, 404, 404],
    ask: () => ({ path: `sync/files/${unnamed}/parts`, body: { part: 0, count: 1, data: '' } }),
  },
  'files.check': { expected: signedIn(404), ask: () => ({ path: `sync/files/${unnamed}/check`, body: {} }) },
  'files.read': { expected: signedIn(404), ask: () => ({ path: `sync/files/${unnamed}/parts/0` }) },
  // Whether there is such a person is not said to others.
  'people.occurrences': { expected: admins(404), ask: () => ({ path: 'people/nobody/occurrences' }) },
  'people.erase': { expected: admins(404), ask: () => ({ path: 'people/nobody/erase', body: {} }) },
  'sharedSandboxes.list': { expected: signedIn(200) },
  'sharedSandboxes.get': {
    expected: signedIn(200),
    ask: async () => {
      await push(admin, [operation([create('shared-sandbox', 'share_a', sharedSandbox(own))])]);
      return { path: 'shared-sandboxes/share_a' };
    },
  },
  'maps.read': { expected: signedIn(404), ask: () => ({ path: 'projects/nobody/map' }) },
  'state.get': { expected: signedIn(200) },
  'state.replace': {
    expected: researchers(200),
    ask: async () => ({ body: (await admin.get<object>('state')).body }),
  },
  'events.read': { expected: signedIn(200) },
  'audit.list': { expected: signedIn(200) },
  'audit.signIns': { expected: admins(200) },
  'audit.access': { expected: admins(200) },
  'status.get': { expected: signedIn(200) },
  'ai.goose': { expected: signedIn(200) },
  'ai.models': { expected: signedIn(200) },
  'admin.health': { expected: admins(200) },
  'admin.stats': { expected: admins(200) },
  'admin.files': { expected: admins(200) },
  'hooks.list': { expected: admins(200) },
  'hooks.create': { expected: admins(201), ask: () => ({ body: { url: 'https://example.org' } }) },
  'hooks.rotate': { expected: admins(404), ask: () => ({ path: 'hooks/none/rotate', body: {} }) },
  'hooks.remove': { expected: admins(404), ask: () => ({ path: 'hooks/none' }) },
  'hooks.resend': { expected: admins(404), ask: () => ({ path: 'hooks/none/resend', body: {} }) },
  'hooks.test': { expected: admins(404), ask: () => ({ path: 'hooks/none/test', body: {} }) },
  // The server of this test has no workspaces.
  'ai.ask': { expected: signedIn(404), ask: () => ({ body: { prompt: 'teams' } }) },
  'jobs.list': { expected: admins(200) },
  'jobs.create': { expected: admins(202), ask: () => ({ body: { kind: 'purge' } }) },
  'jobs.retry': { expected: admins(404), ask: () => ({ body: {} }) },
  'jobs.cancel': { expected: admins(404), ask: () => ({ body: {} }) },
  'admin.vacuum': { expected: admins(200) },
  'admin.trainKnowledge': { expected: admins(202) },
  'admin.knowledgeStatus': { expected: admins(200) },
  'admin.knowledgeBase': { expected: admins(200) },
  'admin.clearKnowledge': { expected: admins(200), ask: () => ({ body: { confirm: 'clear knowledge' } }) },
  'admin.chromaTrain': { expected: admins(202) },
  'admin.chromaStatus': { expected: admins(200) },
  'admin.chromaKnowledgeBase': { expected: admins(200) },
  'admin.chromaClear': { expected: admins(200), ask: () => ({ body: { confirm: 'clear knowledge' } }) },
  'admin.chromaDelete': {
    expected: admins(200),
    ask: () => ({ path: 'admin/db/chroma/clear?confirm=clear+knowledge' }),
  },
  'admin.backUp': { expected: admins(202) },
  'admin.backupStatus': { expected: admins(200) },
  'admin.backupList': { expected: admins(200) },
  // Whether there is such a backup is not said to others.
  'admin.restore': {
    expected: admins(404),
    ask: () => ({ path: 'admin/db/restore/none', body: { confirm: 'none' } }),
  },
};

for (const [path, body] of Object.entries(samplePayloads)) {
  const group = path.replaceAll(/-[a-z]/g, ([, letter = '']) => letter.toUpperCase());
  // A university is its editors' own only once somebody has made it.
  const isUniversity = group === 'universities';
  const made = async (): Promise<string> =>
    isUniversity ? own : (await admin.post<{ id: string }>(path, body)).body.id;
  const one = async (): Promise<Asked> => ({ path: `${path}/${await made()}` });
  rules[`${group}.list`] = { expected: signedIn(200) };
  rules[`${group}.get`] = { expected: signedIn(200), ask: one };
  rules[`${group}.create`] = {
    expected: isUniversity ? researchers(201) : editors(201),
    ask: () => ({ body }),
  };
  for (const name of ['replace', 'update'])
    rules[`${group}.${name}`] = {
      expected: editors(200),
      ask: async () => ({ ...(await one()), body: { ...body, meta: randomUUID() } }),
    };
  rules[`${group}.remove`] = {
    expected: isUniversity ? researchers(204) : editors(204),
    ask: isUniversity
      ? async () => ({ path: `${path}/${(await admin.post<{ id: string }>(path, body)).body.id}` })
      : one,
  };
}

const procedures = Object.entries(serverContract).flatMap(([group, operations]) =>
  Object.entries(operations).map(([name, { '~orpc': definition }]) => {
    const { method = 'POST', path = '' } = (definition as { route: { method?: string; path?: string } })
      .route;
    return { name: `${group}.${name}`, method, path };
  }),
);

test('every route of the contract is in the table, and nothing else', () => {
  expect(Object.keys(rules).toSorted()).toEqual(procedures.map(({ name }) => name).toSorted());
});

describe.each(procedures)('$name', ({ name, method, path }) => {
  test('is for the people in the table', async () => {
    const rule = rules[name];
    const statuses: number[] = [];
    for (const api of apis) {
      const asked = (await rule?.ask?.()) ?? {};
      const target = asked.path ?? path.slice(1);
      statuses.push((await api.call(method, target, { body: asked.body })).status);
    }
    const byActor = (of: readonly number[]) => Object.fromEntries(actors.map((who, at) => [who, of[at]]));
    expect(byActor(statuses)).toEqual(byActor(rule?.expected ?? []));
  });

  test('tells an editor who sees one university nothing of another', async () => {
    const asked = (await rules[name]?.ask?.()) ?? {};
    const answer = await narrow.call(method, asked.path ?? path.slice(1), { body: asked.body });
    expect(JSON.stringify(answer.body)).not.toContain(secret);
  });
});
