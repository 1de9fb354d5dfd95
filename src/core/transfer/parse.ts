import { createScanner } from 'jsonc-parser';
import type { JSONScanner } from 'jsonc-parser';
import type { Json } from '#shared/domain/json.ts';
import type { Segment } from './json-path.ts';
import { deepest } from '#shared/domain/limits.ts';
import { isExactNumber } from './number-text.ts';
import { jsonPath } from './json-path.ts';
import { complain } from './parse-errors.ts';
import { refusal } from './refuse.ts';
import { token } from './tokens.ts';

type List = Json[];
type Members = Record<string, Json>;

interface Frame {
  holder: List | Members;
  list: boolean;
  /** The key whose value is read now; a list's is its length. */
  key: string;
}

/** A number whose digits JavaScript cannot keep, in its own words. */
export interface InexactNumber {
  path: readonly Segment[];
  /** The lists and objects around it, outermost first. */
  within: readonly object[];
  text: string;
}

export interface ParsedDocument {
  value: Json;
  /** JSON paths of keys that came twice in one object; the last one counts. */
  duplicateKeys: readonly string[];
  inexactNumbers: readonly InexactNumber[];
}

const tokensAStep = 512;
const remembered = 100_000;

/**
 * Reads JSON exactly as the standard has it (no comments, no trailing commas), and notes what JSON.parse passes over: keys
 * that come twice and numbers that cannot be kept exactly. Such a number becomes the nearest one, or its text when there is
 * none. Yields the offset it has come to, often, so that it can be run in slices; however deep the text nests, it does not
 * recurse. Throws BAD_FILE with reason empty, not_json, truncated or too_deep, the line and the path.
 */
export function* parseJson(text: string, limit = deepest): Generator<number, ParsedDocument, void> {
  const scanner = createScanner(text, false);
  const reader = new Reader(scanner, text, limit);
  let count = 0;
  for (;;) {
    const kind = scanner.scan() as number;
    if (kind === token.space || kind === token.lineBreak) continue;
    if (++count % tokensAStep === 0) yield scanner.getPosition();
    if (reader.take(kind)) return reader.result();
  }
}

type Expected = 'value' | 'value or ]' | 'key or }' | 'key' | ':' | ', or ]' | ', or }' | 'end';

class Reader {
  readonly #scanner: JSONScanner;
  readonly #text: string;
  readonly #limit: number;
  readonly #frames: Frame[] = [];
  readonly #duplicateKeys: string[] = [];
  readonly #inexactNumbers: InexactNumber[] = [];
  #expected: Expected = 'value';
  #root: Json = null;

  constructor(scanner: JSONScanner, text: string, limit: number) {
    this.#scanner = scanner;
    this.#text = text;
    this.#limit = limit;
  }

  result(): ParsedDocument {
    return { value: this.#root, duplicateKeys: this.#duplicateKeys, inexactNumbers: this.#inexactNumbers };
  }

  /** Takes the scanner's present token; true when the document is complete. */
  take(kind: number): boolean {
    if ((this.#scanner.getTokenError() as number) !== 0) return this.#fail();
    switch (this.#expected) {
      case 'value or ]':
        if (kind === token.closeBracket) return this.#close();
        return this.#value(kind);
      case 'value':
        return this.#value(kind);
      case 'key or }':
        if (kind === token.closeBrace) return this.#close();
        return this.#key(kind);
      case 'key':
        return this.#key(kind);
      case ':':
        if (kind !== token.colon) return this.#fail();
        this.#expected = 'value';
        return false;
      case ', or ]':
        if (kind === token.closeBracket) return this.#close();
        if (kind !== token.comma) return this.#fail();
        this.#expected = 'value';
        return false;
      case ', or }':
        if (kind === token.closeBrace) return this.#close();
        if (kind !== token.comma) return this.#fail();
        this.#expected = 'key';
        return false;
      case 'end':
        return kind === token.end ? true : this.#fail();
    }
  }

  #value(kind: number): false {
    switch (kind) {
      case token.openBrace:
        return this.#open({}, false);
      case token.openBracket:
        return this.#open([], true);
      case token.string:
        return this.#place(this.#scanner.getTokenValue());
      case token.number:
        return this.#place(this.#number(this.#scanner.getTokenValue()));
      case token.true:
        return this.#place(true);
      case token.false:
        return this.#place(false);
      case token.null:
        return this.#place(null);
      default:
        return this.#fail();
    }
  }

  #key(kind: number): false {
    if (kind !== token.string) return this.#fail();
    const frame = this.#frames.at(-1) as Frame;
    frame.key = this.#scanner.getTokenValue();
    if (Object.hasOwn(frame.holder, frame.key) && this.#duplicateKeys.length < remembered) {
      this.#duplicateKeys.push(jsonPath(this.#path()));
    }
    this.#expected = ':';
    return false;
  }

  #number(text: string): number | string {
    const value = Number(text);
    if (isExactNumber(text, value)) return value;
    if (this.#inexactNumbers.length < remembered) {
      const within = this.#frames.map((frame) => frame.holder);
      this.#inexactNumbers.push({ path: this.#path(), within, text });
    }
    return Number.isFinite(value) ? value : text;
  }

  #place(value: Json): false {
    const frame = this.#frames.at(-1);
    if (!frame) {
      this.#root = value;
      this.#expected = 'end';
    } else if (frame.list) {
      (frame.holder as List).push(value);
      this.#expected = ', or ]';
    } else {
      setMember(frame.holder as Members, frame.key, value);
      this.#expected = ', or }';
    }
    return false;
  }

  #open(holder: List | Members, list: boolean): false {
    if (this.#frames.length === this.#limit) {
      const line = this.#scanner.getTokenStartLine() + 1;
      const path = jsonPath(this.#path().slice(0, 8));
      throw refusal('too_deep', `Lists and objects nest more than ${this.#limit} deep (line ${line}).`, {
        line,
        path,
      });
    }
    this.#place(holder);
    this.#frames.push({ holder, list, key: '' });
    this.#expected = list ? 'value or ]' : 'key or }';
    return false;
  }

  #close(): false {
    this.#frames.pop();
    const outer = this.#frames.at(-1);
    if (!outer) this.#expected = 'end';
    else this.#expected = outer.list ? ', or ]' : ', or }';
    return false;
  }

  #path(): Segment[] {
    const innermost = this.#frames.length - 1;
    return this.#frames.map(({ holder, list, key }, depth) => {
      if (!list) return key;
      // What is open inside a list is its last item already; inside the innermost one the next item is being read.
      return (holder as List).length - (depth < innermost ? 1 : 0);
    });
  }

  #fail(): never {
    throw complain(this.#scanner, this.#text, this.#expected, jsonPath(this.#path()));
  }
}

/** Sets a member as JSON.parse does: `__proto__` is a key like any other. */
function setMember(holder: Members, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    holder[key] = value;
  }
}
