import { expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';

const id = 'sbx_019b8d62-7a84-7000-bef9-817b695596b1';

test.each(['', 'live', 'sbx_', `${id}/../x`, `../${id}`, id.toUpperCase(), `${id}\n`, `${id}.sqlite`])(
  'no path is made of %j',
  (wrong) => {
    expect(() => workspaceFiles('w', { kind: 'sandbox', id: wrong })).toThrow('There is no sandbox');
  },
);
