import type { Connection } from '../kernel/db/connection.ts';
import type { Services } from '../model/services.ts';

/** Filters for log rows, besides the record. */
export interface Facet {
  type?: string | undefined;
  action?: string | undefined;
  university_id?: string | undefined;
}

type Row = [id: number, action: string, type: string, university: string | null];

const rowQuery =
  'SELECT id, action, entity_type, university_id FROM audit_logs WHERE id > ? ORDER BY id LIMIT ?';
const transactionQuery = 'SELECT id FROM audit_transactions WHERE id > ? AND id <= ? ORDER BY id';

const rowsPerStep = 4000;

/**
 * Transactions by type, action and university of their changes, in memory (16 bytes for each combination in a transaction). SQL would need
 * a scan of the whole log, or an index that slows every write. Run `catchUp` to its end before use.
 */
export class LogFacets {
  readonly #db: Connection;
  readonly #combinations: Required<{ [Part in keyof Facet]: string | null }>[] = [];
  readonly #numberByKey = new Map<string, number>();
  /** Two parallel lists: the id of a transaction, and the number of one of its combinations. */
  readonly #transactionIds: number[] = [];
  readonly #combinationNumbers: number[] = [];
  #lastRow = 0;
  #lastTransaction = 0;
  #seenCombinations: ReadonlySet<number> = new Set();

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Reads new log rows in steps; several callers can run it at the same time. Yields the id of the last row read. */
  *catchUp(): Generator<number, void, void> {
    for (let last = -1; last !== this.#lastRow;) {
      last = this.#lastRow;
      this.#readRows();
      yield this.#lastRow;
    }
  }

  #readRows(): void {
    const rows = this.#db.raw.prepare(rowQuery).raw(true).all(this.#lastRow, rowsPerStep) as Row[];
    const last = rows.at(-1)?.[0] ?? this.#lastRow;
    const starts = this.#db.column<number>(transactionQuery, [this.#lastTransaction, last]);
    let [startIndex, transaction, seen] = [0, this.#lastTransaction, new Set(this.#seenCombinations)];
    for (const [id, action, type, university] of rows) {
      for (let next = starts[startIndex]; next !== undefined && next <= id; next = starts[startIndex]) {
        startIndex += 1;
        transaction = next;
        seen = new Set();
      }
      const combination = this.#combinationNumber(type, action, university);
      if (seen.has(combination)) continue;
      seen.add(combination);
      this.#transactionIds.push(transaction);
      this.#combinationNumbers.push(combination);
    }
    [this.#lastRow, this.#lastTransaction, this.#seenCombinations] = [last, transaction, seen];
  }

  #combinationNumber(type: string, action: string, university_id: string | null): number {
    const key = `${type} ${action} ${university_id ?? ''}`;
    let number = this.#numberByKey.get(key);
    if (number === undefined) {
      number = this.#combinations.push({ type, action, university_id }) - 1;
      this.#numberByKey.set(key, number);
    }
    return number;
  }

  /** Ids of the transactions with a matching change, newest first. */
  find({ type, action, university_id }: Facet): number[] {
    const matches = this.#combinations.map(
      (combination) =>
        (type === undefined || combination.type === type) &&
        (action === undefined || combination.action === action) &&
        (university_id === undefined || combination.university_id === university_id),
    );
    const transactions: number[] = [];
    for (let index = this.#transactionIds.length - 1; index >= 0; index -= 1) {
      const transaction = this.#transactionIds[index] as number;
      if (matches[this.#combinationNumbers[index] as number] && transactions.at(-1) !== transaction)
        transactions.push(transaction);
    }
    return transactions;
  }
}

const createFacets = (read: Connection): LogFacets => new LogFacets(read);
export const logFacets = ({ singletons }: Pick<Services, 'singletons'>): LogFacets =>
  singletons.get(createFacets);
