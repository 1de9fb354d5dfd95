import { isUtf8 } from 'node:buffer';
import type { EncodingReading } from '#shared/contract/import-report.ts';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';
import { guessEncoding } from './guess-encoding.ts';

export interface DecodedText {
  text: string;
  encoding: TextEncoding;
  /** The encoding was guessed from the letters; the file does not declare it. */
  isGuessed: boolean;
  /** If the guess is unsure: the likely readings, the guessed one first. */
  readings: readonly EncodingReading[];
}

/** Whether a folded word is the name of something; see `guessEncoding`. */
export type WordTest = (word: string) => boolean;

export interface DecodeOptions {
  /** The encoding that a person chose. */
  encoding?: TextEncoding | undefined;
  isKnownWord?: WordTest | undefined;
}

/**
 * Decodes with the chosen, the declared or a guessed encoding, without a byte order mark. UTF-8 with letters beyond ASCII is no chance, and
 * comes before a declaration. Null for binary content.
 */
export function decodeText(bytes: Buffer, options: DecodeOptions = {}): DecodedText | null {
  const encoding = options.encoding ?? certainEncoding(bytes);
  if (encoding === null) return null;
  if (encoding !== undefined)
    return { text: decodeWith(bytes, encoding), encoding, isGuessed: false, readings: [] };
  const guess = guessEncoding(bytes, options.isKnownWord ?? (() => false));
  return { ...guess, text: decodeWith(bytes, guess.encoding), isGuessed: true };
}

/** The encoding of a text if it is certain; undefined if it has to be guessed, null for binary content. */
export function certainEncoding(bytes: Buffer): TextEncoding | null | undefined {
  const utf16 = detectUtf16(bytes);
  if (utf16) return utf16;
  if (looksBinary(bytes)) return null;
  return isUtf8(bytes) ? 'utf-8' : declaredEncoding(bytes);
}

const declarationPattern =
  /^\s*<\?xml\b[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]+)|<meta\b[^>]{0,200}\bcharset\s*=\s*["']?([\w.:-]+)/i;

/** The encoding that an XML or HTML text declares, unless it declares UTF-8 and is not. */
function declaredEncoding(bytes: Buffer): TextEncoding | undefined {
  const match = declarationPattern.exec(bytes.subarray(0, 4096).toString('latin1'));
  const label = match?.[1] ?? match?.[2];
  if (label === undefined) return undefined;
  try {
    const { encoding: name } = new TextDecoder(label);
    return textEncodings.find((encoding) => encoding === name && encoding !== 'utf-8');
  } catch {
    return undefined;
  }
}

function decodeWith(bytes: Buffer, encoding: TextEncoding): string {
  const wholeUnits = encoding.startsWith('utf-16')
    ? bytes.subarray(0, bytes.length - (bytes.length % 2))
    : bytes;
  return new TextDecoder(encoding).decode(wholeUnits).toWellFormed();
}

/** Detects UTF-16 by its byte order mark, or by the zero bytes of ASCII characters. */
function detectUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const head = bytes.subarray(0, 4096);
  for (const [index, byte] of head.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] as number) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 5 && even === 0) return 'utf-16le';
  return even > head.length / 5 && odd === 0 ? 'utf-16be' : null;
}

/** Whether the first 64 KiB contain a zero byte or more than 1 % control characters. */
export function looksBinary(content: Buffer): boolean {
  const bytes = content.subarray(0, 64 * 1024);
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) controls += 1;
  }
  return controls > bytes.length / 100;
}
