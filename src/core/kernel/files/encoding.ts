import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';

export interface Decoded {
  text: string;
  encoding: TextEncoding;
  /** Nothing in the file says which it is: it was found by its letters. */
  guessed: boolean;
}

/** What programs on Windows write where the standard of nearly the same letters is recognised. */
const usual: Readonly<Record<string, TextEncoding>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-7': 'windows-1253',
  'iso-8859-9': 'windows-1254',
};

/** Below this the letters say too little, and the encoding of Western Europe is taken. */
const leastSure = 15;

/**
 * The text of a file in the encoding that was chosen, or in the one that it seems to have: UTF-8, UTF-16, else the one whose letters the
 * words most resemble. A byte order mark is taken off. Null for what is no text: it has signs that no text has.
 */
export function decode(bytes: Buffer, chosen: TextEncoding | null = null): Decoded | null {
  if (chosen !== null) return { text: textIn(bytes, chosen), encoding: chosen, guessed: false };
  const wide = wideOf(bytes);
  if (wide) return { text: textIn(bytes, wide), encoding: wide, guessed: false };
  if (looksBinary(bytes)) return null;
  if (isUtf8(bytes)) return { text: textIn(bytes, 'utf-8'), encoding: 'utf-8', guessed: false };
  const encoding = guessEncoding(bytes);
  return { text: textIn(bytes, encoding), encoding, guessed: true };
}

function textIn(bytes: Buffer, encoding: TextEncoding): string {
  const whole = encoding.startsWith('utf-16') ? bytes.subarray(0, bytes.length - (bytes.length % 2)) : bytes;
  return new TextDecoder(encoding).decode(whole).toWellFormed();
}

/** UTF-16 by its mark, or by the zero bytes of its blanks and figures. */
function wideOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const head = bytes.subarray(0, 4096);
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] as number) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 5 && even === 0) return 'utf-16le';
  return even > head.length / 5 && odd === 0 ? 'utf-16be' : null;
}

/** From here on another encoding is tried where the best guess has signs within words. */
const leastTried = 5;

function guessEncoding(bytes: Buffer): TextEncoding {
  const words = wordsBeyondAscii(bytes);
  const found = analyse(words);
  const known = (name: string): TextEncoding | undefined =>
    usual[name.toLowerCase()] ?? textEncodings.find((one) => one === name.toLowerCase());
  const [best] = found;
  const guess = (best && best.confidence >= leastSure ? known(best.name) : undefined) ?? 'windows-1252';
  const odd = signsInWords(words, guess);
  if (odd < 2) return guess;
  const others = found.flatMap(({ name, confidence }) =>
    confidence >= leastTried ? (known(name) ?? []) : [],
  );
  const [better] = others
    .map((encoding) => ({ encoding, odd: signsInWords(words, encoding) }))
    .toSorted((a, b) => a.odd - b.odd);
  return better && better.odd < odd / 2 ? better.encoding : guess;
}

/** A sign before a small letter ("£ódzka", "Wa³êsa"), or a letter of East Asia between small ones ("M黱chen"). */
const signInWord = /[\p{Sc}\p{Sk}\p{No}\p{So}](?=\p{Ll})|(?<=\p{Ll})[\p{Lo}](?=\p{Ll})/gu;

/** How often a text has a sign within a word: where it does, the encoding is probably another one. */
const signsInWords = (words: Buffer, encoding: TextEncoding): number =>
  textIn(words, encoding).match(signInWord)?.length ?? 0;

/** Only the words with other letters than A to Z: in a short table the others would decide. */
function wordsBeyondAscii(bytes: Buffer): Buffer {
  const words: number[] = [];
  let [start, beyond] = [0, false];
  const head = bytes.subarray(0, 256 * 1024);
  for (let at = 0; at <= head.length; at += 1) {
    const byte = head[at] ?? 32;
    const isLetter = byte >= 128 || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
    if (isLetter) {
      beyond ||= byte >= 128;
      continue;
    }
    if (beyond) words.push(...head.subarray(start, at), 32);
    [start, beyond] = [at + 1, false];
  }
  return Buffer.from(words);
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
