import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.ts';

interface LockEntry {
  version?: string;
  resolved?: string;
  integrity?: string;
  gypfile?: boolean;
  link?: boolean;
}

export interface Lockfile {
  packages: Record<string, LockEntry>;
}

export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Ships its binary inside the tarball; without this note npm 10 would compile it all the same. */
const prebuilt = 'node_modules/better-sqlite3';

/** What is wrong with a lockfile and its manifest, each as one plain sentence; empty when all is well. */
export function lockfileProblems(lock: Lockfile, manifest: Manifest): string[] {
  const problems: string[] = [];
  for (const [name, entry] of Object.entries(lock.packages)) {
    if (name === '') continue;
    if (entry.resolved !== undefined) problems.push(`${name} records a download address: ${entry.resolved}`);
    if (entry.integrity === undefined && !entry.link) problems.push(`${name} has no integrity hash.`);
  }
  const sqlite = lock.packages[prebuilt];
  if (!sqlite) problems.push(`${prebuilt} is missing.`);
  else if (sqlite.gypfile !== false) problems.push(`${prebuilt} lacks "gypfile": false.`);
  for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (!/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)) {
      problems.push(`package.json: ${name} is not pinned: ${range}`);
    }
  }
  return problems;
}

/** The same lockfile without download addresses and with the note that npm drops. */
export function mended(lock: Lockfile): Lockfile {
  const packages = Object.entries(lock.packages).map(([name, entry]) => {
    const { resolved: _dropped, ...kept } = entry;
    return [name, name === prebuilt ? { ...kept, gypfile: false } : kept] as const;
  });
  return { ...lock, packages: Object.fromEntries(packages) };
}

function main(): void {
  const file = join(root, 'package-lock.json');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  let lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  if (process.argv.includes('--fix')) {
    lock = mended(lock);
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  }
  const problems = lockfileProblems(lock, manifest);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) return;
  console.error('package-lock.json: `node scripts/lockfile.ts --fix` mends addresses and the gypfile note.');
  process.exitCode = 1;
}

if (import.meta.main) main();
