import { expect, test } from 'vitest';
import { previewLines } from '#cli/output/restore.ts';
import type { RestorePreview } from '#shared/contract/backups.ts';

const preview = (sandboxes: number, acts: RestorePreview['acts'] = null) =>
  previewLines({
    backup: { id: 'b', made: null, counts: {} },
    now: {},
    line: 'another',
    later: null,
    acts,
    schema: 'same',
    sandboxes,
  } as unknown as RestorePreview);

test('who acts is told where they are not in it', () => {
  expect(preview(0, { now: 'Late', after: 'Ada' }).at(-1)).toBe(
    'The profile "Late" is not in it; the first there is "Ada".',
  );
});

test('one sandbox stays, two stay', () => {
  expect(preview(0).join(' ')).not.toContain('andbox');
  expect(preview(1).at(-1)).toBe('1 sandbox stays as it is.');
  expect(preview(2).at(-1)).toBe('2 sandboxes stay as they are.');
});
