import type { Json } from '#shared/domain/json.ts';
import { maxDepth } from '#shared/domain/limits.ts';
import { typesBySection, unitsKey } from '../../model/interchange/keys.ts';
import { isExactNumber, maxExactLength } from '../../model/interchange/exact-number.ts';

/** The records of one list of a file. Uses little memory if they are read in order. */
export interface RecordList {
  readonly length: number;
  at(index: number): Json | undefined;
}

/** A file of records whose lists are kept as bytes and parsed when read. */
export class IndexedDocument {
  readonly lists: ReadonlyMap<string, RecordBlocks>;
  readonly units: Json;
  #isRetained = false;

  constructor(lists: ReadonlyMap<string, RecordBlocks>, units: Json) {
    this.lists = lists;
    this.units = units;
  }

  /** Keeps the lists after they are read, because the document is read again. */
  retain(): void {
    this.#isRetained = true;
  }

  /** From now on each list is read once, in order; lists are released when read, unless the document is retained. */
  readOnce(): void {
    if (!this.#isRetained) for (const list of this.lists.values()) list.readOnce();
  }
}

/** A piece is released when all of its blocks were read. The C library would keep smaller pieces instead of returning them. */
const pieceBytes = 32 * 1024 * 1024;

interface Piece {
  start: number;
  bytes: Buffer | null;
  unreadBlocks: number;
}

/** The bytes of a file in pieces, each ending with a block. */
class Pieces {
  #rest: Buffer;
  #restStart = 0;
  #blockCount = 0;
  readonly #list: Piece[] = [];

  constructor(bytes: Buffer) {
    this.#rest = bytes;
  }

  endBlock(end: number): void {
    this.#blockCount += 1;
    if (end - this.#restStart > pieceBytes)
      this.#add(Buffer.from(this.#rest.subarray(0, end - this.#restStart)));
  }

  finish(): void {
    this.#add(this.#restStart === 0 ? this.#rest : Buffer.from(this.#rest));
  }

  #add(bytes: Buffer): void {
    this.#list.push({ start: this.#restStart, bytes, unreadBlocks: this.#blockCount });
    this.#rest = this.#rest.subarray(bytes.length);
    this.#restStart += bytes.length;
    this.#blockCount = 0;
    if (this.#rest.length === 0) this.#rest = Buffer.alloc(0);
  }

  /** The text of a block. If `isLastRead`, the piece is released once all of its blocks were read. */
  read(start: number, end: number, isLastRead: boolean): string {
    const piece = this.#list.findLast((one) => one.start <= start);
    if (!piece?.bytes) throw new Error('this part of the file was released');
    const text = piece.bytes.toString('utf8', start - piece.start, end - piece.start);
    if (isLastRead && --piece.unreadBlocks === 0) piece.bytes = null;
    return text;
  }

  joinedBytes(): Buffer {
    return Buffer.concat(this.#list.flatMap(({ bytes }) => bytes ?? []));
  }
}

/** Thrown for records that are invalid JSON or repeat a key: `parseJson` gives the position. */
export class NotIndexableError extends Error {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    super('the records are no JSON that can be indexed');
    this.bytes = bytes;
  }
}

/** Approximate bytes of a block of records. */
const blockBytes = 256 * 1024;

const codeOf = (character: string): number => character.charCodeAt(0);
const [quote, backslash, colon, comma] = [codeOf('"'), codeOf('\\'), codeOf(':'), codeOf(',')];
const [minus, plus, point] = [codeOf('-'), codeOf('+'), codeOf('.')];
const [openBrace, closeBrace, openBracket, closeBracket] = [
  codeOf('{'),
  codeOf('}'),
  codeOf('['),
  codeOf(']'),
];
const [zero, nine] = [codeOf('0'), codeOf('9')];
const isDigit = (byte: number): boolean => byte >= zero && byte <= nine;
const [lowerE, upperE] = [codeOf('e'), codeOf('E')];
const isExponentSign = (byte: number): boolean => byte === lowerE || byte === upperE;

/** Consecutive records of a list: their byte range in the file, and the number of members at all depths. */
interface Block {
  firstIndex: number;
  start: number;
  end: number;
  members: number;
}

class RecordBlocks implements RecordList {
  readonly #pieces: Pieces;
  readonly #blocks: readonly Block[];
  readonly length: number;
  #isReadOnce = false;
  #blockIndex = -1;
  #items: readonly Json[] = [];

  constructor(pieces: Pieces, blocks: readonly Block[], length: number) {
    this.#pieces = pieces;
    this.#blocks = blocks;
    this.length = length;
  }

  readOnce(): void {
    this.#isReadOnce = true;
    this.#blockIndex = -1;
  }

  at(index: number): Json | undefined {
    const firstIndex = this.#blocks[this.#blockIndex]?.firstIndex ?? 0;
    if (this.#blockIndex < 0 || index < firstIndex || index >= firstIndex + this.#items.length)
      this.#loadBlock(index);
    return this.#items[index - (this.#blocks[this.#blockIndex]?.firstIndex ?? 0)];
  }

  #loadBlock(index: number): void {
    const isNext = this.#blocks[this.#blockIndex + 1]?.firstIndex === index;
    this.#blockIndex = isNext
      ? this.#blockIndex + 1
      : this.#blocks.findLastIndex(({ firstIndex: first }) => first <= index);
    const block = this.#blocks[this.#blockIndex];
    this.#items = block ? this.#parse(block) : [];
  }

