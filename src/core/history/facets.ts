import type { Connection } from '../kernel/db/connection.ts';
import type { Services } from '../model/services.ts';

/** Filters for log rows, besides the record. */
export interface Facet {
  type?: string | undefined;
  action?: string | undefined;
  university_id?: string | undefined;
}

type Row = [id: number, action: string, type: string, university: string | null];

const rowsAfter =
  'SELECT id, action, entity_type, university_id FROM audit_logs WHERE id > ? ORDER BY id LIMIT ?';
const transactionsBetween = 'SELECT id FROM audit_transactions WHERE id > ? AND id <= ? ORDER BY id';

const slice = 4000;

/**
 * Transactions by type, action and university of their changes, in memory (16 bytes for each combination in a transaction). The file would
 * need a scan of the whole log, or an index that slows every write. Follows the log; run `follow` to its end before use.
 */
export class LogFacets {
  readonly #db: Connection;
  readonly #kinds: Required<{ [Part in keyof Facet]: string | null }>[] = [];
  readonly #numberOf = new Map<string, number>();
  readonly #owners: number[] = [];
  readonly #has: number[] = [];
  #last = 0;
  #owner = 0;
  #seen: ReadonlySet<number> = new Set();

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Reads new log rows, some at a step; several callers may drive it at once. Yields the number of known rows. */
  *follow(): Generator<number, void, void> {
    for (let last = -1; last !== this.#last;) {
      last = this.#last;
      this.#readSome();
      yield this.#last;
    }
  }

  #readSome(): void {
    const rows = this.#db.raw.prepare(rowsAfter).raw(true).all(this.#last, slice) as Row[];
    const last = rows.at(-1)?.[0] ?? this.#last;
    const starts = this.#db.column<number>(transactionsBetween, [this.#owner, last]);
    let [at, owner, seen] = [0, this.#owner, new Set(this.#seen)];
    for (const [id, action, type, university] of rows) {
      for (let next = starts[at]; next !== undefined && next <= id; next = starts[at]) {
        at += 1;
        owner = next;
        seen = new Set();
      }
      const kind = this.#kind(type, action, university);
      if (seen.has(kind)) continue;
      seen.add(kind);
      this.#owners.push(owner);
      this.#has.push(kind);
    }
    [this.#last, this.#owner, this.#seen] = [last, owner, seen];
  }

  #kind(type: string, action: string, university_id: string | null): number {
    const key = `${type} ${action} ${university_id ?? ''}`;
    let number = this.#numberOf.get(key);
    if (number === undefined) {
      number = this.#kinds.push({ type, action, university_id }) - 1;
      this.#numberOf.set(key, number);
    }
    return number;
  }

  find({ type, action, university_id }: Facet): number[] {
    const matches = this.#kinds.map(
      (kind) =>
        (type === undefined || kind.type === type) &&
        (action === undefined || kind.action === action) &&
        (university_id === undefined || kind.university_id === university_id),
    );
    const found: number[] = [];
    for (let at = this.#owners.length - 1; at >= 0; at -= 1) {
      const owner = this.#owners[at] as number;
      if (matches[this.#has[at] as number] && found.at(-1) !== owner) found.push(owner);
    }
    return found;
  }
}

const createFacets = (read: Connection): LogFacets => new LogFacets(read);
export const logFacets = ({ singletons }: Pick<Services, 'singletons'>): LogFacets =>
  singletons.get(createFacets);
