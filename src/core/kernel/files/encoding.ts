import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';

export interface DecodedText {
  text: string;
  encoding: TextEncoding;
  /** The encoding was guessed from the letters; the file does not declare it. */
  isGuessed: boolean;
}

/** Programs on Windows write these supersets of the ISO encodings that detection reports. */
const windowsEncodings: Readonly<Record<string, TextEncoding>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-7': 'windows-1253',
  'iso-8859-9': 'windows-1254',
};

/** Below this confidence the guess is unreliable and Western European is assumed. */
const minConfidence = 15;

/** Decodes with the chosen or detected encoding, without a byte order mark. Null for binary content. */
export function decodeText(bytes: Buffer, chosenEncoding: TextEncoding | null = null): DecodedText | null {
  if (chosenEncoding !== null)
    return { text: decodeWith(bytes, chosenEncoding), encoding: chosenEncoding, isGuessed: false };
  const utf16 = detectUtf16(bytes);
  if (utf16) return { text: decodeWith(bytes, utf16), encoding: utf16, isGuessed: false };
  if (looksBinary(bytes)) return null;
  if (isUtf8(bytes)) return { text: decodeWith(bytes, 'utf-8'), encoding: 'utf-8', isGuessed: false };
  const encoding = guessEncoding(bytes);
  return { text: decodeWith(bytes, encoding), encoding, isGuessed: true };
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

/** Least confidence of an alternative, tried if the best guess has symbols within words. */
const minAlternativeConfidence = 5;

function guessEncoding(bytes: Buffer): TextEncoding {
  const words = wordsBeyondAscii(bytes);
  const matches = analyse(words);
  const encodingNamed = (name: string): TextEncoding | undefined =>
    windowsEncodings[name.toLowerCase()] ?? textEncodings.find((encoding) => encoding === name.toLowerCase());
  const [best] = matches;
  const guess =
    (best && best.confidence >= minConfidence ? encodingNamed(best.name) : undefined) ?? 'windows-1252';
  const symbols = countSymbolsInWords(words, guess);
  if (symbols < 2) return guess;
  const alternatives = matches.flatMap(({ name, confidence }) =>
    confidence >= minAlternativeConfidence ? (encodingNamed(name) ?? []) : [],
  );
  const [bestAlternative] = alternatives
    .map((encoding) => ({ encoding, symbols: countSymbolsInWords(words, encoding) }))
    .toSorted((a, b) => a.symbols - b.symbols);
  return bestAlternative && bestAlternative.symbols < symbols / 2 ? bestAlternative.encoding : guess;
}

/** A symbol before a lower-case letter ("£ódzka", "Wa³êsa"), or an East Asian letter between lower-case ones ("M黱chen"). */
const symbolInWord = /[\p{Sc}\p{Sk}\p{No}\p{So}](?=\p{Ll})|(?<=\p{Ll})[\p{Lo}](?=\p{Ll})/gu;

/** Counts symbols within words. They suggest a wrong encoding. */
const countSymbolsInWords = (words: Buffer, encoding: TextEncoding): number =>
  decodeWith(words, encoding).match(symbolInWord)?.length ?? 0;

/** Keeps only words with non-ASCII letters: in a short table the others would dominate the detection. */
function wordsBeyondAscii(bytes: Buffer): Buffer {
  const words: number[] = [];
  let [start, hasNonAscii] = [0, false];
  const head = bytes.subarray(0, 256 * 1024);
  for (let index = 0; index <= head.length; index += 1) {
    const byte = head[index] ?? 32;
    const isLetter = byte >= 128 || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
    if (isLetter) {
      hasNonAscii ||= byte >= 128;
      continue;
    }
    if (hasNonAscii) words.push(...head.subarray(start, index), 32);
    [start, hasNonAscii] = [index + 1, false];
  }
  return Buffer.from(words);
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
