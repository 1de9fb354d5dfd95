import { clause } from '#shared/texts/sentence.ts';
import { SaxesParser } from 'saxes';
import { damagedArchive } from './zip.ts';

export type XmlFault = 'not_well_formed' | 'cut_off' | 'doctype' | 'too_long';

/** Receives the tags and texts of an XML part; names have no prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(value: string): void;
  maxLength?: number;
  /** Creates the error for a fault in a line. Default: BAD_FILE (`damaged_workbook`). */
  createError?(fault: XmlFault, line: number): Error;
}

const charactersPerStep = 32 * 1024;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Parses an XML text, or a part of the workbook `file`. Resolves only the five predefined entities. Yields its position. Throws the error
 * of `createError` (default BAD_FILE, `damaged_workbook`) and the errors of the handler.
 */
export function* parseXml(text: string, file: string, handler: XmlHandler): Generator<number, void, void> {
  const parser = new SaxesParser({ position: false });
  const { maxLength = Infinity } = handler;
  let isTextComplete = false;
  const faultOf = (fault: XmlFault): Error =>
    handler.createError?.(fault, parser.line) ?? damagedArchive(file, clause('partXml'));
  const checkLength = (value: string): string => {
    if (value.length > maxLength) throw faultOf('too_long');
    return value;
  };
  parser.on('error', () => {
    throw faultOf(isTextComplete ? 'cut_off' : 'not_well_formed');
  });
  if (handler.createError)
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
  for (let start = 0; start < text.length; start += charactersPerStep) {
    parser.write(text.slice(start, start + charactersPerStep));
    yield start;
  }
  isTextComplete = true;
  parser.close();
}

/** For small parts only: blocks the event loop. */
export function parseXmlSync(text: string, file: string, handler: XmlHandler): void {
  const work = parseXml(text, file, handler);
  while (!work.next().done);
}
