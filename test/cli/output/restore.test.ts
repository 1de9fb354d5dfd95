import { expect, test } from 'vitest';
import { previewLines } from '#cli/output/restore.ts';
import type { RestorePreview } from '#shared/contract/backups.ts';

const preview = (sandboxes: number) =>
  previewLines({
    backup: { id: 'b', made: null, counts: {} },
    now: {},
    line: 'another',
    later: null,
    schema: 'same',
    sandboxes,
  } as unknown as RestorePreview);

test('one sandbox stays, two stay', () => {
  expect(preview(0).join(' ')).not.toContain('andbox');
  expect(preview(1).at(-1)).toBe('1 sandbox stays as it is.');
  expect(preview(2).at(-1)).toBe('2 sandboxes stay as they are.');
});
