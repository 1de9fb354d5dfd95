import { expect, test } from 'vitest';
import { withLive, withSandbox } from '#core/compare/snapshots.ts';
import { lockExclusive } from '#core/kernel/db/lock.ts';
import { comparedBy } from '#test/support/compare.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const teams = 'SELECT count(*) AS n FROM teams WHERE deleted_at IS NULL';
const inLog = 'SELECT count(*) AS n FROM audit_transactions';

test('both files are read at one moment during writes', async () => {
  const workspace = await testWorkspace({ template });
  const { services } = workspace.core;
  const { id } = await take(workspace.as(), 'Play');
  const play = await openSandbox(workspace, id);
  const make = (client: ReturnType<typeof clientOf>) =>
    client.entities.create({ type: 'team', data: { name: 'Meanwhile' } });
  await withSandbox(services, id, (sandbox, facts) =>
    withLive(services, async (live) => {
      expect(facts.id).toBe(id);
      const read = () => [live, sandbox].flatMap((db) => [db.get(teams), db.get(inLog)]);
      const before = read();
      await make(workspace.as());
      await make(clientOf(play));
      expect(read()).toEqual(before);
      expect(() => sandbox.exec(`UPDATE teams SET updated_at = ''`)).toThrow(/readonly/);
      expect(() => live.exec(`UPDATE teams SET updated_at = ''`)).toThrow(/readonly/);
    }),
  );
  expect((await comparedBy(workspace.as(), id)).counts).toMatchObject({ play: 1, live: 1 });
});

test('neither is replaced or discarded while it is read', async () => {
  const workspace = await testWorkspace({ template });
  const { services } = workspace.core;
  const { id } = await take(workspace.as(), 'Play');
  await withSandbox(services, id, async () => {
    await refused('BUSY', workspace.as().sandboxes.discard({ id }));
  });
  await workspace.core.close();
  await withLive(services, async () => {
    expect(() => lockExclusive(workspace.files.lock)).toThrow(/in use/);
    await Promise.resolve();
  });
  lockExclusive(workspace.files.lock).release();
  lockExclusive(filesOf(workspace, id).lock).release();
  await workspace.reopen();
  await workspace.as().sandboxes.discard({ id });
});
