import type { Json } from '#shared/domain/json.ts';
import { maxDepth } from '#shared/domain/limits.ts';
import { typesBySection, unitsKey } from '../../model/interchange/keys.ts';
import { isExactNumber, surelyExact } from './parse.ts';

/** The records of one list of a file. Uses little memory if they are read in order. */
export interface RecordList {
  readonly length: number;
  at(index: number): Json | undefined;
}

/** A file of records whose lists stay bytes until read. */
export class IndexedDocument {
  readonly lists: ReadonlyMap<string, RecordBlocks>;
  readonly units: Json;
  #isKept = false;

  constructor(lists: ReadonlyMap<string, RecordBlocks>, units: Json) {
    this.lists = lists;
    this.units = units;
  }

  /** Kept: it will be read again. */
  keep(): void {
    this.#isKept = true;
  }

  /** From now on each list is read once, in order; read lists are released unless the document is kept. */
  readOnce(): void {
    if (!this.#isKept) for (const list of this.lists.values()) list.readOnce();
  }
}

/** Released when all of its blocks were read. The system gets memory of this size back at once; the C library keeps smaller pieces. */
const pieceBytes = 32 * 1024 * 1024;

interface Piece {
  start: number;
  bytes: Buffer | null;
  unread: number;
}

/** The bytes of a file in pieces, each ending with a block. */
class Pieces {
  #rest: Buffer;
  #cut = 0;
  #blocks = 0;
  readonly #list: Piece[] = [];

  constructor(bytes: Buffer) {
    this.#rest = bytes;
  }

  endBlock(end: number): void {
    this.#blocks += 1;
    if (end - this.#cut > pieceBytes) this.#add(Buffer.from(this.#rest.subarray(0, end - this.#cut)));
  }

  finish(): void {
    this.#add(this.#cut === 0 ? this.#rest : Buffer.from(this.#rest));
  }

  #add(bytes: Buffer): void {
    this.#list.push({ start: this.#cut, bytes, unread: this.#blocks });
    this.#rest = this.#rest.subarray(bytes.length);
    this.#cut += bytes.length;
    this.#blocks = 0;
    if (this.#rest.length === 0) this.#rest = Buffer.alloc(0);
  }

  /** The text of a block; after `isLast` it is released. */
  read(start: number, end: number, isLast: boolean): string {
    const piece = this.#list.findLast((one) => one.start <= start);
    if (!piece?.bytes) throw new Error('this part of the file was let go');
    const text = piece.bytes.toString('utf8', start - piece.start, end - piece.start);
    if (isLast && --piece.unread === 0) piece.bytes = null;
    return text;
  }

  whole(): Buffer {
    return Buffer.concat(this.#list.flatMap(({ bytes }) => bytes ?? []));
  }
}

/** Thrown for records that are invalid JSON or repeat a key: `parseJson` gives the position. */
export class NotIndexed extends Error {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    super('the records are no JSON that can be indexed');
    this.bytes = bytes;
  }
}

/** Approximate bytes of a block of records. */
const blockBytes = 256 * 1024;

const code = (character: string): number => character.charCodeAt(0);
const [quote, backslash, colon, comma] = [code('"'), code('\\'), code(':'), code(',')];
const [minus, plus, point] = [code('-'), code('+'), code('.')];
const [openBrace, closeBrace, openBracket, closeBracket] = [code('{'), code('}'), code('['), code(']')];
const [zero, nine] = [code('0'), code('9')];
const isDigit = (byte: number): boolean => byte >= zero && byte <= nine;
const isE = (byte: number): boolean => byte === 0x65 || byte === 0x45;

/** Consecutive records of a list: their place in the file, and the number of members at all depths. */
interface Block {
  first: number;
  start: number;
  end: number;
  members: number;
}

class RecordBlocks implements RecordList {
  readonly #pieces: Pieces;
  readonly #blocks: readonly Block[];
  readonly length: number;
  #isReadOnce = false;
  #current = -1;
  #items: readonly Json[] = [];

  constructor(pieces: Pieces, blocks: readonly Block[], length: number) {
    this.#pieces = pieces;
    this.#blocks = blocks;
    this.length = length;
  }

  readOnce(): void {
    this.#isReadOnce = true;
    this.#current = -1;
  }

  at(index: number): Json | undefined {
    const first = this.#blocks[this.#current]?.first ?? 0;
    if (this.#current < 0 || index < first || index >= first + this.#items.length) this.#open(index);
    return this.#items[index - (this.#blocks[this.#current]?.first ?? 0)];
  }

  #open(index: number): void {
    const isNext = this.#blocks[this.#current + 1]?.first === index;
    this.#current = isNext ? this.#current + 1 : this.#blocks.findLastIndex(({ first }) => first <= index);
    const block = this.#blocks[this.#current];
    this.#items = block ? this.#parse(block) : [];
  }

