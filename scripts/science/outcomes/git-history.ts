import { resolve } from 'node:path';
import { git } from '../../lib/git.ts';
import type { ChangeKind, Commit, FileChange, History } from './history.ts';

const daySeconds = 86_400;
const [recordMark, fieldMark, listMark] = ['\u001E', '\u001F', '\u001D'];
const format = `%x1e%at%x1f%ct%x1f%aN <%aE>%x1f%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x1d)%x1f`;
/** Arguments of one command are limited to some hundred thousand characters. */
const peoplePerCommand = 500;

const botPattern =
  /\[bot\]|(?<![a-z])bot@|\bbot <|^(?:zuul|jenkins|dependabot|renovate|greenkeeper|github-actions|pre-commit-ci)\b|<(?:zuul|jenkins|dependabot|renovate|greenkeeper|github-actions|pre-commit-ci)\b[^>]*@|^github <noreply@github\.com>/i;

/** Whether a program wrote a commit. `person` is “Name <address>”. */
export const isBot = (person: string): boolean => botPattern.test(person);

const addressOf = (person: string): string =>
  (/<([^<>]*)>\s*$/.exec(person)?.[1] ?? person).trim().toLowerCase();

/**
 * The history of a git folder: authors and co-authors by address, with the folder's mailmap. Merges and bots are left out, and a rename is
 * a deletion and an addition. Of a subfolder, only its files count. Throws an error that names the folder.
 */
export function readGitHistory(path: string): History {
  const folder = resolve(path);
  const entries = readLog(folder)
    .split(recordMark)
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const [authored = '', committed = '', author = '', coAuthors = '', changes = ''] =
        entry.split(fieldMark);
      return {
        // A wrong clock can date a commit after its merge.
        day: Math.floor(Math.min(Number(authored), Number(committed)) / daySeconds),
        author,
        coAuthors: coAuthors.split(listMark).filter((person) => person.trim() !== ''),
        changes: changes.split('\n').filter(Boolean),
      };
    });
  const mapped = applyMailmap(folder, [...new Set(entries.flatMap(({ coAuthors }) => coAuthors))]);
  const [authors, files] = [new Numbering(), new Numbering()];
  const commits = entries.flatMap(({ day, author, coAuthors, changes }): Commit[] => {
    const people = [author, ...coAuthors.map((person) => mapped.get(person) ?? person)].filter(
      (person) => !isBot(person),
    );
    if (people.length === 0) return [];
    return [
      {
        day,
        authors: [...new Set(people.map(addressOf))].map((address) => authors.numberOf(address)),
        changes: changes.map((line) => readChange(line, folder, files)),
      },
    ];
  });
  if (commits.length === 0) throw new Error(`${folder} has no commits of people.`);
  return { commits, paths: files.names };
}

function readLog(folder: string): string {
  try {
    return git(
      [
        '-c',
        'core.quotePath=false',
        'log',
        '--reverse',
        '--no-merges',
        '--no-renames',
        '--use-mailmap',
        '--name-status',
        // The user's settings could change the output.
        '--no-color',
        '--no-relative',
        '--no-show-signature',
        '--encoding=UTF-8',
        `--format=${format}`,
        '--',
        '.',
      ],
      folder,
    );
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer | string };
    const reason = String(stderr ?? '').trim() || message;
    throw new Error(`The git history of ${folder} cannot be read: ${reason.split('\n')[0]}`, {
      cause: error,
    });
  }
}

function readChange(line: string, folder: string, files: Numbering): FileChange {
  const [kind = '', path = ''] = line.split('\t');
  if (!/^[AMTD]$/.test(kind) || path === '')
    throw new Error(`${folder}: git reports a change that is not understood: “${line.slice(0, 80)}”.`);
  // Git quotes paths with unusual characters.
  return { file: files.numberOf(path.replace(/^"(.*)"$/, '$1')), kind: kind as ChangeKind };
}

/** The people under the names of the mailmap; git log maps only authors. */
function applyMailmap(folder: string, people: readonly string[]): Map<string, string> {
  const mapped = new Map<string, string>();
  const contacts = people.filter((person) => /^[^<>]*<[^<>]+>\s*$/.test(person));
  for (let start = 0; start < contacts.length; start += peoplePerCommand) {
    const part = contacts.slice(start, start + peoplePerCommand);
    const lines = git(['check-mailmap', ...part], folder).split('\n');
    for (const [index, person] of part.entries()) mapped.set(person, lines[index] ?? person);
  }
  return mapped;
}

/** Numbers names in the order in which they first appear. */
class Numbering {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(name: string): number {
    const number = this.#numbers.get(name);
    if (number !== undefined) return number;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
