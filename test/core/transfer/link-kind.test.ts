import { beforeEach, describe, expect, it } from 'vitest';
import { bringText } from './sheet/support.ts';
import { importFile, verified, workspaceForEach } from './workspace.ts';

const workspace = workspaceForEach();
beforeEach(async () => {
  const { entities } = workspace.client;
  for (const id of ['power', 'radio']) await entities.create({ type: 'team', id, data: { name: id } });
  await entities.create({ type: 'project', id: 'orbit', data: { name: 'orbit' } });
  await entities.create({ type: 'student', id: 'sam', data: { name: 'sam' } });
  const data = { from: 'power', to: 'radio', interface_type: 'team-to-team' };
  await entities.create({ type: 'interface', id: 'l1', data });
});

const stored = async () => (await workspace.client.entities.get({ type: 'interface', id: 'l1' })).payload;

/** Imports a document with that link in it. */
const bring = (link: Record<string, unknown>) =>
  importFile(workspace, workspace.put({ interfaces: [{ id: 'l1', ...link }] }), { force: true });

describe('the kind of a link that an import moves', () => {
  it('follows its ends if the file has none', async () => {
    await bring({ from: 'power', to: 'orbit' });
    expect(await stored()).toEqual({ from: 'power', to: 'orbit', interface_type: 'team-to-project' });
    await bring({ from: 'power', to: 'sam' });
    expect(await stored()).toEqual({ from: 'power', to: 'sam' });
    expect(await verified(workspace)).toMatchObject({ ok: true });
    await workspace.client.history.undo({});
    expect(await stored()).toMatchObject({ to: 'orbit', interface_type: 'team-to-project' });
  });

  it('is that of the file, and none if it was removed', async () => {
    await bring({ from: 'power', to: 'orbit', interfaceType: 'team-to-team' });
    expect(await stored()).toMatchObject({ to: 'orbit', interface_type: 'team-to-team' });
    const { entities } = workspace.client;
    await entities.update({ type: 'interface', id: 'l1', data: { to: 'sam' }, unset: ['interface_type'] });
    await bring({ from: 'power', to: 'orbit' });
    expect(await stored()).toEqual({ from: 'power', to: 'orbit' });
  });

  it('follows them in a table that has no column for it', async () => {
    const columns = [{ to: 'id' as const }, { to: 'field' as const, field: 'to' }];
    await bringText(workspace, 'id,To\nl1,orbit', { type: 'interface', columns });
    expect(await stored()).toMatchObject({ to: 'orbit', interface_type: 'team-to-project' });
  });

  it('is that of the table', async () => {
    const columns = [
      { to: 'id' as const },
      { to: 'field' as const, field: 'to' },
      { to: 'field' as const, field: 'interface_type' },
    ];
    await bringText(workspace, 'id,To,Kind\nl1,orbit,team-to-team', { type: 'interface', columns });
    expect(await stored()).toMatchObject({ to: 'orbit', interface_type: 'team-to-team' });
  });
});
