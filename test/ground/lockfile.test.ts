import { describe, expect, test } from 'vitest';
import { type Lockfile, type Manifest, lockfileProblems, mended } from '#scripts/lockfile.ts';

const manifest: Manifest = {
  dependencies: { 'better-sqlite3': '13.2.0' },
  devDependencies: { typescript: 'npm:@typescript/typescript6@6.0.2' },
};

function lockfile(changes: Lockfile['packages'] = {}): Lockfile {
  return {
    packages: {
      '': {},
      'node_modules/better-sqlite3': { version: '13.2.0', integrity: 'sha512-a', gypfile: false },
      'node_modules/zod': { version: '4.6.7', integrity: 'sha512-b' },
      ...changes,
    },
  };
}

const withAddress = lockfile({
  'node_modules/zod': { version: '4.6.7', integrity: 'sha512-b', resolved: 'https://example.org/zod.tgz' },
});
const compiling = lockfile({
  'node_modules/better-sqlite3': { version: '13.2.0', integrity: 'sha512-a' },
});

describe('the lockfile check', () => {
  test('is content with a good lockfile', () => {
    expect(lockfileProblems(lockfile(), manifest)).toEqual([]);
  });

  test('finds a download address', () => {
    expect(lockfileProblems(withAddress, manifest)).toEqual([
      'node_modules/zod records a download address: https://example.org/zod.tgz',
    ]);
  });

  test('finds that better-sqlite3 would be compiled', () => {
    expect(lockfileProblems(compiling, manifest)).toEqual([
      'node_modules/better-sqlite3 lacks "gypfile": false.',
    ]);
  });

  test('finds a package without a hash', () => {
    const lock = lockfile({ 'node_modules/zod': { version: '4.6.7' } });
    expect(lockfileProblems(lock, manifest)).toEqual(['node_modules/zod has no integrity hash.']);
  });

  test.each(['^4.6.7', '~4.6.7', '4', '*', 'latest', 'npm:other@^1.0.0'])(
    'finds the loose range %s',
    (range) => {
      const loose = { ...manifest, dependencies: { zod: range } };
      expect(lockfileProblems(lockfile(), loose)).toEqual([`package.json: zod is not pinned: ${range}`]);
    },
  );

  test.each([withAddress, compiling])('repairs its findings and keeps the rest', (broken) => {
    expect(mended(broken)).toEqual(lockfile());
  });
});
