import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';

const id = 'sbx_019b8d62-7a84-7000-bef9-817b695596b1';

test('what is open of a sandbox is its own; of live only what both share', () => {
  const live = workspaceFiles('w');
  const own = workspaceFiles('w', { kind: 'sandbox', id });
  expect(live.data).toBe(live.live);
  expect(own.live).toBe(live.live);
  for (const part of ['data', 'head', 'lock', 'holders'] as const) {
    expect(own[part]).not.toBe(live[part]);
    expect(own[part].startsWith(join('w', 'sandboxes', `${id}.`))).toBe(true);
  }
  for (const part of ['folder', 'sandboxes', 'backups', 'logs'] as const) expect(own[part]).toBe(live[part]);
});

test.each(['', 'live', 'sbx_', `${id}/../x`, `../${id}`, id.toUpperCase(), `${id}\n`, `${id}.sqlite`])(
  'no path is made of %j',
  (wrong) => {
    expect(() => workspaceFiles('w', { kind: 'sandbox', id: wrong })).toThrow('There is no sandbox');
  },
);
