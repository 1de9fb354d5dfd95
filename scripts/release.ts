import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from './lib/electron-kinds.ts';
import { variable } from './lib/environment.ts';
import { git } from './lib/git.ts';
import { packageJson } from './lib/package-json.ts';
import { distFolder } from './lib/packaging/dist-folder.ts';
import { changelogSection, readPublished, releaseProblems, writeChecksums } from './lib/packaging/release.ts';
import { signingKey } from './lib/packaging/signing.ts';
import type { SigningKey } from './lib/packaging/signing.ts';
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
  const files = listFiles('ls-files', '-z');
  const problems = releaseProblems({
    tag,
    taggedCommit: commitOfTag(tag),
    commit: git(['rev-parse', 'HEAD']),
    changed: [
      ...listFiles('diff', '--name-only', '-z', 'HEAD'),
      ...listFiles('ls-files', '--others', '--exclude-standard', '-z'),
    ],
    version: packageJson.version,
    updateAddress: variable('FRAMES_UPDATE_URL'),
    key: keyOrError(),
    keys: await read('resources/keys.json'),
    changelog: await read('CHANGELOG.md'),
    texts: await readPublished(root, files),
  });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  console.log(`${tag} may be released.`);
  return 0;
}

/** An unusable key is one of the reasons against a release, beside the others. */
function keyOrError(): SigningKey | Error | null {
  try {
    return signingKey();
  } catch (error) {
    return error as Error;
  }
}

const listFiles = (...args: string[]): string[] =>
  git(args)
    .split('\0')
    .filter((path) => path !== '');

function commitOfTag(tag: string): string | null {
  try {
    return git(['rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`]);
  } catch {
    return null;
  }
}

async function writeFiles(): Promise<number> {
  const { version } = packageJson;
  const notes = changelogSection(await read('CHANGELOG.md'), version);
  if (notes === null) throw new Error(`CHANGELOG.md has no section [${version}].`);
  const key = signingKey();
  const folder = distFolder();
  const names = await writeChecksums(folder, key);
  if (names.length === 0) throw new Error('dist/ has no packages.');
  await writeFile(join(folder, 'release-notes.md'), `${notes}\n`);
  console.log(`Wrote the ${key ? 'signed' : 'unsigned'} checksums of ${names.join(', ')}.`);
  return 0;
}

try {
  process.exitCode = await release(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
