import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { locateIn } from '../log/records/locate.ts';
import { deletionOf, WentWith } from './went-with.ts';
import type { Gone } from './went-with.ts';

const transactionOf =
  'SELECT id, changes, undoes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const deletions = `SELECT id FROM audit_logs WHERE entity_id = ? AND action = 'delete' ORDER BY id DESC`;
const transactionBy = 'SELECT id FROM audit_transactions WHERE op_id = ?';
const rowOfLog = 'SELECT * FROM audit_logs WHERE id = ?';
const consequences = `SELECT id AS row, meta ->> '$.because' AS because FROM audit_logs
  WHERE id >= ? AND id < ? AND entity_type <> 'interface' AND meta IS NOT NULL ORDER BY id DESC`;

/** Rows of the log read between two pauses. */
const piece = 2000;

interface Span {
  id: number;
  changes: number;
  /** What it undoes, by `op_id`. */
  undoes: string | null;
}

interface Consequence {
  row: number;
  because: string | null;
}

/** What is deleted and belonged to a university. */
interface Contents {
  /** What went because of it when it went; what is referred to before what refers to it. */
  went: readonly Gone[];
  /** What was deleted itself in a transaction that deleted the university. */
  besides: readonly Gone[];
}

/**
 * What left together with records that are deleted now: contents and emptied references. A transaction that deleted many is read once,
 * however many of them come back.
 */
export class Companions {
  readonly #db: ReadHandle;
  readonly #known = new Map<number, ReadonlyMap<string, readonly number[]>>();
  readonly #went: WentWith;
  readonly #contents = new Map<string, Contents>();

  constructor(db: ReadHandle) {
    this.#db = db;
    this.#went = new WentWith(db);
  }

  /** Nothing for a record of another type. */
  contentsOf(university: string): Contents {
    for (const _ of this.#readContents(university)) continue;
    return this.#contents.get(university) ?? { went: [], besides: [] };
  }

  /** Because of each of these, in the transactions that deleted them; latest first in each. */
  of(ids: readonly string[]): AuditLogRow[] {
    const spans = new Set<number>();
    for (const id of ids) {
      const span = this.#spanOf(id);
      if (!span || spans.has(span.id)) continue;
      for (const _ of this.#readSpan(span)) continue;
      spans.add(span.id);
    }
    const rows = [...spans].flatMap((span) => ids.flatMap((id) => this.#known.get(span)?.get(id) ?? []));
    return rows.map((row) => this.#db.get<AuditLogRow>(rowOfLog, [row]) as AuditLogRow);
  }

  /** Reads what `of` and `contentsOf` need, some rows at each step. */
  *readAhead(id: string): Generator<unknown, void, void> {
    yield* this.#readContents(id);
    const span = this.#spanOf(id);
    if (span) yield* this.#readSpan(span);
  }

  *#readContents(id: string): Generator<unknown, void, void> {
    if (this.#contents.has(id) || !locateIn(this.#db, 'university', id)) return;
    const spans = this.#goingOf(id);
    const [went, besides]: [Gone[], Gone[]] = [[], []];
    for (const one of yield* this.#went.allOf(id)) {
      const { row, because } = deletionOf(this.#db, one.id) ?? { row: 0, because: null };
      if (spans.some((span) => row >= span.id && row < span.id + span.changes))
        (because === id ? went : besides).push(one);
      yield;
    }
    this.#contents.set(id, { went, besides });
  }

  *#readSpan(span: Span): Generator<unknown, void, void> {
    if (this.#known.has(span.id)) return;
    const found = new Map<string, number[]>();
    const end = span.id + span.changes;
    for (let until = end; until > span.id; until -= piece) {
      const part = [Math.max(span.id, until - piece), until];
      for (const { row, because } of this.#db.all<Consequence>(consequences, part)) {
        if (because === null) continue;
        const rows = found.get(because);
        if (rows) rows.push(row);
        else found.set(because, [row]);
      }
      yield;
    }
    this.#known.set(span.id, found);
  }

  /**
   * The transactions in which a university went: the last that deleted it, and where that undid its coming back, the one before that: it is as
   * if it had never come.
   */
  #goingOf(id: string): Span[] {
    const going: Span[] = [];
    let before = Infinity;
    for (const row of this.#db.column<number>(deletions, [id])) {
      if (row >= before) continue;
      const span = this.#spanAt(row);
      if (!span) break;
      going.push(span);
      if (span.undoes === null) break;
      before = this.#db.column<number>(transactionBy, [span.undoes])[0] ?? 0;
    }
    return going;
  }

  /** The transaction that deleted the record. */
  #spanOf(id: string): Span | undefined {
    const last = deletionOf(this.#db, id);
    return last && this.#spanAt(last.row);
  }

  #spanAt(row: number): Span | undefined {
    return this.#db.get<Span>(transactionOf, [row]);
  }
}
