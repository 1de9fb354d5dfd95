import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contentPath } from '#core/kernel/files/contents.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { ann, TestRepository } from '../../../core/code-maps/fixture.ts';
import { own, populate } from '../../support/people.ts';
import { startServer } from '../../support/server.ts';
import type { ServerConfig } from '#server/config.ts';
import { workspacesOf } from './workspace.ts';
import type { SharedWorkspace } from './workspace.ts';

const researcher = { role: 'researcher', university_id: own } as const;

/** A server with a repair that its admin proposed, and a researcher who joins afterwards. */
async function world(overrides: Partial<ServerConfig> = {}) {
  const server = await startServer(overrides);
  onTestFinished(() => server.stop());
  const { admin } = await populate(server);
  const spaces = workspacesOf(server, admin, onTestFinished);
  const ada = await spaces.joined('admin');
  const data = { name: 'Pair two teams', university_id: own };
  await ada.client().entities.create({ type: 'repair', id: 'repair', data });
  await ada
    .client()
    .entities.create({ type: 'repository', id: 'fsw', data: { name: 'fsw', university_id: own } });
  const student = { name: 'Ann Arden', university_id: own, terms_remaining: 1, accounts: ann.email };
  await ada.client().entities.create({ type: 'student', id: 'ann', data: student });
  await ada.sync();
  const rea = await spaces.joined(researcher);
  await rea.sync();
  return { server, ada, rea };
}

const approve = (one: SharedWorkspace) => one.client().repairs.approve({ id: 'repair' });

test('a person who joined after a proposal approves it, and the proposer cannot allow it to themselves', async () => {
  const { ada, rea } = await world();
  expect((await refused('FORBIDDEN', approve(ada))).data.rule).toBe('own_proposal');
  const allow = ada.client().repairs.setApproval({ four_eyes: false });
  expect((await refused('FORBIDDEN', allow)).data.rule).toBe('approval_rule_of_server');
  expect((await approve(rea)).record.derived['state']).toBe('approved');
  await rea.sync();
  expect(await ada.sync()).toMatchObject({ in_step: true, quarantined: 0 });
  const repair = await ada.client().entities.get({ type: 'repair', id: 'repair' });
  expect(repair.derived['state']).toBe('approved');
});

test('a server that lets people approve their own repairs says so', async () => {
  const { ada } = await world({ ownApproval: true });
  await ada.client().repairs.setApproval({ four_eyes: false });
  expect((await approve(ada)).record.derived['state']).toBe('approved');
  expect(await ada.sync()).toMatchObject({ in_step: true, quarantined: 0, pending: 0 });
});

test('a map that one computer made is read on others, names the same people there, and stays when another scans', async () => {
  const { server, ada, rea } = await world();
  const repository = new TestRepository(join(testFolder(), 'fsw'));
  repository.write('flight/one.c', '1\n');
  repository.commit(ann, 'One');
  const scan = async (one: SharedWorkspace) => {
    const grant = one.core.grants.issue(repository.folder, 'read');
    await one.client().maps.connect({ repository: 'fsw', grant });
    await resultOf(await one.client().maps.scan({ repository: 'fsw' }));
  };
  const authorsOf = async (one: SharedWorkspace) =>
    (await one.client().maps.show({ repository: 'fsw' })).map?.authors.map(({ person }) => person?.id);
  await scan(ada);
  expect(await authorsOf(ada)).toEqual(['ann']);
  await ada.sync();
  expect(await rea.sync()).toMatchObject({ in_step: true });
  expect(await authorsOf(rea)).toEqual(['ann']);
  repository.append('flight/one.c', '2\n');
  repository.commit(ann, 'Two');
  await scan(rea);
  await rea.sync();
  expect(await authorsOf(rea)).toEqual(['ann']);
  await ada.sync();
  const { map } = await ada.client().maps.show({ repository: 'fsw' });
  expect(map?.commits).toBe(2);
  // Until the file of a newer map comes, the map before it is shown.
  rmSync(contentPath(ada.core.services.files, map?.sha256 ?? ''));
  await ada.close();
  await ada.open();
  expect((await ada.client().maps.show({ repository: 'fsw' })).map?.commits).toBe(1);
  // A map that the server has damaged stops no sync.
  await server.database.run('UPDATE file_contents SET bytes = $1, hash = sha256($1)', [Buffer.from('x')]);
  expect(await ada.sync()).toMatchObject({ state: 'idle', in_step: true });
  expect((await ada.client().maps.show({ repository: 'fsw' })).map?.commits).toBe(1);
});
