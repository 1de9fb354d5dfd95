import { readdirSync, statSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { readTextSync } from '#files/open-file.ts';
import { escapePattern } from '#shared/domain/escape-pattern.ts';
import type { Program } from '#shared/shell/program.ts';

export interface SupportSources {
  program: Program;
  logs: readonly { name: string; file: string }[];
  /** Folder of Chromium's crash reports, which are never uploaded. */
  crashes: string;
  /** Words to redact besides the names of this computer, with their replacements: the workspace folder. */
  redactions: readonly (readonly [string, string])[];
}

const LINES_PER_LOG = 60;

/** Describes the program, its newest log lines and crash reports, with personal names redacted. */
export function supportText({ program, logs, crashes, redactions }: SupportSources): string {
  const facts = Object.entries(program).map(([name, value]) => `${name}: ${value}`);
  const parts = [
    ['FRAMES', ...facts],
    ['Crash reports', ...crashReports(crashes)],
    ...logs.map(({ name, file }) => [name, ...lastLines(file)]),
  ];
  return redactText(
    parts.map(([title, ...lines]) => `${title}\n${lines.join('\n')}\n`).join('\n'),
    redactions,
  );
}

function lastLines(file: string): string[] {
  try {
    return readTextSync(file).trimEnd().split('\n').slice(-LINES_PER_LOG);
  } catch {
    return ['(none)'];
  }
}

/** Lists only the time of each crash report, because its content is a dump of program memory. */
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

/** Redacts the names of this computer, its user and folders, the words of `redactions`, and email and server addresses. */
export function redactText(
  text: string,
  redactions: SupportSources['redactions'],
  names: SupportSources['redactions'] = localNames(),
): string {
  const words = [...redactions, ...names].filter(([word]) => word.length > 1);
  // Longest first, so that a folder is replaced as a whole.
  const sortedWords = words.toSorted(([one], [other]) => other.length - one.length);
  const redacted = sortedWords.reduce(
    (rest, [word, replacement]) => rest.replaceAll(wholeWord(word), () => replacement),
    text,
  );
  return redacted
    .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '(email)')
    .replaceAll(/\b(https?|wss?|postgres):\/\/[^\s"'\\]+/g, '$1://(address)');
}

/** Matches whole words only. A backslash in a Windows path can be doubled, because logs are JSON. */
function wholeWord(word: string): RegExp {
  const escaped = escapePattern(word).replaceAll('\\\\', '\\\\{1,2}');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu');
}

const localNames = (): [string, string][] => [
  [homedir(), '~'],
  [hostname(), '(computer)'],
  [userInfo().username, '(user)'],
];