  #parse({ start, end, members }: Block): readonly Json[] {
    const items = parsed(`[${this.#pieces.read(start, end, this.#isReadOnce)}]`);
    if (items === null || countMembers(items) !== members) throw new NotIndexed(this.#pieces.whole());
    return items;
  }
}

function parsed(text: string): readonly Json[] | null {
  try {
    return JSON.parse(text) as readonly Json[];
  } catch {
    return null;
  }
}

/** Members of all objects in a value. The file has one colon for each; fewer members mean repeated keys. */
function countMembers(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items: readonly Json[] = Array.isArray(value) ? value : Object.values(value);
  let count = Array.isArray(value) ? 0 : items.length;
  for (const item of items) if (typeof item === 'object') count += countMembers(item);
  return count;
}

/**
 * Finds the records of a file without parsing them: a JSON object whose members are all lists of records, or the units. Null for any other
 * file, and for one that `parseJson` would refuse for its structure, numbers or depth. Yields bytes done.
 */
export function* indexRecords(bytes: Buffer): Generator<number, IndexedDocument | null, void> {
  const pieces = new Pieces(bytes);
  const scanner = new Scanner(bytes, pieces);
  const lists = new Map<string, RecordBlocks>();
  let units: Json = null;
  if (!scanner.take(openBrace)) return null;
  do {
    const key = scanner.key();
    if (key === null || lists.has(key)) return null;
    if (key === unitsKey) {
      const value: Json = units === null ? scanner.value() : null;
      if (value === null) return null;
      units = value;
      continue;
    }
    const list = typesBySection.has(key) ? yield* scanner.list() : null;
    if (!list) return null;
    lists.set(key, list);
  } while (scanner.take(comma));
  const isWhole = lists.size > 0 && scanner.take(closeBrace) && scanner.isAtEnd();
  if (!isWhole) return null;
  pieces.finish();
  return new IndexedDocument(lists, units);
}

class Scanner {
  readonly #bytes: Buffer;
  readonly #pieces: Pieces;
  #at = 0;
  /** Members of the last item. */
  #members = 0;

  constructor(bytes: Buffer, pieces: Pieces) {
    this.#bytes = bytes;
    this.#pieces = pieces;
    // A byte order mark.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
  }

  isAtEnd(): boolean {
    this.#skipSpace();
    return this.#at === this.#bytes.length;
  }

  /** Consumes the next character if it is this one. */
  take(character: number): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  /** A key with its colon; null if there is none. */
  key(): string | null {
    this.#skipSpace();
    const start = this.#at;
    if (this.#bytes[start] !== quote || !this.#skipString()) return null;
    const [key] = parsed(`[${this.#bytes.toString('utf8', start, this.#at)}]`) ?? [];
    return typeof key === 'string' && this.take(colon) ? key : null;
  }

  /** An object; null if there is none. */
  value(): Json {
    this.#skipSpace();
    const start = this.#at;
    if (!this.#skipItem()) return null;
    const [value] = parsed(`[${this.#bytes.toString('utf8', start, this.#at)}]`) ?? [];
    return value !== undefined && countMembers(value) === this.#members ? value : null;
  }

  /** A list of objects; null if there is none. */
  *list(): Generator<number, RecordBlocks | null, void> {
    if (!this.take(openBracket)) return null;
    const blocks: Block[] = [];
    if (this.take(closeBracket)) return new RecordBlocks(this.#pieces, blocks, 0);
    let [first, length, members] = [0, 0, 0];
    this.#skipSpace();
    let start = this.#at;
    const close = (): void => {
      blocks.push({ first, start, end: this.#at, members });
      this.#pieces.endBlock(this.#at);
    };
    for (;;) {
      if (!this.#skipItem()) return null;
      length += 1;
      members += this.#members;
      const isFull = this.#at - start > blockBytes;
      if (isFull) close();
      if (!this.take(comma)) {
        if (!isFull) close();
        break;
      }
      this.#skipSpace();
      if (!isFull) continue;
      [first, members, start] = [length, 0, this.#at];
      yield this.#at;
    }
    return this.take(closeBracket) ? new RecordBlocks(this.#pieces, blocks, length) : null;
  }

  #skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#at += 1;
    }
  }

  /** Skips a string. False if it does not end. */
  #skipString(): boolean {
    const bytes = this.#bytes;
    for (let at = this.#at + 1; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === backslash) at += 1;
      else if (byte === quote) {
        this.#at = at + 1;
        return true;
      }
    }
    return false;
  }

  /** Skips an object and counts its members. False if there is none, or one that `parseJson` must judge. */
  #skipItem(): boolean {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== openBrace) return false;
    this.#members = 0;
    let depth = 0;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] as number;
      if (byte === quote) {
        if (!this.#skipString()) return false;
        continue;
      }
      if (byte === minus || isDigit(byte)) {
        if (!this.#skipNumber()) return false;
        continue;
      }
      this.#at += 1;
      if (byte === colon) this.#members += 1;
      else if (byte === openBrace || byte === openBracket) {
        // The document and the list are two levels more.
        if ((depth += 1) > maxDepth - 2) return false;
      } else if ((byte === closeBrace || byte === closeBracket) && (depth -= 1) === 0) return true;
    }
    return false;
  }

  /** Skips a number. False if it has more digits than can be kept. */
  #skipNumber(): boolean {
    const start = this.#at;
    let byte = this.#bytes[start];
    let hasExponent = false;
    while (
      byte !== undefined &&
      (isDigit(byte) || byte === minus || byte === plus || byte === point || isE(byte))
    ) {
      hasExponent ||= isE(byte);
      byte = this.#bytes[(this.#at += 1)];
    }
    if (this.#at - start <= surelyExact && !hasExponent) return true;
    const text = this.#bytes.toString('latin1', start, this.#at);
    return isExactNumber(text, Number(text));
  }
}
