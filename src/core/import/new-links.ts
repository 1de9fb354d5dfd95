import type { JsonObject } from '#shared/domain/json.ts';
import type { UniversityPair } from '../log/records/university.ts';
import type { PlannedRecord } from './planned-record.ts';

/** A buffer of this size takes only the memory that is written, and is returned to the system at once when released. */
const chunkBytes = 32 * 1024 * 1024;
/** Header of a link: lengths of id and payload, and the numbers of two universities. */
const headerBytes = 16;

/** Planned new links as bytes: there can be half a million, and objects would take several times the memory. */
export class NewLinks {
  readonly #chunks: Buffer[] = [];
  readonly #universities: (string | null)[] = [];
  readonly #numbers = new Map<string | null, number>();
  #usedBytes = chunkBytes;

  add(id: string, payload: JsonObject, [from, to]: UniversityPair): NewLink {
    const json = JSON.stringify(payload);
    // UTF-8 needs at most three bytes for each UTF-16 unit.
    const neededBytes = headerBytes + 3 * (id.length + json.length);
    let chunk = this.#chunks.at(-1);
    if (!chunk || this.#usedBytes + neededBytes > chunk.length) {
      this.#chunks.push((chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, neededBytes))));
      this.#usedBytes = 0;
    }
    const start = this.#usedBytes;
    const idBytes = chunk.write(id, start + headerBytes);
    const jsonBytes = chunk.write(json, start + headerBytes + idBytes);
    chunk.writeUInt32LE(idBytes, start);
    chunk.writeUInt32LE(jsonBytes, start + 4);
    chunk.writeUInt32LE(this.#universityNumber(from), start + 8);
    chunk.writeUInt32LE(this.#universityNumber(to), start + 12);
    this.#usedBytes = start + headerBytes + idBytes + jsonBytes;
    return new NewLink(this, chunk, start);
  }

  #universityNumber(university: string | null): number {
    const existing = this.#numbers.get(university);
    if (existing !== undefined) return existing;
    this.#numbers.set(university, this.#universities.length);
    return this.#universities.push(university) - 1;
  }

  university(number: number): string | null {
    return this.#universities[number] ?? null;
  }
}

/** One link, decoded on each access. */
export class NewLink implements PlannedRecord {
  readonly #links: NewLinks;
  readonly #chunk: Buffer;
  readonly #start: number;

  constructor(links: NewLinks, chunk: Buffer, start: number) {
    this.#links = links;
    this.#chunk = chunk;
    this.#start = start;
  }

  get type(): 'interface' {
    return 'interface';
  }

  get effect(): 'create' {
    return 'create';
  }

  get existing(): undefined {
    return undefined;
  }

  get id(): string {
    const start = this.#start + headerBytes;
    return this.#chunk.toString('utf8', start, start + this.#chunk.readUInt32LE(this.#start));
  }

  get json(): string {
    const start = this.#start + headerBytes + this.#chunk.readUInt32LE(this.#start);
    return this.#chunk.toString('utf8', start, start + this.#chunk.readUInt32LE(this.#start + 4));
  }

  get payload(): JsonObject {
    return JSON.parse(this.json) as JsonObject;
  }

  get universities(): UniversityPair {
    const number = (offset: number): number => this.#chunk.readUInt32LE(this.#start + offset);
    return [this.#links.university(number(8)), this.#links.university(number(12))];
  }
}
