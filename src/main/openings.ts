import { basename, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isOpenable, LONGEST_LINK } from '#shared/shell/openings.ts';

/**
 * What the system, or a second start, asks to open. A link is only text here: the window reads it, and it can do no more than lead somewhere.
 * `gone` is the workspace that was open last, where its folder is not there any more.
 */
export type Opening =
  | { kind: 'link'; link: string }
  | { kind: 'file'; path: string }
  | { kind: 'gone'; folder: string };

/** More than so many at once are somebody's mistake. */
const most = 20;

/** Options of ours that are followed by a value of their own. */
const valued: ReadonlySet<string> = new Set(['--workspace', '--user-data-dir']);

/**
 * The links and files among a program's arguments. A relative file counts from `folder`, where that start was made. What is neither
 * a link of ours nor called as a file that can be imported is left out.
 */
export function openingsFrom(argv: readonly string[], folder: string): Opening[] {
  const found: Opening[] = [];
  for (let at = 0; at < argv.length && found.length < most; at += 1) {
    const argument = argv[at] ?? '';
    if (valued.has(argument)) at += 1;
    else if (!argument.startsWith('-')) found.push(...openingOf(argument, folder));
  }
  return found;
}

function openingOf(argument: string, folder: string): Opening[] {
  if (/^frames:/i.test(argument)) return [linkOf(argument)];
  const path = /^file:/i.test(argument) ? pathOf(argument) : argument;
  if (path === null || path === '' || !isOpenable(basename(path))) return [];
  return [{ kind: 'file', path: isAbsolute(path) ? path : resolve(folder, path) }];
}

/** A link as it came, without what no link has: line breaks and other controls. */
export function linkOf(text: string): Opening {
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  return { kind: 'link', link: text.replaceAll(/[\u0000-\u001f\u007f]/g, '') };
}

export const isTooLong = (link: string): boolean => link.length > LONGEST_LINK;

function pathOf(address: string): string | null {
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}
