import { clause } from '#shared/texts/sentence.ts';
import { SaxesParser } from 'saxes';
import { damagedArchive } from './zip.ts';

export type XmlFault = 'not_well_formed' | 'cut_off' | 'doctype' | 'too_long';

/** Receives the tags and texts of an XML part; names have no prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(value: string): void;
  longest?: number;
  /** Creates the error for a fault in a line. Default: BAD_FILE (`damaged_workbook`). */
  refuse?(fault: XmlFault, line: number): Error;
}

const charactersPerStep = 32 * 1024;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Parses an XML text, or a part of the workbook `file`. Resolves only the five predefined entities. Yields its position. Throws what `refuse` returns
 * (default BAD_FILE, `damaged_workbook`) and what the handler throws.
 */
export function* parseXml(text: string, file: string, handler: XmlHandler): Generator<number, void, void> {
  const parser = new SaxesParser({ position: false });
  const { longest = Infinity } = handler;
  let ended = false;
  const faultOf = (fault: XmlFault): Error =>
    handler.refuse?.(fault, parser.line) ?? damagedArchive(file, clause('partXml'));
  const checkLength = (value: string): string => {
    if (value.length > longest) throw faultOf('too_long');
    return value;
  };
  parser.on('error', () => {
    throw faultOf(ended ? 'cut_off' : 'not_well_formed');
  });
  if (handler.refuse)
    parser.on('doctype', () => {
      throw faultOf('doctype');
    });
  parser.on('opentag', ({ name, attributes }) => {
    const attributesByName: Record<string, string> = {};
    for (const [key, value] of Object.entries(attributes as Record<string, string>))
      if (!key.startsWith('xmlns')) attributesByName[localName(key)] = checkLength(value);
    handler.open(localName(name), attributesByName);
  });
  parser.on('closetag', ({ name }) => handler.close?.(localName(name)));
  parser.on('text', (value) => handler.text?.(checkLength(value)));
  parser.on('cdata', (value) => handler.text?.(checkLength(value)));
  for (let at = 0; at < text.length; at += charactersPerStep) {
    parser.write(text.slice(at, at + charactersPerStep));
    yield at;
  }
  ended = true;
  parser.close();
}

/** For small parts only: blocks the event loop. */
export function parseXmlNow(text: string, file: string, handler: XmlHandler): void {
  const work = parseXml(text, file, handler);
  while (!work.next().done);
}
