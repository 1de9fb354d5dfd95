import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import { readTextFile, refuseIrregular } from '../regular-file.ts';
import type { DamageKind } from '#shared/contract/workspace.ts';

/**
 * Stands beside live since somebody met damage in it. Each kind of damage has lines of its own, which are added whatever others note or take
 * away at the same time; a line that is no such thing, as one that was not written to its end, stands for all kinds. Who is about to look adds a
 * line of that, so that who meets damage after it notes it anew, however often it was noted before.
 */
export const noteOf = (folder: string): string => join(folder, 'damaged.json');

const both: readonly DamageKind[] = ['pages', 'log'];
const tries = 20;

/** The lines of a note that somebody has seen. */
export type SeenNote = ReadonlySet<string>;

const linesIn = (text: string): string[] => text.split('\n').filter(Boolean);
const look = JSON.stringify({ version: 1, what: 'look' });
const notesIn = (text: string): string[] => linesIn(text).filter((line) => line !== look);

function read(folder: string): string | null {
  try {
    return readTextFile(noteOf(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** What a line names; all kinds where it is none of ours, or of a program that knows others. */
function kindsOf(line: string): readonly DamageKind[] {
  try {
    const what = (JSON.parse(line) as { what?: unknown } | null)?.what ?? 'pages';
    return what === 'pages' || what === 'log' ? [what] : both;
  } catch {
    return both;
  }
}

/** Which kinds are noted: where the note is empty or cannot be read, all that there is to look at. */
export function recordedKinds(folder: string): readonly DamageKind[] {
  try {
    const text = read(folder);
    if (text === null) return [];
    const lines = notesIn(text);
    const noted = new Set(lines.length === 0 ? both : lines.flatMap(kindsOf));
    return both.filter((kind) => noted.has(kind));
  } catch {
    return both;
  }
}

/** The lines that are there now, for who is about to look: what is noted from here on stays when these are taken away. */
export function recordedLines(folder: string): SeenNote {
  try {
    const before = read(folder);
    if (before === null) return new Set();
    if (linesIn(before).at(-1) !== look && !began(noteOf(folder), before)) return new Set(notesIn(before));
    const lines = linesIn(read(folder) ?? '');
    return new Set(lines.slice(0, Math.max(0, lines.lastIndexOf(look))).filter((line) => line !== look));
  } catch {
    return new Set();
  }
}

/** Adds that somebody looks, and makes no note where there is none any more. False where the file is not ours to write to. */
function began(file: string, text: string): boolean {
  try {
    const handle = openSync(file, constants.O_WRONLY | constants.O_APPEND);
    try {
      writeSync(handle, `${/(^|\n)$/.test(text) ? '' : '\n'}${look}\n`);
    } finally {
      closeSync(handle);
    }
    return true;
  } catch {
    return false;
  }
}

/** Tells the lines of this process from those of others, and each from the one before. */
const me = randomUUID();
let written = 0;

function lineOf(kind: DamageKind): string {
  written += 1;
  return JSON.stringify({ version: 1, what: kind, by: `${me} ${written}` });
}

const isMine = (line: string, kind: DamageKind): boolean =>
  line.includes(`"by":"${me} `) && isDeepStrictEqual(kindsOf(line), [kind]);

/**
 * Adds a line where this process has none there since somebody last began to look, whatever others have noted: they may be taking theirs away. Sees
 * that it is there: the file may have been replaced meanwhile. Throws what the system throws.
 */
export function addNote(folder: string, kind: DamageKind): void {
  for (let left = tries; left > 0; left -= 1) {
    const lines = linesIn(read(folder) ?? '');
    if (lines.slice(lines.lastIndexOf(look) + 1).some((line) => isMine(line, kind))) return;
    refuseIrregular(noteOf(folder));
    appendFileSync(noteOf(folder), `${lineOf(kind)}\n`);
  }
}

/**
 * Takes away what was seen of one kind, and keeps the rest, also what others add at the same time: what comes into the file after it was read
 * is added to the one that takes its place, and who adds something later than that finds it missing. Throws what the system throws.
 */
export function takeNote(folder: string, kind: DamageKind, seen: SeenNote): void {
  for (let left = tries; left > 0 && !tookNote(folder, kind, seen); left -= 1);
}

/** False where another has replaced the file meanwhile. */
function tookNote(folder: string, kind: DamageKind, seen: SeenNote): boolean {
  const file = noteOf(folder);
  if (!existsSync(file)) return true;
  refuseIrregular(file);
  const handle = openSync(file, 'r');
  try {
    const text = readFileSync(handle, 'utf8');
    const left = without(text, kind, seen);
    if (left === text) return true;
    if (statSync(file, { throwIfNoEntry: false })?.ino !== fstatSync(handle).ino) return false;
    if (left === '') rmSync(file);
    else writeFileAtomicSync(file, left);
    const late = readFileSync(handle, 'utf8');
    if (late !== '' && (left !== '' || notesIn(late).length > 0)) appendFileSync(file, late);
    return true;
  } finally {
    closeSync(handle);
  }
}

/** What is left of a note without the seen lines of a kind; of one that stands for all kinds the others are. */
function without(text: string, kind: DamageKind, seen: SeenNote): string {
  const others = both.filter((one) => one !== kind).map((one) => `${lineOf(one)}\n`);
  if (notesIn(text).length === 0) return others.join('');
  const left = linesIn(text)
    .map((line) => {
      const kinds = line === look ? [] : kindsOf(line);
      if (!kinds.includes(kind) || !seen.has(line)) return `${line}\n`;
      return kinds.length === 1 ? '' : others.join('');
    })
    .join('');
  return notesIn(left).length === 0 ? '' : left;
}
