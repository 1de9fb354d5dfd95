import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git } from '#scripts/lib/git.ts';

export interface Author {
  name: string;
  email: string;
}

const someone = (name: string, email: string): Author => ({ name, email });
export const ann = someone('Ann', 'ann@uni.example');
export const annAtHome = someone('Ann', 'ann@private.example');
export const bo = someone('Bo', 'bo@uni.example');
export const cy = someone('Cy', 'cy@uni.example');
const bot = someone('dependabot[bot]', '1+dependabot[bot]@users.noreply.github.com');

/** A repository in a folder, written by git with exact authors and days. */
export class TestRepository {
  readonly folder: string;
  #day = 0;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.git('init', '-q', '-b', 'main', '.');
  }

  git(...args: string[]): string {
    return git(args, this.folder);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  append(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content, { flag: 'a' });
  }

  remove(path: string): void {
    rmSync(join(this.folder, path));
  }

  move(from: string, to: string): void {
    mkdirSync(dirname(join(this.folder, to)), { recursive: true });
    renameSync(join(this.folder, from), join(this.folder, to));
  }

  /** Commits everything, a day after the last commit. */
  commit({ name, email }: Author, message: string): void {
    this.#day += 1;
    const day = new Date(Date.UTC(2026, 0, this.#day, 12)).toISOString();
    this.git('add', '-A');
    const committer = ['-c', 'user.name=Committer', '-c', 'user.email=committer@uni.example'];
    const author = [`--author=${name} <${email}>`, `--date=${day}`];
    this.git(...committer, 'commit', '-q', '--allow-empty', '-m', message, ...author);
  }
}

/** Twelve commits with a mailmap, a rename, a bot, an import of 30 files, a co-author and a file that was written again. */
export function writeFixture(folder: string): TestRepository {
  const repository = new TestRepository(folder);
  repository.write('flight/adcs.c', '1\n');
  repository.write('flight/power.c', '1\n');
  repository.commit(ann, 'ADCS and power');
  repository.append('flight/adcs.c', '2\n');
  repository.commit(ann, 'tune');
  repository.append('flight/adcs.c', '3\n');
  repository.commit(annAtHome, 'from home');
  repository.write(
    '.mailmap',
    'Ann Arden <ann@uni.example> <ann@private.example>\nAnn Arden <ann@uni.example> Ann <ann@uni.example>\n',
  );
  repository.commit(ann, 'mailmap');
  repository.append('flight/adcs.c', '4\n');
  repository.commit(bo, 'fix');
  repository.write('ground/pass.py', '1\n');
  repository.commit(bo, 'passes');
  repository.move('flight/power.c', 'flight/eps.c');
  repository.commit(cy, 'rename only');
  repository.append('ground/pass.py', '2\n');
  repository.commit(cy, 'edit');
  repository.append('ground/pass.py', '3\n');
  repository.commit(bot, 'bump');
  for (let index = 1; index <= 30; index++) repository.write(`lib/v${index}.c`, `${index}\n`);
  repository.commit(cy, 'import a library');
  repository.append('ground/pass.py', '4\n');
  repository.commit(bo, 'pairing\n\nCo-authored-by: Cy <cy@uni.example>\nFrames-Task: task_a1');
  repository.write('flight/eps.c', '9\n');
  repository.write('README.md', 'x\n');
  repository.commit(ann, 'rewrite eps');
  return repository;
}
