import { clause } from '#shared/texts/sentence.ts';
import { createScanner } from 'jsonc-parser';
import type { JSONScanner } from 'jsonc-parser';
import type { Fault } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import { maxDepth } from '#shared/domain/limits.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { isExactNumber } from '../../model/interchange/exact-number.ts';

/** A key of an object or an index of a list. */
export type Segment = string | number;

const plainKey = /^[A-Za-z_$][\w$-]*$/;

/** A JSON path: `$.teams[3].discipline`, `$["a b"]` for unusual keys. */
export function jsonPath(segments: readonly Segment[]): string {
  const steps = segments.map((segment) => {
    if (typeof segment === 'number') return `[${segment}]`;
    return plainKey.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
  });
  return `$${steps.join('')}`;
}

/** Token kinds of jsonc-parser, whose const enum cannot be imported with types stripped. */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  unknown: 16,
  end: 17,
} as const;

const tokenFault = { openString: 2, openNumber: 3 } as const;

function syntaxFault(scanner: JSONScanner, text: string, expected: string, path: string): Fault<'BAD_FILE'> {
  const kind = scanner.getToken() as number;
  const line = scanner.getTokenStartLine() + 1;
  const location = { line, path };
  if (kind === token.end && path === '$' && expected === 'value') {
    return fileRefusal('empty', {}, { line });
  }
  if (kind === token.end || isCutOff(scanner, text)) {
    return fileRefusal('truncated', {}, location);
  }
  const actual = JSON.stringify(text.slice(scanner.getTokenOffset(), scanner.getPosition()).slice(0, 30));
  const column = scanner.getTokenStartCharacter() + 1;
  return fileRefusal(
    'not_json',
    { why: clause('jsonAt', { column, path, expected, found: actual }) },
    location,
  );
}

function isCutOff(scanner: JSONScanner, text: string): boolean {
  if (scanner.getPosition() < text.length) return false;
  const fault = scanner.getTokenError() as number;
  if (fault === tokenFault.openString || fault === tokenFault.openNumber) return true;
  const tokenText = text.slice(scanner.getTokenOffset());
  return (
    (scanner.getToken() as number) === token.unknown &&
    ['true', 'false', 'null', '-1'].some((word) => word.startsWith(tokenText))
  );
}

type List = Json[];
/** An open object. */
export type Members = Record<string, Json>;

interface Frame {
  container: List | Members;
  isList: boolean;
  /** The key of the value that is being read; unused in a list. */
  key: string;
}

const tokensPerYield = 512;

export interface ParseOptions {
  limit?: number;
  /** Given the fault of each number that would lose digits, which then becomes its text; without it such a number is refused. */
  onInexact?: (fault: Fault<'BAD_FILE'>) => void;
}

/**
 * Reads strict JSON, and refuses repeated keys and numbers that would lose digits. Yields the offset often; does not recurse. Throws
 * BAD_FILE with reason empty, not_json, truncated, too_deep, inexact_number or duplicate_key, the line and the path.
 */
export function* parseJson(text: string, options: ParseOptions = {}): Generator<number, Json, void> {
  const scanner = createScanner(text, false);
  const reader = new Reader(scanner, text, options);
  let count = 0;
  for (;;) {
    const kind = scanner.scan() as number;
    if (kind === token.space || kind === token.lineBreak) continue;
    if (++count % tokensPerYield === 0) yield scanner.getPosition();
    if (reader.consume(kind)) return reader.root;
  }
}

type Expected = 'value' | 'value or ]' | 'key or }' | 'key' | ':' | ', or ]' | ', or }' | 'end';

class Reader {
  readonly #scanner: JSONScanner;
  readonly #text: string;
  readonly #limit: number;
  readonly #onInexact: ParseOptions['onInexact'];
  readonly #frames: Frame[] = [];
  #expected: Expected = 'value';
  root: Json = null;

  constructor(scanner: JSONScanner, text: string, { limit = maxDepth, onInexact }: ParseOptions) {
    this.#scanner = scanner;
    this.#text = text;
    this.#limit = limit;
    this.#onInexact = onInexact;
  }

