import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { openZip } from '../../kernel/files/zip.ts';
import type { Archive } from '../../kernel/files/zip.ts';
import { parseXmlNow } from '../../kernel/files/xml.ts';
import { RefusedDocument } from './plain.ts';

/** Limit of all parts together, in bytes. */
const largest = 64 * 1024 * 1024;

const main = 'word/document.xml';
const notes = ['word/footnotes.xml', 'word/endnotes.xml'];
/** Word identifies parts by their declared types, not by name. */
const types = '[Content_Types].xml';
const macros = /macroEnabled|vbaProject/i;

/** Separators by WordprocessingML element: ECMA-376, part 1, 17.3. */
const separators: Readonly<Record<string, string>> = { p: '\n', br: '\n', cr: '\n', tab: '\t', tc: '\t' };

/** The text of a DOCX file: its paragraphs, then its notes. Throws RefusedDocument. */
export function docxText(bytes: Buffer): string {
  let archive: Archive;
  try {
    archive = openZip(bytes, 'document', largest);
  } catch {
    throw new RefusedDocument('WRONG_FORMAT');
  }
  if (archive.has('word/vbaProject.bin')) throw new RefusedDocument('MACROS');
  if (archive.has(types) && macros.test(read(archive, types))) throw new RefusedDocument('MACROS');
  if (!archive.has(main)) throw new RefusedDocument('WRONG_FORMAT');
  return [main, ...notes.filter((name) => archive.has(name))].map((name) => textOf(archive, name)).join('\n');
}

function read(archive: Archive, part: string): string {
  try {
    return archive.text(part, largest);
  } catch (error) {
    const isBomb = isFault(error) && reasonOf(error) === 'swells';
    throw new RefusedDocument(isBomb ? 'SWELLS' : 'WRONG_FORMAT');
  }
}

function textOf(archive: Archive, part: string): string {
  const xml = read(archive, part);
  const pieces: string[] = [];
  let isText = false;
  try {
    parseXmlNow(xml, 'document', {
      open: (name) => void (isText = name === 't'),
      close(name) {
        isText = false;
        const separator = separators[name];
        if (separator !== undefined) pieces.push(separator);
      },
      text: (value) => void (isText && pieces.push(value)),
      refuse: () => new RefusedDocument('WRONG_FORMAT'),
    });
  } catch {
    throw new RefusedDocument('WRONG_FORMAT');
  }
  return pieces.join('');
}
