import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collectLicences } from '../licences.ts';
import { maintainer, packageJson } from '../package-json.ts';
import { root } from '../paths.ts';

const format = 'https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/';

/** The licences of FRAMES and of all its parts, in Debian's machine-readable form (DEP-5). */
export async function copyrightText(): Promise<string> {
  const own = await readFile(join(root, 'LICENSE'), 'utf8');
  const header = [
    `Format: ${format}`,
    `Upstream-Name: ${packageJson.productName}`,
    `Upstream-Contact: ${maintainer}`,
    `Source: ${packageJson.homepage}`,
    'Comment: The licences of Chromium and of its parts are in LICENSES.chromium.html, in the folder of the program.',
  ].join('\n');
  // Everything is bundled into one archive: the names of its parts are those of their npm packages.
  const parts = collectLicences(root).map(({ name, licence, text }) =>
    paragraph(`node_modules/${name}/*`, licence, text, `the authors of ${name}`),
  );
  const electron = await readFile(join(root, 'node_modules/electron/LICENSE'), 'utf8');
  return [
    header,
    paragraph('*', packageJson.license, own, packageJson.author.name),
    paragraph('LICENSE.electron.txt', 'MIT', electron, 'the authors of Electron'),
    ...parts,
    '',
  ].join('\n\n');
}

function paragraph(files: string, licence: string, text: string, authors: string): string {
  const holders = text.split('\n').filter((line) => /^\W*copyright\b.*\d{4}/i.test(line));
  const copyright = holders.length === 0 ? [authors] : holders.map((line) => line.trim());
  return [
    `Files: ${files}`,
    `Copyright: ${copyright.join('\n ')}`,
    // Names of licences are joined by "or" and "and" there, without brackets.
    `License: ${licence.replace(/[()]/g, '').replaceAll(' OR ', ' or ').replaceAll(' AND ', ' and ')}`,
    ...indented(text === '' ? 'The package brings no text of this licence.' : text),
  ].join('\n');
}

/** Continuation lines begin with a space; an empty line is a dot. */
const indented = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`));
