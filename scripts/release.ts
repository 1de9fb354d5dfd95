import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from './lib/electron-kinds.ts';
import { variable } from './lib/environment.ts';
import { git } from './lib/git.ts';
import { packageJson } from './lib/package-json.ts';
import { changelogSection, readPublished, releaseProblems, writeChecksums } from './lib/packaging/release.ts';
import { signingKey } from './lib/packaging/signing.ts';
import { root } from './lib/paths.ts';

const usage = `usage: npm run release -- check TAG | files
check TAG  prints why a release of this commit must not be built
files      writes the checksums of the packages in dist/, and the release notes`;

const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

async function release([command, tag = '', ...more]: readonly string[]): Promise<number> {
  if (command === 'check' && more.length === 0) return check(tag);
  if (command === 'files' && tag === '') return writeFiles();
  console.error(usage);
  return 2;
}

async function check(tag: string): Promise<number> {
  const files = git(['ls-files', '-z'])
    .split('\0')
    .filter((path) => path !== '');
  const problems = releaseProblems({
    tag,
    version: packageJson.version,
    updateAddress: variable('FRAMES_UPDATE_URL'),
    key: signingKey(),
    keys: await read('resources/keys.json'),
    changelog: await read('CHANGELOG.md'),
    texts: await readPublished(root, files),
  });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  console.log(`${tag} may be released.`);
  return 0;
}

async function writeFiles(): Promise<number> {
  const { version } = packageJson;
  const notes = changelogSection(await read('CHANGELOG.md'), version);
  if (notes === null) throw new Error(`CHANGELOG.md has no section [${version}].`);
  const key = signingKey();
  const names = await writeChecksums(join(root, 'dist'), key);
  if (names.length === 0) throw new Error('dist/ has no packages.');
  await writeFile(join(root, 'dist/release-notes.md'), `${notes}\n`);
  console.log(`Wrote the ${key ? 'signed' : 'unsigned'} checksums of ${names.join(', ')}.`);
  return 0;
}

try {
  process.exitCode = await release(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
