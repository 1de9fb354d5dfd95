import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { checkRoom } from '#core/import/write.ts';

describe('checkRoom', () => {
  it('refuses an import without enough disk space, with the amount needed', async () => {
    const small = () => Promise.resolve(1024 * 1024);
    await expect(checkRoom(tmpdir(), 10 * 1024 * 1024, small)).rejects.toMatchObject({
      code: 'BAD_FILE',
      data: { reason: 'no_room' },
      message: 'The import needs about 60 MB; the disk has 1 MB free.',
    });
  });

  it('asks the disk itself', async () => {
    await expect(checkRoom(tmpdir(), 1)).resolves.toBeUndefined();
    await expect(checkRoom(tmpdir(), Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'BAD_FILE' });
  });
});
