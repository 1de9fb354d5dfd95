import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SavedView } from '#shared/contract/views.ts';
import { openSeeded } from '#test/support/workspace.ts';
import { inFolder } from './frames.ts';

const { folder, frames, json } = inFolder();
const w = ['--workspace', 'w'] as const;

describe('frames views list', () => {
  test('names the views by name, with who made them and where they lead', async () => {
    const core = await openSeeded({ folder: join(folder, 'w'), owner: 'Ada' });
    const client = core.client(core.session());
    expect(await json<SavedView[]>('views', 'list', ...w)).toEqual([]);
    for (const name of ['Weak links', 'Leaving soon'])
      await client.views.create({ name, address: 'frames://live/interfaces?f=energy_loss.gte.60' });
    const views = await json<SavedView[]>('views', 'list', ...w);
    expect(views).toEqual(await client.views.list({}));
    expect(views.map(({ name, owner }) => `${name} by ${owner.name}`)).toEqual([
      'Leaving soon by Ada',
      'Weak links by Ada',
    ]);
    const { code, stdout } = await frames('views', 'list', ...w);
    expect(code).toBe(0);
    expect(stdout).toContain('Weak links');
    await core.close();
  });
});
