import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlerPackages, lockedPart, serverPackages } from './lib/images/server-packages.ts';
import type { Lock } from './lib/images/server-packages.ts';
import { root } from './lib/paths.ts';

/** Writes a manifest and a lock file for `npm ci` into a folder: of the server's packages, or with `--bundler` of those that build it. */
const [folder, kind] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/server-packages.ts FOLDER [--bundler]');
  process.exitCode = 2;
} else {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const names = kind === '--bundler' ? [...serverPackages, ...bundlerPackages] : serverPackages;
  const part = lockedPart(lock, names);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(part.manifest, null, 2));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(part.lock, null, 2));
}
