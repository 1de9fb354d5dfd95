import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, vi } from 'vitest';
import { git } from '#scripts/lib/git.ts';
import { root } from '#scripts/lib/paths.ts';
import { testFolder } from '../support/folder.ts';

/** A repository with two commits, cloned with the newest only. Returns the clone's folder and that commit. */
function shallowClone(): { clone: string; commit: string } {
  const folder = testFolder();
  const [origin, clone] = [join(folder, 'origin'), join(folder, 'clone')];
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  const inOrigin = (...args: string[]): string =>
    execFileSync('git', ['-C', origin, ...identity, ...args], { encoding: 'utf8' }).trim();
  execFileSync('git', ['init', '--quiet', origin]);
  for (const text of ['first', 'second']) {
    writeFileSync(join(origin, 'file'), text);
    inOrigin('add', 'file');
    inOrigin('commit', '--quiet', '--message', text);
  }
  execFileSync('git', ['clone', '--quiet', '--depth=1', pathToFileURL(origin).href, clone]);
  return { clone, commit: inOrigin('rev-parse', 'HEAD') };
}

test('git reads a shallow clone of another owner without a home folder', () => {
  const { clone, commit } = shallowClone();
  vi.stubEnv('HOME', undefined);
  // Git's own switch for its tests: it takes every folder for one of another user.
  vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
  expect(() => execFileSync('git', ['rev-parse', 'HEAD'], { cwd: clone, stdio: 'pipe' })).toThrow(
    'dubious ownership',
  );
  expect(git(['rev-parse', 'HEAD'], clone)).toBe(commit);
  expect(git(['log', '-1', '--format=%s'], clone)).toBe('second');
});

test('no script calls git in another way', () => {
  const files = globSync('{scripts,bench,src,test}/**/*.ts', { cwd: root });
  const callers = files.filter((file) => /\(\s*'git'/.test(readFileSync(join(root, file), 'utf8')));
  expect(callers.toSorted()).toEqual(['scripts/lib/git.ts', 'test/ground/git.test.ts']);
});
