import type { ReadHandle } from '../../kernel/db/connection.ts';
import { isUndone } from '../../log/audit/undone.ts';
import { readSandboxFacts } from '../../log/sandbox-facts.ts';

export interface Turnover {
  /** Student-terms observed; `early` is how many students left early. */
  personTerms: number;
  early: number;
  /** Students who left, for any reason. */
  departures: number;
  /** Terms in which a place was open; `refilled` counts places that were filled within a term. */
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

interface LogRow {
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
  /** From the payload after the change; null if missing there. */
  team: string | null;
  terms: number | null;
  active: number | null;
  graduated: number | null;
}

interface Student {
  team: string | null;
  terms: number | null;
  isPresent: boolean;
  /** Terms that have passed for the student; with none, a deletion counts as a corrected mistake. */
  termsPassed: number;
}

interface Team {
  /** For a team without a university: the university of the first student who left the team. */
  university: string | null;
  isPresent: boolean;
  /** Places that students left and nobody has taken since. */
  openPlaces: number;
}

/** Small enough to yield to other work in between. */
const pageSize = 500;
const rowQuery = `SELECT l.id, t.id AS tx, t.label, t.op_id, t.params, (t.undoes IS NOT NULL OR t.redoes IS NOT NULL) AS correction, l.action,
    l.entity_type AS type, l.entity_id AS record, l.university_id AS university, l.payload_after->>'$.team_id' AS team, l.payload_after->>'$.terms_remaining' AS terms,
    l.payload_after->>'$.active' AS active, json_type(l.payload_after, '$.graduated_at') = 'text' AS graduated
  FROM audit_logs l JOIN audit_transactions t ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id)
  WHERE l.entity_type IN ('student', 'team', 'university') AND l.id > ? AND t.id <= ? ORDER BY l.id LIMIT ${pageSize}`;

const advanceLabel = 'students.advanced';
const mergeLabel = 'records.merged';
const anyAdvanceQuery = `SELECT 1 FROM audit_transactions WHERE label = '${advanceLabel}' AND undoes IS NULL AND redoes IS NULL LIMIT 1`;

/** Counts departures and arrivals between terms from the log, without undone changes and sandboxes. Yields the rows read. */
export function* countTurnover(db: ReadHandle, maxTransaction = Infinity): Generator<number, Turnover, void> {
  const lastTransaction = Math.min(
    maxTransaction,
    readSandboxFacts(db)?.own_after ?? Infinity,
    Number.MAX_SAFE_INTEGER,
  );
  const counter = new TurnoverCount(db);
  // Nothing can be learned before a term has passed, and most workspaces are young.
  if (db.get(anyAdvanceQuery) === undefined) return counter.turnover;
  let done = 0;
  for (let lastRow = 0; ;) {
    const rows = db.all<LogRow>(rowQuery, [lastRow, lastTransaction]);
    for (const row of rows) counter.add(row);
    yield (done += rows.length);
    if (rows.length < pageSize) return counter.turnover;
    lastRow = rows.at(-1)?.id ?? lastRow;
  }
}

class TurnoverCount {
  readonly turnover = noTurnover();
  readonly #db: ReadHandle;
  readonly #students = new Map<string, Student>();
  readonly #teams = new Map<string, Team>();
  #transaction = -1;
  #isCounted = false;
  /** The terms that pass in the transaction. */
  #termsPassing = 1;

  constructor(db: ReadHandle) {
    this.#db = db;
  }

  add(row: LogRow): void {
    const isAdvance = row.label === advanceLabel;
    if (row.tx !== this.#transaction) {
      this.#transaction = row.tx;
      this.#isCounted = row.correction === 0 && !isUndone(this.#db, row.op_id);
      if (isAdvance && this.#isCounted) this.#passTerms(row);
    }
    if (row.type !== 'student') {
      this.#changeTeams(row);
      return;
    }
    const before = this.#students.get(row.record);
    const after = updateStudent(before, row);
    this.#students.set(row.record, after);
    // Students of a merged team keep their places, and a merged duplicate has not left.
    if (!this.#isCounted || row.label === mergeLabel) return;
    if (isAdvance) this.#advance(row, before, after);
    else if (before?.isPresent === true && !after.isPresent) this.#leaveBetweenTerms(before, row);
    else if (after.isPresent && (before?.isPresent !== true || before.team !== after.team))
      this.#recordArrival(after);
  }

  /** A place that is still open when terms pass at its university was vacant in each of these terms. */
  #passTerms({ params }: LogRow): void {
    const { terms = 1, university } = JSON.parse(params ?? '{}') as { terms?: number; university?: string };
    this.#termsPassing = terms;
    for (const team of this.#teams.values())
      if (university === undefined || team.university === university)
        this.turnover.vacancies += team.openPlaces * terms;
  }

  #changeTeams({ type, record, university, action }: LogRow): void {
    const isDeleted = action === 'delete';
    if (type === 'team') {
      const team = this.#teamOf(record);
      team.university = university ?? team.university;
      team.isPresent = !isDeleted;
      if (isDeleted && this.#isCounted) team.openPlaces = 0;
    } else if (isDeleted && this.#isCounted) {
      for (const team of this.#teams.values()) if (team.university === record) team.openPlaces = 0;
    }
  }

  #teamOf(id: string): Team {
    let team = this.#teams.get(id);
    if (!team) this.#teams.set(id, (team = { university: null, isPresent: true, openPlaces: 0 }));
    return team;
  }

  #advance(row: LogRow, before: Student | undefined, after: Student): void {
    this.turnover.personTerms += this.#termsPassing;
    after.termsPassed += this.#termsPassing;
    if (before?.isPresent === true && !after.isPresent) this.#recordDeparture(before, row);
  }

  #recordArrival({ team: id, terms }: Student): void {
    const team = id === null ? undefined : this.#teams.get(id);
    if (!team || team.openPlaces === 0) return;
    team.openPlaces -= 1;
    this.turnover.vacancies += 1;
    this.turnover.refilled += 1;
    if (terms !== null && terms > 0) this.turnover.newcomerTerms.push(terms);
  }

  #leaveBetweenTerms(before: Student, row: LogRow): void {
    const { terms, termsPassed } = before;
    // A student who is deleted before any term has passed was most likely a mistake.
    if (termsPassed === 0) return;
    if (row.graduated !== 1 && terms !== null && terms > 0) {
      this.turnover.personTerms += 1;
      this.turnover.early += 1;
    }
    this.#recordDeparture(before, row);
  }

  #recordDeparture({ team: id }: Student, { university }: LogRow): void {
    this.turnover.departures += 1;
    if (id === null) return;
    const team = this.#teamOf(id);
    team.university ??= university;
    if (team.isPresent) team.openPlaces += 1;
  }
}

function updateStudent(before: Student | undefined, row: LogRow): Student {
  const { team = null, terms = null, isPresent = true, termsPassed = 0 } = before ?? {};
  const isDeleted = row.action === 'delete';
  const isActive =
    row.active === null ? isPresent || row.action === 'create' || row.action === 'restore' : row.active !== 0;
  return {
    team: row.team ?? team,
    terms: row.terms ?? terms,
    isPresent: !isDeleted && isActive,
    termsPassed,
  };
}
