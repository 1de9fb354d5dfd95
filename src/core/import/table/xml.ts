import { SaxesParser } from 'saxes';
import { damaged } from './zip.ts';

/** What becomes of the tags and texts of an XML part; names come without their prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(value: string): void;
}

const charactersAStep = 32 * 1024;

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Parses a part of the workbook called `file`. No entity but the five of XML is ever resolved. Yields how far it is. Throws BAD_FILE,
 * reason damaged_workbook, for what is not well formed, and what the handler throws.
 */
export function* parseXml(text: string, file: string, handler: XmlHandler): Generator<number, void, void> {
  const parser = new SaxesParser({ position: false });
  parser.on('error', () => {
    throw damaged(file, 'a part of it is not well formed');
  });
  parser.on('opentag', ({ name, attributes }) => {
    const own: Record<string, string> = {};
    for (const [key, value] of Object.entries(attributes as Record<string, string>)) own[bare(key)] = value;
    handler.open(bare(name), own);
  });
  parser.on('closetag', ({ name }) => handler.close?.(bare(name)));
  parser.on('text', (value) => handler.text?.(value));
  parser.on('cdata', (value) => handler.text?.(value));
  for (let at = 0; at < text.length; at += charactersAStep) {
    parser.write(text.slice(at, at + charactersAStep));
    yield at;
  }
  parser.close();
}

/** The same for a small part, in one go. */
export function parseXmlNow(text: string, file: string, handler: XmlHandler): void {
  const work = parseXml(text, file, handler);
  while (!work.next().done);
}
