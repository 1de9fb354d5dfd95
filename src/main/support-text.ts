import { readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { escapePattern } from '#shared/domain/escape-pattern.ts';
import type { Program } from '#shared/shell/program.ts';

export interface SupportSources {
  program: Program;
  /** Log files, with the name that they get in the text. */
  logs: readonly { name: string; file: string }[];
  /** The folder of Chromium's crash reports, which are never sent. */
  crashes: string;
  /** Words to leave out beside those of this computer, as the folder of the workspace, with what takes their place. */
  hidden: readonly (readonly [string, string])[];
}

/** The newest lines of each log; more is rarely read. */
const LINES = 60;

/** Describes the program, its newest log lines and crash reports for a supporter. Names of people and of this computer are redacted. */
export function supportText({ program, logs, crashes, hidden }: SupportSources): string {
  const facts = Object.entries(program).map(([name, value]) => `${name}: ${value}`);
  const parts = [
    ['FRAMES', ...facts],
    ['Crash reports', ...crashReports(crashes)],
    ...logs.map(({ name, file }) => [name, ...lastLines(file)]),
  ];
  return redact(parts.map(([title, ...lines]) => `${title}\n${lines.join('\n')}\n`).join('\n'), hidden);
}

function lastLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LINES);
  } catch {
    return ['(none)'];
  }
}

/** When each report was written; their contents hold memory of the program, so they are not part of the text. */
function crashReports(folder: string): string[] {
  try {
    const dumps = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.dmp'),
    );
    const times = dumps.map((name) => statSync(join(folder, name)).mtime.toISOString());
    return times.length > 0 ? times.toSorted() : ['(none)'];
  } catch {
    return ['(none)'];
  }
}

/**
 * Leaves out of a text what may name people and places: this computer, its user and folders, `hidden`, email addresses, and addresses of
 * servers.
 */
export function redact(
  text: string,
  hidden: SupportSources['hidden'],
  names: SupportSources['hidden'] = namesHere(),
): string {
  const words = [...hidden, ...names].filter(([word]) => word.length > 1);
  // The longest first, so that a folder is left out as a whole.
  const sorted = words.toSorted(([one], [other]) => other.length - one.length);
  const without = sorted.reduce((rest, [word, instead]) => rest.replaceAll(whole(word), () => instead), text);
  return without
    .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '(email)')
    .replaceAll(/\b(https?|wss?|postgres):\/\/[^\s"'\\]+/g, '$1://(address)');
}

/** The word where it is not part of a longer one. In JSON a backslash of a Windows path is written twice. */
function whole(word: string): RegExp {
  const escaped = escapePattern(word).replaceAll('\\\\', '\\\\{1,2}');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu');
}

const namesHere = (): [string, string][] => [
  [homedir(), '~'],
  [hostname(), '(computer)'],
  [userInfo().username, '(user)'],
];
