import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { lockExclusive, lockShared } from '#core/kernel/db/lock.ts';
import { testFolder } from '#test/support/folder.ts';

const lockFile = (): string => join(testFolder(), 'lock.sqlite');

/** Who holds the lock, when it is refused. */
function refusedBy(take: () => unknown): unknown {
  try {
    take();
  } catch (error) {
    if (isFault(error) && error.code === 'BUSY') return error.data;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the lock of a workspace', () => {
  test('is shared by many unless somebody wants it exclusively', () => {
    const file = lockFile();
    const held = [lockShared(file), lockShared(file), lockShared(file)];
    for (const lock of held) lock.release();
    expect(() => lockExclusive(file).release()).not.toThrow();
  });

  test('is refused exclusively while others hold it, and names them', () => {
    const file = lockFile();
    const shared = lockShared(file);
    const refused = refusedBy(() => lockExclusive(file, () => 'FRAMES window'));
    expect(refused).toEqual({ holder: 'FRAMES window', waited_ms: 0 });
    shared.release();
    lockExclusive(file).release();
  });

  test('is refused to everybody while one holds it alone', () => {
    const file = lockFile();
    const alone = lockExclusive(file);
    refusedBy(() => lockShared(file));
    refusedBy(() => lockExclusive(file));
    alone.release();
    expect(() => lockShared(file).release()).not.toThrow();
  });

  test('ends with its holder; releasing twice is harmless', () => {
    const file = lockFile();
    const lock = lockExclusive(file);
    lock.release();
    lock.release();
    expect(() => lockExclusive(file).release()).not.toThrow();
  });

  test('cannot be taken in a folder that there is not', () => {
    expect(() => lockShared(join(testFolder(), 'missing', 'lock.sqlite'))).toThrow('does not exist');
  });
});
