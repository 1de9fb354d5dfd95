import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git } from '#scripts/lib/git.ts';
import { FileIndex, findImports } from '#core/code-maps/imports.ts';
import { readManifest } from '#core/code-maps/packages.ts';
import { pathMatcher } from '#core/code-maps/path-patterns.ts';
import { logArguments } from '#core/code-maps/git/log-parser.ts';
import { TestRepository, ann, bo, cy, writeFixture } from './fixture.ts';
import { scanAt } from './scan-at.ts';

let folder = '';
let canary = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-hostile-'));
  canary = join(folder, 'fired');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const readAt = (repository: string) => scanAt(repository, {}, mkdtempSync(join(folder, 'scratch-')));

/** A program that a repository would like to run. */
function makeProgram(): string {
  const program = join(folder, 'program.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${canary}'\nexit 1\n`);
  chmodSync(program, 0o755);
  return program;
}

/** The output of plain git in the repository, with arguments that look harmless; whatever its exit code. */
function plainGit(repository: TestRepository, args: readonly string[]): string {
  try {
    return repository.git(...args);
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

const countCommits = (output: string): number => output.split('\u0001').length - 1;

/** Takes the parent of the head out of the commit graph. */
function forgeCommitGraph(repository: TestRepository): void {
  repository.git('commit-graph', 'write', '--reachable');
  const path = join(repository.folder, '.git/objects/info/commit-graph');
  const graph = readFileSync(path);
  const chunkStart = (name: string): number => {
    const entry = graph.indexOf(name, 8, 'latin1');
    return Number(graph.readBigUInt64BE(entry + 4));
  };
  const [ids, data] = [chunkStart('OIDL'), chunkStart('CDAT')];
  const head = Buffer.from(repository.git('rev-parse', 'HEAD').trim(), 'hex');
  const position = (graph.indexOf(head, ids) - ids) / 20;
  const noParent = 0x70_00_00_00;
  graph.writeUInt32BE(noParent, data + position * 36 + 20);
  const content = graph.subarray(0, graph.length - 20);
  chmodSync(path, 0o644);
  writeFileSync(path, Buffer.concat([content, createHash('sha1').update(content).digest()]));
}

describe('a hostile repository', () => {
  it('runs no program for signatures', async () => {
    const repository = writeFixture(join(folder, 'repository'));
    const head = repository.git('cat-file', 'commit', 'HEAD');
    const signed = head.replace(
      /\n\n/,
      '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n',
    );
    writeFileSync(join(folder, 'commit'), signed);
    const id = repository.git('hash-object', '-t', 'commit', '-w', join(folder, 'commit')).trim();
    repository.git('update-ref', 'refs/heads/main', id);
    repository.git('config', 'gpg.program', makeProgram());
    repository.git('config', 'log.showSignature', 'true');
    plainGit(repository, ['log', '--name-status', '-M']);
    expect(existsSync(canary)).toBe(true);
    rmSync(canary);
    expect((await readAt(repository.folder)).map.commits).toBe(12);
    expect(existsSync(canary)).toBe(false);
  });

  it('runs no external diff', async () => {
    const repository = writeFixture(join(folder, 'repository'));
    repository.git('config', 'diff.external', makeProgram());
    plainGit(repository, ['diff', 'HEAD~1', 'HEAD']);
    expect(existsSync(canary)).toBe(true);
    rmSync(canary);
    expect((await readAt(repository.folder)).map.commits).toBe(12);
    expect(existsSync(canary)).toBe(false);
  });

  it('hides no commits by a forged commit graph', async () => {
    const repository = writeFixture(join(folder, 'repository'));
    forgeCommitGraph(repository);
    expect(countCommits(plainGit(repository, [...logArguments, 'HEAD']))).toBe(1);
    expect((await readAt(repository.folder)).map.commits).toBe(12);
  });

  it('replaces no commits', async () => {
    const repository = writeFixture(join(folder, 'repository'));
    repository.git('replace', '--graft', 'HEAD');
    expect(countCommits(plainGit(repository, [...logArguments, 'HEAD']))).toBe(1);
    expect((await readAt(repository.folder)).map.commits).toBe(12);
  });

  it('may have names of any form, and dates of any year', async () => {
    const repository = new TestRepository(join(folder, 'repository'));
    for (const name of [
      'new\nline.c',
      'tab\t.c',
      '\u202Ecod.c',
      '__proto__/x.c',
      'é.c',
      'e\u0301.c',
      '\u0001a.c',
    ])
      repository.write(name, name);
    repository.commit({ name: 'script', email: '' }, 'x'.repeat(100_000));
    repository.append('new\nline.c', '2');
    repository.commit(bo, '\u0001not a header');
    const { map } = await readAt(repository.folder);
    expect(map.commits).toBe(2);
    expect(new Set(map.files.map(({ path }) => path))).toEqual(
      new Set(['new\nline.c', 'tab\t.c', '\u202Ecod.c', '__proto__/x.c', 'é.c', 'e\u0301.c', '\u0001a.c']),
    );
  });

  it('may move a hundred thousand equal files, which takes ten times as long as ten thousand', async () => {
    const commit = (text: string): string =>
      `commit refs/heads/main\ncommitter Bo <bo@uni.example> 1767225600 +0000\ndata 0\n${text}\n`;
    const measure = async (name: string, count: number): Promise<number> => {
      const repository = new TestRepository(join(folder, name));
      const files = Array.from({ length: count }, (_, index) => `M 100644 :1 old/${index % 100}/${index}.c`);
      const stream = `blob\nmark :1\ndata 2\nx\n${commit(files.join('\n'))}${commit('R old new')}`;
      git(['fast-import', '--quiet'], repository.folder, stream);
      const before = process.cpuUsage();
      const { map } = await readAt(repository.folder);
      const { user, system } = process.cpuUsage(before);
      expect(map).toMatchObject({ commits: 2, files: [], left_out: { imported: count } });
      return user + system;
    };
    const few = await measure('few', 10_000);
    // Far from the hundred times of work that grows with the square.
    expect((await measure('many', 100_000)) / few).toBeLessThan(30);
  }, 300_000);

  it('may have owners by any pattern', () => {
    const matches = (pattern: string, ...paths: string[]) => paths.map(pathMatcher(pattern));
    expect(matches('*.c', 'a.c', 'x/a.c', 'a.cpp', 'x.c/a')).toEqual([true, true, false, true]);
    expect(matches('/src/', 'src/a', 'src', 'x/src/a')).toEqual([true, false, false]);
    expect(matches('src/', 'src/a', 'x/src/a', 'src')).toEqual([true, true, false]);
    expect(matches('docs/**', 'docs/a', 'docs/a/b', 'docs', 'x/docs/a')).toEqual([true, true, false, false]);
    expect(matches('/a/**/b', 'a/b', 'a/x/y/b/c', 'a/x', 'b')).toEqual([true, true, false, false]);
    expect(matches('a?c*e', 'abcde', 'ac', 'a/bcde/abce')).toEqual([true, false, true]);
    expect(matches('**', 'a', 'a/b')).toEqual([true, true]);
    // A search that tries each combination would not end.
    const deep = `${'a/'.repeat(2000)}y`;
    expect(matches(`${'**/'.repeat(40)}z`, deep)).toEqual([false]);
    expect(matches(`${'**/a/'.repeat(40)}z`, deep)).toEqual([false]);
    expect(matches(`${'*a'.repeat(40)}z`, 'a'.repeat(4000))).toEqual([false]);
  });

  it('may have contents that look like endless imports', () => {
    const files = new FileIndex([]);
    const long = 2_000_000;
    const texts = {
      JavaScript: ['import', 'from', 'require(', 'import ( '].map((start) => start + ' '.repeat(long)),
      Python: [`from ${'.'.repeat(long)}`, `from${' '.repeat(long)}`],
      Rust: ['pub(\n'.repeat(long / 5)],
    };
    for (const [language, each] of Object.entries(texts))
      for (const text of each)
        expect(findImports({ path: 'a', language, text }, files)).toEqual({ targets: [], external: 0 });
    const python = { path: 'a/b.py', language: 'Python', text: 'from . import x\nfrom ..c import y\n' };
    const modules = new FileIndex(['a/__init__.py', 'c.py']);
    expect(findImports(python, modules)).toEqual({ targets: ['a/__init__.py', 'c.py'], external: 0 });
    for (const text of ['\n'.repeat(long), 'x'.repeat(long)])
      expect(readManifest('go.mod', text)).toEqual({ name: null, dependencies: 0 });
    expect(readManifest('go.mod', 'require a v1\n\tb v2 // indirect\n\tc v3\n').dependencies).toBe(2);
    expect(readManifest('pom.xml', '<parent>'.repeat(long / 8))).toEqual({ name: null, dependencies: 0 });
    const pom = '<parent><artifactId>p</artifactId></parent><artifactId>own</artifactId>';
    expect(readManifest('pom.xml', pom).name).toBe('own');
  });

  it('is never written', async () => {
    const repository = writeFixture(join(folder, 'repository'));
    const list = (): string =>
      execFileSync('ls', ['-lR', '--time-style=full-iso', repository.folder], { encoding: 'utf8' });
    const before = list();
    await readAt(repository.folder);
    expect(list()).toBe(before);
    expect(readdirSync(folder).filter((name) => !name.startsWith('scratch-'))).toEqual(['repository']);
  });
});

describe('people', () => {
  it('are joined by address or full name, never by a first name', async () => {
    const repository = new TestRepository(join(folder, 'repository'));
    const signatures = [
      { name: 'Dana Diaz', email: 'dana@uni.example' },
      { name: 'dana diaz', email: 'dd@home.example' },
      { name: 'dd', email: 'DD@home.example' },
      { name: 'Dana', email: 'other@uni.example' },
      { name: 'Dana', email: '77+dana@users.noreply.github.com' },
      { name: 'Someone Else', email: 'dana@users.noreply.github.com' },
      ann,
      cy,
    ];
    for (const [index, signature] of signatures.entries()) {
      repository.write(`f${index}.c`, String(index));
      repository.commit(signature, `${index}`);
    }
    const { map } = await readAt(repository.folder);
    const people = signatures.map(
      (_, index) => map.files.find(({ path }) => path === `f${index}.c`)?.authors[0] ?? -1,
    );
    expect(people.map((person) => people.indexOf(person))).toEqual([0, 0, 0, 3, 4, 4, 6, 7]);
  });
});
