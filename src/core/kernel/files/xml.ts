import { SaxesParser } from 'saxes';
import { damaged } from './zip.ts';

/** What is wrong with a text: it is not well formed, ends too early, has a document type, or a value that is too long. */
export type XmlFault = 'not_well_formed' | 'cut_off' | 'doctype' | 'too_long';

/** What becomes of the tags and texts of an XML part; names come without their prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(value: string): void;
  /** Characters that a value may have. */
  longest?: number;
  /** What is thrown for a text that is wrong in a line; a part of a workbook is damaged unless this says otherwise. */
  refuse?(fault: XmlFault, line: number): Error;
}

const charactersAStep = 32 * 1024;

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Parses a text, or a part of the workbook, called `file`. No entity but the five of XML is ever resolved. Yields how far it is. Throws BAD_FILE,
 * reason damaged_workbook, for what is not well formed, or what `refuse` gives, and what the handler throws.
 */
export function* parseXml(text: string, file: string, handler: XmlHandler): Generator<number, void, void> {
  const parser = new SaxesParser({ position: false });
  const { longest = Infinity } = handler;
  let ended = false;
  const refused = (fault: XmlFault): Error =>
    handler.refuse?.(fault, parser.line) ?? damaged(file, 'a part of it is not well formed');
  const within = (value: string): string => {
    if (value.length > longest) throw refused('too_long');
    return value;
  };
  parser.on('error', () => {
    throw refused(ended ? 'cut_off' : 'not_well_formed');
  });
  if (handler.refuse)
    parser.on('doctype', () => {
      throw refused('doctype');
    });
  parser.on('opentag', ({ name, attributes }) => {
    const own: Record<string, string> = {};
    for (const [key, value] of Object.entries(attributes as Record<string, string>))
      if (!key.startsWith('xmlns')) own[bare(key)] = within(value);
    handler.open(bare(name), own);
  });
  parser.on('closetag', ({ name }) => handler.close?.(bare(name)));
  parser.on('text', (value) => handler.text?.(within(value)));
  parser.on('cdata', (value) => handler.text?.(within(value)));
  for (let at = 0; at < text.length; at += charactersAStep) {
    parser.write(text.slice(at, at + charactersAStep));
    yield at;
  }
  ended = true;
  parser.close();
}

/** The same for a small part, in one go. */
export function parseXmlNow(text: string, file: string, handler: XmlHandler): void {
  const work = parseXml(text, file, handler);
  while (!work.next().done);
}
