import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { encryptedEnding } from '#shared/domain/formats.ts';
import { texts } from './texts.ts';

/** What a kind of file that is written is called, by its ending; undefined for another. */
function kindOf(ending: string): string | undefined {
  const kinds: Readonly<Record<string, string>> = texts().kinds;
  return Object.hasOwn(kinds, ending) ? kinds[ending] : undefined;
}

/** Kinds of file that hold the same: whoever asks for one may choose the other in the dialog. */
const alike: readonly (readonly string[])[] = [
  ['frames', 'json'],
  ['csv', 'xlsx'],
];

const endingOf = (name: string): string => extname(name).slice(1).toLowerCase();

/** What a save dialog offers: the kind that the suggested name has first, then those that hold the same. */
export function saveFilters(suggested: string): { name: string; extensions: string[] }[] {
  const ending = endingOf(suggested);
  const others = alike.find((group) => group.includes(ending))?.filter((other) => other !== ending) ?? [];
  return [ending, ...others].flatMap((one) => {
    const name = kindOf(one);
    return name === undefined ? [] : [{ name, extensions: [one] }];
  });
}

/**
 * A name that was typed without an ending gets that of the suggested one: not every system's dialog adds it. An encrypted file always gets it,
 * because no other program reads the file by another ending. If a file of that name exists, the name stays as it was typed: the dialog has not asked
 * about replacing that file.
 */
export function withEnding(
  path: string,
  suggested: string,
  isThere: (path: string) => boolean = existsSync,
): string {
  const ending = endingOf(suggested);
  const isEncrypted = `.${ending}` === encryptedEnding;
  const typed = endingOf(path);
  if (ending === '' || typed === ending || (!isEncrypted && kindOf(typed) !== undefined)) return path;
  const whole = `${path}.${ending}`;
  return isThere(whole) ? path : whole;
}