  /** Consumes the scanner's current token. Returns true when the document is complete. */
  consume(kind: number): boolean {
    if ((this.#scanner.getTokenError() as number) !== 0) return this.#fail();
    switch (this.#expected) {
      case 'value or ]':
        if (kind === token.closeBracket) return this.#closeContainer();
        return this.#readValue(kind);
      case 'value':
        return this.#readValue(kind);
      case 'key or }':
        if (kind === token.closeBrace) return this.#closeContainer();
        return this.#readKey(kind);
      case 'key':
        return this.#readKey(kind);
      case ':':
        if (kind !== token.colon) return this.#fail();
        this.#expected = 'value';
        return false;
      case ', or ]':
        if (kind === token.closeBracket) return this.#closeContainer();
        if (kind !== token.comma) return this.#fail();
        this.#expected = 'value';
        return false;
      case ', or }':
        if (kind === token.closeBrace) return this.#closeContainer();
        if (kind !== token.comma) return this.#fail();
        this.#expected = 'key';
        return false;
      case 'end':
        return kind === token.end ? true : this.#fail();
    }
  }

  #readValue(kind: number): false {
    switch (kind) {
      case token.openBrace:
        return this.#openContainer({}, false);
      case token.openBracket:
        return this.#openContainer([], true);
      case token.string:
        return this.#addValue(this.#scanner.getTokenValue());
      case token.number:
        return this.#addValue(this.#readNumber(this.#scanner.getTokenValue()));
      case token.true:
        return this.#addValue(true);
      case token.false:
        return this.#addValue(false);
      case token.null:
        return this.#addValue(null);
      default:
        return this.#fail();
    }
  }

  #readKey(kind: number): false {
    if (kind !== token.string) return this.#fail();
    const frame = this.#frames.at(-1) as Frame;
    frame.key = this.#scanner.getTokenValue();
    if (Object.hasOwn(frame.container, frame.key)) {
      throw fileRefusal('duplicate_key', { key: JSON.stringify(frame.key) }, this.#location());
    }
    this.#expected = ':';
    return false;
  }

  #readNumber(text: string): number | string {
    const value = Number(text);
    if (isExactNumber(text, value)) return value;
    const shownNumber = text.length > 60 ? `${text.slice(0, 57)}…` : text;
    const fault = fileRefusal('inexact_number', { number: shownNumber }, this.#location());
    if (!this.#onInexact) throw fault;
    this.#onInexact(fault);
    return text;
  }

  #location() {
    return { line: this.#scanner.getTokenStartLine() + 1, path: jsonPath(this.#currentPath()) };
  }

  #addValue(value: Json): false {
    const frame = this.#frames.at(-1);
    if (!frame) {
      this.root = value;
      this.#expected = 'end';
    } else if (frame.isList) {
      (frame.container as List).push(value);
      this.#expected = ', or ]';
    } else {
      setMember(frame.container as Members, frame.key, value);
      this.#expected = ', or }';
    }
    return false;
  }

  #openContainer(container: List | Members, isList: boolean): false {
    if (this.#frames.length === this.#limit) {
      const line = this.#scanner.getTokenStartLine() + 1;
      const path = jsonPath(this.#currentPath().slice(0, 8));
      throw fileRefusal('too_deep', { limit: this.#limit }, { line, path });
    }
    this.#addValue(container);
    this.#frames.push({ container, isList, key: '' });
    this.#expected = isList ? 'value or ]' : 'key or }';
    return false;
  }

  #closeContainer(): false {
    this.#frames.pop();
    const parent = this.#frames.at(-1);
    if (!parent) this.#expected = 'end';
    else this.#expected = parent.isList ? ', or ]' : ', or }';
    return false;
  }

  #currentPath(): Segment[] {
    const innermost = this.#frames.length - 1;
    return this.#frames.map(({ container, isList, key }, depth) => {
      if (!isList) return key;
      // The last item of an outer list is open; the innermost list does not yet have the item that is being read.
      return (container as List).length - (depth < innermost ? 1 : 0);
    });
  }

  #fail(): never {
    throw syntaxFault(this.#scanner, this.#text, this.#expected, jsonPath(this.#currentPath()));
  }
}

/** Sets a member as JSON.parse does: `__proto__` is an ordinary key. */
export function setMember(container: Members, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    container[key] = value;
  }
}
