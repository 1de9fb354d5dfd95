import { decodeEntity } from './html-entities.ts';

/** A text after decoding. `starts[i]` is where the source of unit `i` begins; one more entry holds the length of the source. */
interface Decoded {
  text: string;
  starts: readonly number[];
}

/**
 * Encodings that the program writes texts in: addresses (percent-encoding), JSON, SQL literals, CSV, lists of names and typed filters (doubled
 * quotation marks), XML and HTML. A letter with combining marks
 * is read as the composed letter.
 */
const encodedPattern =
  /(?:%[0-9a-f]{2})+|\\u[0-9a-f]{4}|\\["\\/bfnrt]|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);|''|""|\p{L}\p{M}+/giu;

const escapedUnits: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The characters of percent-encoded bytes, each with the length of its source. Bytes that are no UTF-8 stay as they are. */
function decodeBytes(encoded: string): [text: string, length: number][] {
  const characters: [string, number][] = [];
  for (let at = 0; at < encoded.length;) {
    const first = Number.parseInt(encoded.slice(at + 1, at + 3), 16);
    const length = 3 * (first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
    const source = encoded.slice(at, at + length);
    try {
      characters.push([decodeURIComponent(source), source.length]);
      at += source.length;
    } catch {
      characters.push([encoded.slice(at, at + 3), 3]);
      at += 3;
    }
  }
  return characters;
}

function decodeToken(token: string): [text: string, length: number][] {
  return token.startsWith('%') ? decodeBytes(token) : [[decodeEscape(token), token.length]];
}

function decodeEscape(token: string): string {
  if (token.startsWith('\\u')) return String.fromCharCode(Number.parseInt(token.slice(2), 16));
  if (token.startsWith('\\')) return escapedUnits[token.charAt(1)] ?? token.charAt(1);
  if (token === "''" || token === '""') return token.charAt(0);
  if (!token.startsWith('&')) return token.normalize('NFC');
  return decodeEntity(token);
}

function decodeOnce({ text, starts }: Decoded): Decoded | null {
  let decoded = '';
  const decodedStarts: number[] = [];
  let end = 0;
  const append = (part: string, from: number): void => {
    for (let unit = 0; unit < part.length; unit++) decodedStarts.push(starts[from] as number);
    decoded += part;
  };
  const appendSource = (from: number, to: number): void => {
    for (let at = from; at < to; at++) decodedStarts.push(starts[at] as number);
    decoded += text.slice(from, to);
  };
  for (const { 0: token, index } of text.matchAll(encodedPattern)) {
    appendSource(end, index);
    let at = index;
    for (const [part, length] of decodeToken(token)) {
      append(part, at);
      at += length;
    }
    end = index + token.length;
  }
  if (end === 0) return null;
  appendSource(end, text.length);
  decodedStarts.push(starts[text.length] as number);
  return decoded === text ? null : { text: decoded, starts: decodedStarts };
}

/** A filter in an address of a view in the JSON of a log row is encoded three times. */
const maxLevels = 6;
const mayBeEncoded = /[%\\&\p{M}]|''|""/u;

/** The text as it is, and as it reads after decoding once, twice, and so on. */
export function* readingsOf(text: string): Generator<Decoded, void, void> {
  const isEncoded = mayBeEncoded.test(text);
  let reading: Decoded | null = {
    text,
    starts: isEncoded ? Array.from({ length: text.length + 1 }, (_, at) => at) : [],
  };
  for (let level = 0; reading && level <= maxLevels; level++) {
    yield reading;
    reading = isEncoded ? decodeOnce(reading) : null;
  }
}
