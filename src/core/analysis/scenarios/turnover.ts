import type { ReadHandle } from '../../kernel/db/connection.ts';
import { isUndone } from '../../log/audit/undone.ts';
import { readSandboxFacts } from '../../log/sandbox-facts.ts';

export interface Turnover {
  /** Student-terms observed, and how many students left early. */
  personTerms: number;
  early: number;
  /** Students who left, for any reason. */
  departures: number;
  /** Terms in which places were open, and places filled within a term. */
  vacancies: number;
  refilled: number;
  newcomerTerms: number[];
}

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
  type: 'student' | 'team' | 'university';
  record: string;
  university: string | null;
  /** From the payload after the change; null if it does not say. */
  team: string | null;
  terms: number | null;
  active: number | null;
  graduated: number | null;
}

interface Student {
  team: string | null;
  terms: number | null;
  isThere: boolean;
  /** Terms that have passed for the student. Only then is it known that they had come to stay. */
  passed: number;
}

interface Team {
  /** If the team has none: that of the last student who left it. */
  university: string | null;
  isThere: boolean;
  /** Places that students left and nobody has taken since. */
  open: number;
}

/** Small enough to yield to other work in between. */
const page = 500;
const rows = `SELECT l.id, t.id AS tx, t.label, t.op_id, t.params, (t.undoes IS NOT NULL OR t.redoes IS NOT NULL) AS correction, l.action,
    l.entity_type AS type, l.entity_id AS record, l.university_id AS university, l.payload_after->>'$.team_id' AS team, l.payload_after->>'$.terms_remaining' AS terms,
    l.payload_after->>'$.active' AS active, json_type(l.payload_after, '$.graduated_at') = 'text' AS graduated
  FROM audit_logs l JOIN audit_transactions t ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id)
  WHERE l.entity_type IN ('student', 'team', 'university') AND l.id > ? AND t.id <= ? ORDER BY l.id LIMIT ${page}`;

const advanced = 'students.advanced';
const merged = 'records.merged';
const hasAdvanced = `SELECT 1 FROM audit_transactions WHERE label = '${advanced}' AND undoes IS NULL AND redoes IS NULL LIMIT 1`;

/** Counts departures and arrivals between terms from the log, without undone changes and sandboxes. Yields the rows read. */
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
  readonly #teams = new Map<string, Team>();
  #transaction = -1;
  #counts = false;
  /** The terms that pass in the transaction. */
  #terms = 1;

  constructor(db: ReadHandle) {
    this.#db = db;
  }

  add(row: Row): void {
    const isAdvance = row.label === advanced;
    if (row.tx !== this.#transaction) {
      this.#transaction = row.tx;
      this.#counts = row.correction === 0 && !isUndone(this.#db, row.op_id);
      if (isAdvance && this.#counts) this.#passTerms(row);
    }
    if (row.type !== 'student') {
      this.#changeTeams(row);
      return;
    }
    const before = this.#students.get(row.record);
    const after = changed(before, row);
    this.#students.set(row.record, after);
    if (!this.#counts) return;
    if (isAdvance) this.#advance(row, before, after);
    else if (before?.isThere === true && !after.isThere) this.#leave(before, row);
    else if (after.isThere && (before?.isThere !== true || isMoved(before, after, row))) this.#join(after);
  }

  /** A place that is still open when terms pass at its university was not filled in any of them. */
  #passTerms({ params }: Row): void {
    const { terms = 1, university } = JSON.parse(params ?? '{}') as { terms?: number; university?: string };
    this.#terms = terms;
    for (const team of this.#teams.values())
      if (university === undefined || team.university === university)
        this.found.vacancies += team.open * terms;
  }

  #changeTeams({ type, record, university, action }: Row): void {
    const isDeleted = action === 'delete';
    if (type === 'team') {
      const team = this.#teamOf(record);
      team.university = university ?? team.university;
      team.isThere = !isDeleted;
      if (isDeleted && this.#counts) team.open = 0;
    } else if (isDeleted && this.#counts) {
      for (const team of this.#teams.values()) if (team.university === record) team.open = 0;
    }
  }

  #teamOf(id: string): Team {
    let team = this.#teams.get(id);
    if (!team) this.#teams.set(id, (team = { university: null, isThere: true, open: 0 }));
    return team;
  }

  #advance(row: Row, before: Student | undefined, after: Student): void {
    this.found.personTerms += this.#terms;
    after.passed += this.#terms;
    if (before?.isThere === true && !after.isThere) this.#depart(before, row);
  }

  #join({ team: id, terms }: Student): void {
    const team = id === null ? undefined : this.#teams.get(id);
    if (!team || team.open === 0) return;
    team.open -= 1;
    this.found.vacancies += 1;
    this.found.refilled += 1;
    if (terms !== null && terms > 0) this.found.newcomerTerms.push(terms);
  }

  #leave(before: Student, row: Row): void {
    const { terms, passed } = before;
    // A student who is deleted before any term has passed was most likely a mistake.
    if (passed === 0) return;
    if (row.graduated !== 1 && terms !== null && terms > 0) {
      this.found.personTerms += 1;
      this.found.early += 1;
    }
    this.#depart(before, row);
  }

  #depart({ team: id }: Student, { university }: Row): void {
    this.found.departures += 1;
    if (id === null) return;
    const team = this.#teamOf(id);
    team.university ??= university;
    if (team.isThere) team.open += 1;
  }
}

/** Students of a merged team come with their places. */
const isMoved = (before: Student, after: Student, { label }: Row): boolean =>
  before.team !== after.team && label !== merged;

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