  #parse({ start, end, members }: Block): readonly Json[] {
    const items = tryParse(`[${this.#pieces.read(start, end, this.#isReadOnce)}]`);
    if (items === null || countMembers(items) !== members)
      throw new NotIndexableError(this.#pieces.joinedBytes());
    return items;
  }
}

function tryParse(text: string): readonly Json[] | null {
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
  if (!scanner.accept(openBrace)) return null;
  do {
    const key = scanner.readKey();
    if (key === null || lists.has(key)) return null;
    if (key === unitsKey) {
      const value: Json = units === null ? scanner.readObject() : null;
      if (value === null) return null;
      units = value;
      continue;
    }
    const list = typesBySection.has(key) ? yield* scanner.readList() : null;
    if (!list) return null;
    lists.set(key, list);
  } while (scanner.accept(comma));
  const isComplete = lists.size > 0 && scanner.accept(closeBrace) && scanner.isAtEnd();
  if (!isComplete) return null;
  pieces.finish();
  return new IndexedDocument(lists, units);
}

class Scanner {
  readonly #bytes: Buffer;
  readonly #pieces: Pieces;
  #offset = 0;
  /** Members of the last item. */
  #memberCount = 0;

  constructor(bytes: Buffer, pieces: Pieces) {
    this.#bytes = bytes;
    this.#pieces = pieces;
    // Skips a byte order mark.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#offset = 3;
  }

  isAtEnd(): boolean {
    this.#skipSpace();
    return this.#offset === this.#bytes.length;
  }

  /** Consumes the next character if it is this one. */
  accept(character: number): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#offset] !== character) return false;
    this.#offset += 1;
    return true;
  }

  /** A key with its colon; null if there is none. */
  readKey(): string | null {
    this.#skipSpace();
    const start = this.#offset;
    if (this.#bytes[start] !== quote || !this.#skipString()) return null;
    const [key] = tryParse(`[${this.#bytes.toString('utf8', start, this.#offset)}]`) ?? [];
    return typeof key === 'string' && this.accept(colon) ? key : null;
  }

  /** Reads an object; null if there is none, or if it is invalid or repeats a key. */
  readObject(): Json {
    this.#skipSpace();
    const start = this.#offset;
    if (!this.#skipItem()) return null;
    const [value] = tryParse(`[${this.#bytes.toString('utf8', start, this.#offset)}]`) ?? [];
    return value !== undefined && countMembers(value) === this.#memberCount ? value : null;
  }

  /** Reads a list of objects; null for anything else. */
  *readList(): Generator<number, RecordBlocks | null, void> {
    if (!this.accept(openBracket)) return null;
    const blocks: Block[] = [];
    if (this.accept(closeBracket)) return new RecordBlocks(this.#pieces, blocks, 0);
    let [firstIndex, length, members] = [0, 0, 0];
    this.#skipSpace();
    let start = this.#offset;
    const closeBlock = (): void => {
      blocks.push({ firstIndex, start, end: this.#offset, members });
      this.#pieces.endBlock(this.#offset);
    };
    for (;;) {
      if (!this.#skipItem()) return null;
      length += 1;
      members += this.#memberCount;
      const isFull = this.#offset - start > blockBytes;
      if (isFull) closeBlock();
      if (!this.accept(comma)) {
        if (!isFull) closeBlock();
        break;
      }
      this.#skipSpace();
      if (!isFull) continue;
      [firstIndex, members, start] = [length, 0, this.#offset];
      yield this.#offset;
    }
    return this.accept(closeBracket) ? new RecordBlocks(this.#pieces, blocks, length) : null;
  }

  #skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.#offset];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#offset += 1;
    }
  }

  /** Skips a string. False if it does not end. */
  #skipString(): boolean {
    const bytes = this.#bytes;
    for (let index = this.#offset + 1; index < bytes.length; index += 1) {
      const byte = bytes[index];
      if (byte === backslash) index += 1;
      else if (byte === quote) {
        this.#offset = index + 1;
        return true;
      }
    }
    return false;
  }

  /** Skips an object and counts its members. False if there is none, or if `parseJson` must judge the object. */
  #skipItem(): boolean {
    const bytes = this.#bytes;
    if (bytes[this.#offset] !== openBrace) return false;
    this.#memberCount = 0;
    let depth = 0;
    while (this.#offset < bytes.length) {
      const byte = bytes[this.#offset] as number;
      if (byte === quote) {
        if (!this.#skipString()) return false;
        continue;
      }
      if (byte === minus || isDigit(byte)) {
        if (!this.#skipNumber()) return false;
        continue;
      }
      this.#offset += 1;
      if (byte === colon) this.#memberCount += 1;
      else if (byte === openBrace || byte === openBracket) {
        // The document and the list are two levels more.
        if ((depth += 1) > maxDepth - 2) return false;
      } else if ((byte === closeBrace || byte === closeBracket) && (depth -= 1) === 0) return true;
    }
    return false;
  }

  /** Skips a number. False if it has more digits than can be kept. */
  #skipNumber(): boolean {
    const start = this.#offset;
    let byte = this.#bytes[start];
    let hasExponent = false;
    while (
      byte !== undefined &&
      (isDigit(byte) || byte === minus || byte === plus || byte === point || isExponentSign(byte))
    ) {
      hasExponent ||= isExponentSign(byte);
      byte = this.#bytes[(this.#offset += 1)];
    }
    if (this.#offset - start <= maxExactLength && !hasExponent) return true;
    const text = this.#bytes.toString('latin1', start, this.#offset);
    return isExactNumber(text, Number(text));
  }
}
