import { sinceBase } from '#shared/domain/points-in-time.ts';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { exportTo, addFrom } from '#test/support/backup-file.ts';
import { testFolder } from '#test/support/folder.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

test.each(['renamed too', 'called as it was made'])(
  'a sandbox of the backup of a renamed other workspace has the name of live, %s, and nothing to promote of that',
  async (live) => {
    const other = await testWorkspace({ seed: 7 });
    await other.as().workspace.rename({ name: 'The others' });
    const foreign = await backUp(other);
    const file = join(testFolder(), 'other.frames');
    await exportTo(other, foreign.id, file);

    const workspace = await testWorkspace();
    await addFrom(workspace, file);
    const ada = workspace.as();
    if (live === 'renamed too') await ada.workspace.rename({ name: 'Ours' });
    const here = await ada.workspace.info({});
    const { id, changes } = await take(ada, 'Theirs', `backup:${foreign.id}`);
    expect(changes).toBe(0);
    const core = await openSandbox(workspace, id);
    const play = clientOf(core);
    expect(await play.workspace.info({})).toMatchObject({ id: here.id, name: here.name });
    const { rows } = await resultOf(await ada.compare.between({ ...sinceBase(id), limit: 100 }));
    // At most what live alone has: the name that was given there.
    expect(rows.filter((row) => row.type === 'workspace' && row.class !== 'live')).toEqual([]);
    expect((await play.history.steps({})).undo.map(({ label }) => label)).not.toContain('sandbox.adopted');
    expect(await resultOf(await play.workspace.verify({}))).toMatchObject({ ok: true });

    await play.workspace.rename({ name: 'Another' });
    expect((await play.workspace.info({})).name).toBe('Another');
  },
);
