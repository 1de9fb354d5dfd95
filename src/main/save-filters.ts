import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { encryptedExtension } from '#shared/domain/formats.ts';
import { shellTexts } from './texts.ts';

/** Display name of a file type by its extension; undefined if the program does not write it. */
function typeName(ending: string): string | undefined {
  const kinds: Readonly<Record<string, string>> = shellTexts().kinds;
  return Object.hasOwn(kinds, ending) ? kinds[ending] : undefined;
}

/** Groups of interchangeable file types, between which the user can choose in the dialog. */
const interchangeable: readonly (readonly string[])[] = [
  ['frames', 'json'],
  ['csv', 'xlsx'],
];

const endingOf = (name: string): string => extname(name).slice(1).toLowerCase();

/** Lists the type of the suggested name first, then the interchangeable ones. */
export function saveFilters(suggested: string): { name: string; extensions: string[] }[] {
  const ending = endingOf(suggested);
  const alternatives =
    interchangeable.find((group) => group.includes(ending))?.filter((other) => other !== ending) ?? [];
  return [ending, ...alternatives].flatMap((extension) => {
    const name = typeName(extension);
    return name === undefined ? [] : [{ name, extensions: [extension] }];
  });
}

/**
 * Adds the suggested extension to a name without one, because not every save dialog does. Encrypted files always get it: other programs recognise
 * them only by this extension. Keeps the name if the extended one exists, because the dialog did not ask about replacing that file.
 */
export function withEnding(
  path: string,
  suggested: string,
  exists: (path: string) => boolean = existsSync,
): string {
  const ending = endingOf(suggested);
  const isEncrypted = `.${ending}` === encryptedExtension;
  const typedEnding = endingOf(path);
  if (ending === '' || typedEnding === ending || (!isEncrypted && typeName(typedEnding) !== undefined))
    return path;
  const extendedPath = `${path}.${ending}`;
  return exists(extendedPath) ? path : extendedPath;
}
