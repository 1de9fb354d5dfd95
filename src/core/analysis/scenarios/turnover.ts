import type { ReadHandle } from '../../kernel/db/connection.ts';
import { isUndone } from '../../log/audit/undone.ts';
import { readSandboxFacts } from '../../log/sandbox-facts.ts';

/** What the history says about who left and who came. */
export interface Turnover {
  /** Terms that students passed or left in, and how many of those students left before their terms were over. */
  personTerms: number;
  early: number;
  /** Students who left, for whatever reason. */
  departures: number;
  /** Terms that places were open, and how many of the places were filled in one. */
  vacancies: number;
  refilled: number;
  /** The terms that those had who filled a place. */
  newcomerTerms: number[];
}

/** A history that says nothing. */
export const noTurnover = (): Turnover => ({
  personTerms: 0,
  early: 0,
  departures: 0,
  vacancies: 0,
  refilled: 0,
  newcomerTerms: [],
});

interface Row {
  id: number;
  tx: number;
  label: string;
  op_id: string;
  params: string | null;
  correction: number;
  action: string;
  student: string;
  /** Of the payload after the change; null where it does not say. */
  team: string | null;
  terms: number | null;
  active: number | null;
  graduated: number | null;
}

/** What is known of a student as the log is read. */
interface Student {
  team: string | null;
  terms: number | null;
  isThere: boolean;
  /** Terms that have passed for them: only of those who passed some is it known that they had come to stay. */
  passed: number;
}

/** Few enough for others to have their turn in between. */
const page = 500;
const rows = `SELECT l.id, t.id AS tx, t.label, t.op_id, t.params, (t.undoes IS NOT NULL OR t.redoes IS NOT NULL) AS correction, l.action,
    l.entity_id AS student, l.payload_after->>'$.team_id' AS team, l.payload_after->>'$.terms_remaining' AS terms,
    l.payload_after->>'$.active' AS active, json_type(l.payload_after, '$.graduated_at') = 'text' AS graduated
  FROM audit_logs l JOIN audit_transactions t ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id)
  WHERE l.entity_type = 'student' AND l.id > ? AND t.id <= ? ORDER BY l.id LIMIT ${page}`;

const advanced = 'students.advanced';
const hasAdvanced = `SELECT 1 FROM audit_transactions WHERE label = '${advanced}' AND undoes IS NULL AND redoes IS NULL LIMIT 1`;

/**
 * Counts from the log, up to a transaction, who left and who came between the terms that passed. Changes that were undone do not count, nor do those of a
 * sandbox, which only try something. Yields how many rows it has read.
 */
export function* countTurnover(db: ReadHandle, until = Infinity): Generator<number, Turnover, void> {
  const last = Math.min(until, readSandboxFacts(db)?.own_after ?? Infinity, Number.MAX_SAFE_INTEGER);
  const count = new TurnoverCount(db);
  // Nothing can be learned before a term has passed, and most workspaces are young.
  if (db.get(hasAdvanced) === undefined) return count.found;
  let done = 0;
  for (let after = 0; ;) {
    const found = db.all<Row>(rows, [after, last]);
    for (const row of found) count.add(row);
    yield (done += found.length);
    if (found.length < page) return count.found;
    after = found.at(-1)?.id ?? after;
  }
}

class TurnoverCount {
  readonly found = noTurnover();
  readonly #db: ReadHandle;
  readonly #students = new Map<string, Student>();
  /** Open places of each team: those that others left since the last term passed, and those that were open for longer. */
  readonly #open = new Map<string, number>();
  #transaction = -1;
  #counts = false;

  constructor(db: ReadHandle) {
    this.#db = db;
  }

  add(row: Row): void {
    const isAdvance = row.label === advanced;
    if (row.tx !== this.#transaction) {
      this.#transaction = row.tx;
      this.#counts = row.correction === 0 && !isUndone(this.#db, row.op_id);
      if (isAdvance && this.#counts) this.#passTerm();
    }
    const before = this.#students.get(row.student);
    const after = changed(before, row);
    this.#students.set(row.student, after);
    if (!this.#counts) return;
    if (isAdvance) this.#advance(row, before, after);
    else if (before?.isThere !== true && after.isThere) this.#join(row, after);
    else if (before?.isThere === true && !after.isThere) this.#leave(before, row);
  }

  /** Places that nobody took until the next term's end were not filled in theirs. */
  #passTerm(): void {
    for (const open of this.#open.values()) this.found.vacancies += open;
  }

  #advance({ params }: Row, before: Student | undefined, after: Student): void {
    const { terms = 1 } = JSON.parse(params ?? '{}') as { terms?: number };
    this.found.personTerms += terms;
    after.passed += terms;
    if (before?.isThere === true && !after.isThere) this.#depart(before.team);
  }

  #join({ action }: Row, { team, terms }: Student): void {
    const open = team === null ? 0 : (this.#open.get(team) ?? 0);
    if (team === null || open === 0 || action !== 'create') return;
    this.#open.set(team, open - 1);
    this.found.vacancies += 1;
    this.found.refilled += 1;
    if (terms !== null && terms > 0) this.found.newcomerTerms.push(terms);
  }

  #leave({ team, terms, passed }: Student, { graduated }: Row): void {
    // Who is deleted before any term has passed was most likely a mistake.
    if (passed === 0) return;
    if (graduated !== 1 && terms !== null && terms > 0) {
      this.found.personTerms += 1;
      this.found.early += 1;
    }
    this.#depart(team);
  }

  #depart(team: string | null): void {
    this.found.departures += 1;
    if (team !== null) this.#open.set(team, (this.#open.get(team) ?? 0) + 1);
  }
}

function changed(before: Student | undefined, row: Row): Student {
  const { team = null, terms = null, isThere = true, passed = 0 } = before ?? {};
  const isDeleted = row.action === 'delete';
  const isActive =
    row.active === null ? isThere || row.action === 'create' || row.action === 'restore' : row.active !== 0;
  return {
    team: row.team ?? team,
    terms: row.terms ?? terms,
    isThere: !isDeleted && isActive,
    passed,
  };
}
