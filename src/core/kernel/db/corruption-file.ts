import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fstatSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { appendSync, openFileSync, readRestSync } from '#files/open-file.ts';
import { replaceFileSync } from '#files/replace-file.ts';
import { readSmallFile, refuseIrregular } from '../regular-file.ts';
import type { DamageKind } from '#shared/contract/workspace.ts';

/**
 * The file that records corruption of live. Each line names one kind; processes append lines concurrently. An unreadable line, such as an
 * incomplete one, counts as all kinds. A check first appends a `look` line: corruption found after that line is recorded again, even if the
 * same kind was recorded before.
 */
export const corruptionFileOf = (folder: string): string => join(folder, 'damaged.json');

const allKinds: readonly DamageKind[] = ['pages', 'log'];
const maxAttempts = 20;

export type SeenLines = ReadonlySet<string>;

const linesIn = (text: string): string[] => text.split('\n').filter(Boolean);
const lookLine = JSON.stringify({ version: 1, what: 'look' });
const corruptionLinesIn = (text: string): string[] => linesIn(text).filter((line) => line !== lookLine);

function readCorruptionFile(folder: string): string | null {
  try {
    return readSmallFile(corruptionFileOf(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Returns the kinds that a line names; all kinds if the line is unreadable or from a newer program. */
function kindsOf(line: string): readonly DamageKind[] {
  try {
    const what = (JSON.parse(line) as { what?: unknown } | null)?.what ?? 'pages';
    return what === 'pages' || what === 'log' ? [what] : allKinds;
  } catch {
    return allKinds;
  }
}

/** Returns the recorded kinds; all kinds if the file is empty or unreadable. */
export function recordedKinds(folder: string): readonly DamageKind[] {
  try {
    const text = readCorruptionFile(folder);
    if (text === null) return [];
    const lines = corruptionLinesIn(text);
    const recorded = new Set(lines.length === 0 ? allKinds : lines.flatMap(kindsOf));
    return allKinds.filter((kind) => recorded.has(kind));
  } catch {
    return allKinds;
  }
}

/** Call before a check. Appends a `look` line and returns the lines before it, which can be removed if the check finds nothing. */
export function markSeenLines(folder: string): SeenLines {
  try {
    const text = readCorruptionFile(folder);
    if (text === null) return new Set();
    if (linesIn(text).at(-1) !== lookLine && !appendLookLine(corruptionFileOf(folder), text))
      return new Set(corruptionLinesIn(text));
    const lines = linesIn(readCorruptionFile(folder) ?? '');
    return new Set(
      lines.slice(0, Math.max(0, lines.lastIndexOf(lookLine))).filter((line) => line !== lookLine),
    );
  } catch {
    return new Set();
  }
}

/** Appends the `look` line without creating the file. Returns false if the file is missing or not writable. */
function appendLookLine(file: string, text: string): boolean {
  const isLineIncomplete = text !== '' && !text.endsWith('\n');
  try {
    if (!existsSync(file)) return false;
    appendSync(file, `${isLineIncomplete ? '\n' : ''}${lookLine}\n`);
    return true;
  } catch {
    return false;
  }
}

/** Distinguishes this process's lines from those of others; the counter distinguishes the lines of one process. */
const processUuid = randomUUID();
let lineCount = 0;

function lineOf(kind: DamageKind): string {
  lineCount += 1;
  return JSON.stringify({ version: 1, what: kind, by: `${processUuid} ${lineCount}` });
}

const isOwnLine = (line: string, kind: DamageKind): boolean =>
  line.includes(`"by":"${processUuid} `) && isDeepStrictEqual(kindsOf(line), [kind]);

/**
 * Appends a line unless this process added one of this kind since the last `look` line. Other processes' lines do not count: a check can be
 * about to remove them. Repeats until the line is in the file, because another process can replace the file. Throws the system's errors.
 */
export function addCorruptionLine(folder: string, kind: DamageKind): void {
  for (let attemptsLeft = maxAttempts; attemptsLeft > 0; attemptsLeft -= 1) {
    const lines = linesIn(readCorruptionFile(folder) ?? '');
    if (lines.slice(lines.lastIndexOf(lookLine) + 1).some((line) => isOwnLine(line, kind))) return;
    refuseIrregular(corruptionFileOf(folder));
    appendSync(corruptionFileOf(folder), `${lineOf(kind)}\n`);
  }
}

/**
 * Removes the lines of one kind that were seen and keeps the rest. Lines that others append to the old file after it was read are copied to the new
 * one. A process that appends later than that finds its line missing and retries. Throws the system's errors.
 */
export function removeCorruptionLines(folder: string, kind: DamageKind, seen: SeenLines): void {
  for (
    let attemptsLeft = maxAttempts;
    attemptsLeft > 0 && !tryRemoveLines(folder, kind, seen);
    attemptsLeft -= 1
  );
}

/** Returns false if another process replaced the file meanwhile. */
function tryRemoveLines(folder: string, kind: DamageKind, seen: SeenLines): boolean {
  const file = corruptionFileOf(folder);
  if (!existsSync(file)) return true;
  refuseIrregular(file);
  const handle = openFileSync(file);
  try {
    const text = readRestSync(handle);
    const remainingText = removeSeenLines(text, kind, seen);
    if (remainingText === text) return true;
    if (statSync(file, { throwIfNoEntry: false })?.ino !== fstatSync(handle).ino) return false;
    if (remainingText === '') rmSync(file);
    else replaceFileSync(file, remainingText);
    const appendedText = readRestSync(handle);
    if (appendedText !== '' && (remainingText !== '' || corruptionLinesIn(appendedText).length > 0))
      appendSync(file, appendedText);
    return true;
  } finally {
    closeSync(handle);
  }
}

/** Removes the seen lines of one kind. A line or file that counts as all kinds is replaced by lines of the other kinds. */
function removeSeenLines(text: string, kind: DamageKind, seen: SeenLines): string {
  const otherLines = allKinds.filter((other) => other !== kind).map((other) => `${lineOf(other)}\n`);
  if (corruptionLinesIn(text).length === 0) return otherLines.join('');
  const remainingText = linesIn(text)
    .map((line) => {
      const kinds = line === lookLine ? [] : kindsOf(line);
      if (!kinds.includes(kind) || !seen.has(line)) return `${line}\n`;
      return kinds.length === 1 ? '' : otherLines.join('');
    })
    .join('');
  return corruptionLinesIn(remainingText).length === 0 ? '' : remainingText;
}
