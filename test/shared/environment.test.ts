import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import {
  inheritedVariables,
  knownVariables,
  unknownVariables,
  withoutEmpty,
} from '#shared/domain/environment.ts';

const sources = (folder: string): [path: string, text: string][] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]);

test('a variable is found in the case of Windows, or else in its own', () => {
  expect(inheritedVariables(['PATH', 'TZ'], { Path: 'C:\\git', SECRET: 'x' })).toEqual({
    PATH: 'C:\\git',
    TZ: undefined,
  });
  expect(inheritedVariables(['PATH'], { PATH: '/bin', path: '/other' })).toEqual({ PATH: '/bin' });
});

test('an unknown variable is named, with the known one that it resembles', () => {
  expect(
    unknownVariables({
      FRAMES_SECRT: 'x',
      FRAMES_BACKUP_FOLDER: 'x',
      FRAMES_SECRET_FILE: 'x',
      FRAMES_SERVICE_HOST: '10.0.0.1',
      PATH: '/bin',
    }),
  ).toEqual([
    'The variable FRAMES_BACKUP_FOLDER is unknown and has no effect. Did you mean FRAMES_BACKUP_DIR?',
    'The variable FRAMES_SECRT is unknown and has no effect. Did you mean FRAMES_SECRET?',
  ]);
  expect(unknownVariables({ FRAMES_COMPLETELY_DIFFERENT: 'x' })).toEqual([
    'The variable FRAMES_COMPLETELY_DIFFERENT is unknown and has no effect.',
  ]);
});

test('an empty variable counts as unset', () => {
  expect(withoutEmpty({ FRAMES_ACTOR: '', FRAMES_WORKSPACE: ' ', HOME: '/root' })).toEqual({ HOME: '/root' });
});

test('only one file reads the environment of the process, and only the shell changes it', () => {
  const readers = sources('src').flatMap(([path, text]) =>
    [...text.matchAll(/process\.env\b(?!\[\w+\] = )/g)].map(() => path),
  );
  expect(readers).toEqual([]);
});

test('every variable of the files for a deployment is known', () => {
  const named = sources('deploy').flatMap(([, text]) =>
    [...text.matchAll(/\b(FRAMES_[A-Z_]*[A-Z])\b/g)].map(([, name = '']) => name),
  );
  expect([...new Set(named.filter((name) => !knownVariables.includes(name)))]).toEqual([]);
});

test('every variable in the sources is known', () => {
  const named = sources('src').flatMap(([, text]) =>
    [...text.matchAll(/'(FRAMES_[A-Z_]*[A-Z])'/g)].map(([, name = '']) => name),
  );
  expect(named.filter((name) => !knownVariables.includes(name))).toEqual([]);
});
