import { longestCell } from './limits.ts';

/** What the scanner stands on. */
export const found = { end: 0, open: 1, close: 2, text: 3 } as const;
export type Found = (typeof found)[keyof typeof found];

/** No tag of a workbook comes near it, in characters. */
const longestTag = 10_000;

/** So much of a text is read: a cell's whole text, were each of its signs written by number. */
const longestText = longestCell * 10;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text of XML with its five named entities and numbered ones; others stay as they stand: none is ever looked up. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name as string] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/**
 * Goes through an XML text tag by tag, as far as parts of a workbook need it: names without their prefix, attributes, text. It
 * neither nests nor recurses, and looks nothing up, so no text can make it take long.
 */
export class XmlScanner {
  readonly #text: string;
  #at = 0;
  #tag = '';
  #closes = false;
  /** The name of the tag, without its prefix. */
  name = '';
  /** The text, on `found.text`. */
  value = '';

  constructor(text: string) {
    this.#text = text;
  }

  get at(): number {
    return this.#at;
  }

  /** Moves on. A tag that closes itself is found twice: open, then close. */
  next(): Found {
    if (this.#closes) {
      this.#closes = false;
      return found.close;
    }
    const text = this.#text;
    if (this.#at >= text.length) return found.end;
    const start = text.indexOf('<', this.#at);
    if (start !== this.#at) {
      const end = start < 0 ? text.length : start;
      this.value = unescapeXml(text.slice(this.#at, Math.min(end, this.#at + longestText)));
      this.#at = end;
      return found.text;
    }
    const sign = text.charCodeAt(start + 1);
    return sign === 33 || sign === 63 ? this.#special(start) : this.#element(start);
  }

  /** A CDATA section is text; comments, instructions and declarations are an empty one, each a step of its own however many come. */
  #special(start: number): Found {
    const text = this.#text;
    const isText = text.startsWith('<![CDATA[', start);
    const closing = isText ? ']]>' : text.startsWith('<!--', start) ? '-->' : '>';
    const end = text.indexOf(closing, start);
    const last = Math.min(end < 0 ? text.length : end, start + 9 + longestText);
    this.value = isText ? text.slice(start + 9, last) : '';
    this.#at = end < 0 ? text.length : end + closing.length;
    return found.text;
  }

  #element(start: number): Found {
    const text = this.#text;
    const end = endOfTag(text, start);
    const tag = text.slice(start + 1, end < 0 ? text.length : end);
    this.#at = end < 0 ? text.length : end + 1;
    const closing = tag.charCodeAt(0) === 47;
    const body = closing ? tag.slice(1) : tag;
    const name = /^[^\s/]*/.exec(body)?.[0] ?? '';
    this.name = name.slice(name.indexOf(':') + 1);
    this.#tag = body;
    if (closing) return found.close;
    this.#closes = tag.endsWith('/');
    return found.open;
  }

  /** An attribute of the tag just opened by its name without a prefix; undefined when it has none. */
  attribute(name: string): string | undefined {
    const tag = this.#tag;
    for (let at = tag.indexOf(name, 1); at > 0; at = tag.indexOf(name, at + 1)) {
      const before = tag.charCodeAt(at - 1);
      const equals = at + name.length;
      if (!(before <= 32 || before === 58) || tag.charCodeAt(equals) !== 61) continue;
      const quote = tag.charAt(equals + 1);
      const end = tag.indexOf(quote, equals + 2);
      return unescapeXml(tag.slice(equals + 2, end < 0 ? tag.length : end));
    }
    return undefined;
  }
}

/** Where a tag ends; -1 when it does not. A ">" inside an attribute is written as it is by some programs. */
function endOfTag(text: string, start: number): number {
  const last = Math.min(text.length, start + longestTag);
  let quote = 0;
  for (let at = start; at < last; at++) {
    const sign = text.charCodeAt(at);
    if (quote === 0 && sign === 62) return at;
    if (quote === 0 ? sign === 34 || sign === 39 : sign === quote) quote = quote === 0 ? sign : 0;
  }
  return text.indexOf('>', last);
}
