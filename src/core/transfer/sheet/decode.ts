import { isUtf8 } from 'node:buffer';
import type { Fault } from '#shared/contract/faults.ts';
import { refusal } from '../refuse.ts';

export interface Decoded {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/** What the bytes 0x80 to 0x9F mean in windows-1252; all others are as in Latin 1. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The text of a file: UTF-8, UTF-16 with its mark, and else windows-1252, in which older spreadsheet programs write. A byte order
 * mark is taken off. Null for what is no text: it has signs that no text has.
 */
export function decode(bytes: Buffer): Decoded | null {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: bytes.toString('utf16le', 2).toWellFormed(), encoding: 'utf-16le' };
  }
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
    return { text: Buffer.from(even).swap16().toString('utf16le').toWellFormed(), encoding: 'utf-16be' };
  }
  if (looksBinary(bytes)) return null;
  if (isUtf8(bytes)) {
    const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    return { text: bytes.toString('utf8', start), encoding: 'utf-8' };
  }
  const text = bytes
    .toString('latin1')
    .replaceAll(/[\u0080-\u009f]/g, (sign) => high.charAt(sign.charCodeAt(0) - 0x80));
  return { text, encoding: 'windows-1252' };
}

/** The bytes of a text in windows-1252, or null where it has other signs. */
export function asWindows1252(text: string): Buffer | null {
  const bytes: number[] = [];
  for (const sign of text) {
    const at = high.indexOf(sign);
    const code = at === -1 ? (sign.codePointAt(0) ?? 0) : at + 0x80;
    if (code > 0xff) return null;
    bytes.push(code);
  }
  return Buffer.from(bytes);
}

/** What is said of a file whose bytes are no text. */
export function noText(name: string): Fault<'BAD_FILE'> {
  return refusal('not_a_table', `${name} is no table: it is neither text nor an Excel workbook.`);
}

/** No text has a zero byte, or many signs that steer, in its first 64 KiB. */
export function looksBinary(all: Buffer): boolean {
  const bytes = all.subarray(0, 64 * 1024);
  let odd = 0;
  for (const byte of bytes) {
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) odd += 1;
  }
  return odd > bytes.length / 100;
}
