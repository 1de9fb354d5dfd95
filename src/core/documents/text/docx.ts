import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { openZip } from '../../kernel/files/zip.ts';
import type { Archive } from '../../kernel/files/zip.ts';
import { parseXmlSync } from '../../kernel/files/xml.ts';
import { RefusedDocument } from './normalize-text.ts';

/** Limit of all parts together, in bytes. */
export const maxBytes = 64 * 1024 * 1024;

const mainPart = 'word/document.xml';
const noteParts = ['word/footnotes.xml', 'word/endnotes.xml'];
/** Word identifies parts by their declared types, not by name. */
const contentTypesPart = '[Content_Types].xml';
const macroPattern = /macroEnabled|vbaProject/i;

/** Separators by WordprocessingML element: ECMA-376, part 1, 17.3. */
const separators: Readonly<Record<string, string>> = { p: '\n', br: '\n', cr: '\n', tab: '\t', tc: '\t' };

/** The text of a DOCX file: its paragraphs, then its notes. Throws RefusedDocument. */
export function docxText(bytes: Buffer): string {
  let archive: Archive;
  try {
    archive = openZip(bytes, 'document', maxBytes);
  } catch {
    throw new RefusedDocument('WRONG_FORMAT');
  }
  if (archive.has('word/vbaProject.bin')) throw new RefusedDocument('MACROS');
  if (archive.has(contentTypesPart) && macroPattern.test(readPart(archive, contentTypesPart)))
    throw new RefusedDocument('MACROS');
  if (!archive.has(mainPart)) throw new RefusedDocument('WRONG_FORMAT');
  return [mainPart, ...noteParts.filter((name) => archive.has(name))]
    .map((name) => textOf(archive, name))
    .join('\n');
}

function readPart(archive: Archive, part: string): string {
  try {
    return archive.text(part, maxBytes);
  } catch (error) {
    const isBomb = isFault(error) && reasonOf(error) === 'swells';
    throw new RefusedDocument(isBomb ? 'SWELLS' : 'WRONG_FORMAT');
  }
}

function textOf(archive: Archive, part: string): string {
  const xml = readPart(archive, part);
  const pieces: string[] = [];
  let isText = false;
  try {
    parseXmlSync(xml, 'document', {
      open: (name) => void (isText = name === 't'),
      close(name) {
        isText = false;
        const separator = separators[name];
        if (separator !== undefined) pieces.push(separator);
      },
      text: (value) => void (isText && pieces.push(value)),
      createError: () => new RefusedDocument('WRONG_FORMAT'),
    });
  } catch {
    throw new RefusedDocument('WRONG_FORMAT');
  }
  return pieces.join('');
}
