import { beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import { systemServices } from '#core/kernel/system.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();

const openWindow = () =>
  openCore({
    workspace: at('w'),
    ...systemServices(),
    log: silentLog,
    holder: { kind: 'window', label: 'FRAMES window' },
  });

beforeAll(async () => {
  await seed();
});

describe('one workspace, a window and commands at once', () => {
  test('write side by side: whatever was acknowledged is there, and the audit is whole', async () => {
    const core = await openWindow();
    try {
      const client = core.client(core.session());
      const create = (name: string) =>
        json<{ record: { id: string } }>(
          'entities create team',
          '--workspace',
          'w',
          '--data',
          JSON.stringify({ name }),
        );
      const commands = ['one', 'two', 'three'].map((name) => create(name));
      const window = Array.from({ length: 100 }, (_, at) =>
        client.entities.create({ type: 'team', data: { name: `window ${at}` } }),
      );
      const made = await Promise.all([...window, ...commands]);
      const found = await Promise.all(
        made.map(({ record }) => client.entities.get({ type: 'team', id: record.id })),
      );
      expect(found).toHaveLength(103);
      expect(await json('verify', '--workspace', 'w')).toMatchObject({
        ok: true,
        counts: { teams: 64 + 103 },
      });
    } finally {
      await core.close();
    }
  });

  test('a schema is not migrated while a window is open, and the command names the holder', async () => {
    const core = await openWindow();
    try {
      expect(await refused('migrate down', '--workspace', 'w')).toMatchObject({
        code: 1,
        error: { code: 'BUSY' },
      });
      const { stderr } = await frames('migrate down', '--workspace', 'w');
      expect(stderr).toContain('FRAMES window');
    } finally {
      await core.close();
    }
    expect((await frames('migrate down', '--workspace', 'w')).code).toBe(0);
  });
});
