import type { AnswerProblem } from '#shared/contract/confirm.ts';
import { followingLoss, interfaceKind } from '#shared/domain/interfaces.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import type { Ids } from '../../kernel/system.ts';
import { locateIn } from '../../log/records/locate.ts';
import { cutTo } from '../../model/interchange/headings.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import { uniqueMatch } from '../table/rows/reference.ts';
import { endTypes, VisibleRecords } from '../table/rows/visible-records.ts';
import { personTypes } from '#shared/domain/references.ts';
import { knownValue } from '../table/synonyms.ts';
import { isEdited, LinkCorrector, percentIn } from './link-corrections.ts';
import type { AnswerRow } from './rows.ts';
import { answerOf } from './sheet-texts.ts';

type Code = AnswerProblem['code'];

export interface PlannedAnswers {
  plan: PlannedChange[];
  confirmed: number;
  changed: number;
  deleted: number;
  added: number;
  unanswered: number;
  left_out: AnswerProblem[];
}

/** The effect of an answer; `set` null deletes the link. A code is the reason why the row is skipped. */
type Outcome = { set: JsonObject | null; isChange: boolean } | Code;

const lossOf = (text: string): number | null | 'bad_loss' => {
  const loss = percentIn(text);
  return loss === undefined ? 'bad_loss' : loss;
};

const bondOf = (text: string): string | null | undefined =>
  text === '' ? null : (knownValue('bond_type', text) ?? undefined);

/** Whether the sheet shows the link's current state. Blank cells are not compared. */
function isCurrent({ bond, loss }: AnswerRow['cells'], payload: JsonObject): boolean {
  const shownLoss = lossOf(loss);
  const isSameBond = bond === '' || (knownValue('bond_type', bond) ?? bond) === payload['bond_type'];
  return (
    isSameBond &&
    (loss === '' || Number(loss) === payload['energy_loss'] || shownLoss === payload['energy_loss'])
  );
}

/** The corrected fields: another bond sets its default loss, unless the row gives a loss or the link has one of its own. */
function correctedFields(payload: JsonObject, bond: string | null, loss: number | null): JsonObject {
  const implied = followingLoss({ bond: payload['bond_type'], loss: payload['energy_loss'] }, bond);
  const newLoss = loss ?? implied;
  return {
    ...(bond === null ? {} : { bond_type: bond }),
    ...(newLoss === undefined ? {} : { energy_loss: newLoss }),
  };
}

function outcomeOf(row: AnswerRow, payload: JsonObject, corrector: LinkCorrector): Outcome | null {
  const { cells } = row;
  const answer = answerOf(cells.answer);
  if (cells.answer !== '' && answer === undefined) return 'unknown_answer';
  const [bond, loss] = [bondOf(cells.new_bond), lossOf(cells.new_loss)];
  if (bond === undefined) return 'unknown_bond';
  if (loss === 'bad_loss') return loss;
  const corrections = corrector.correctionsOf(row, payload);
  if (typeof corrections === 'string') return corrections;
  const isCorrected = bond !== null || loss !== null || Object.keys(corrections).length > 0;
  if (answer === undefined && !isCorrected) return null;
  if (!isCurrent(cells, payload)) return 'differs';
  if (answer === 'no') return isCorrected ? 'no_but_corrected' : { set: null, isChange: true };
  if (answer === 'changed' && !isCorrected) return 'no_correction';
  const set = { ...correctedFields(payload, bond, loss), ...corrections };
  const isChange = Object.entries(set).some(([field, value]) => !jsonEqual(payload[field], value));
  return { set, isChange };
}

/** The answer to an existing link; several rows can answer for one link. */
interface LinkAnswer {
  rows: { row: AnswerRow; outcome: Outcome }[];
  payload: JsonObject;
  /** The outcome of all rows, or `contradicts`. */
  jointOutcome: Outcome;
}

interface AddedLink {
  bond: string | null;
  loss: number | null;
  corrections: JsonObject;
}

const pairSql = `SELECT id FROM interfaces WHERE ${visibleCondition()}
  AND ((from_id = :from AND to_id = :to) OR (from_id = :to AND to_id = :from)) LIMIT 1`;

interface PlanOptions {
  today: string;
  ids: Ids;
}

/** The changes of the rows. Yields rows read. */
export function* planAnswers(
  db: ReadHandle,
  rows: readonly AnswerRow[],
  options: PlanOptions,
): Generator<number, PlannedAnswers, void> {
  const visibleRecords = new VisibleRecords();
  const hasNewLinks = rows.some(({ link }) => link === null);
  if (hasNewLinks || rows.some(isEdited))
    yield* visibleRecords.load(db, hasNewLinks ? endTypes : personTypes);
  const planner = new AnswerPlanner(db, visibleRecords, options);
  let done = 0;
  for (const row of rows) {
    yield ++done;
    if (row.link !== null) planner.collectAnswer(row, row.link);
  }
  planner.planCollectedAnswers();
  for (const row of rows) {
    if (row.link !== null) continue;
    yield ++done;
    planner.planNewLink(row);
  }
  return planner.result;
}

class AnswerPlanner {
  readonly result: PlannedAnswers = {
    plan: [],
    confirmed: 0,
    changed: 0,
    deleted: 0,
    added: 0,
    unanswered: 0,
    left_out: [],
  };
  readonly #db: ReadHandle;
  readonly #visibleRecords: VisibleRecords;
  readonly #corrector: LinkCorrector;
  readonly #options: PlanOptions;
  readonly #existingLinks = new Set<string>();
  readonly #answersByLink = new Map<string, LinkAnswer>();
  readonly #addedLinksByPair = new Map<string, AddedLink>();

  constructor(db: ReadHandle, visibleRecords: VisibleRecords, options: PlanOptions) {
    this.#db = db;
    this.#visibleRecords = visibleRecords;
    this.#corrector = new LinkCorrector(db, visibleRecords);
    this.#options = options;
  }

  collectAnswer(row: AnswerRow, link: string): void {
    const record = locateIn(this.#db, 'interface', link);
    if (!record || record.deleted || record.hidden) return this.#skip(row, 'link_gone');
    this.#existingLinks.add(link);
    const outcome = outcomeOf(row, record.payload, this.#corrector);
    if (outcome === null) return;
    const answer = this.#answersByLink.get(link);
    if (answer) {
      answer.rows.push({ row, outcome });
      if (!jsonEqual(answer.jointOutcome, outcome)) answer.jointOutcome = 'contradicts';
    } else {
      const { payload } = record;
      this.#answersByLink.set(link, { rows: [{ row, outcome }], payload, jointOutcome: outcome });
    }
  }

  planCollectedAnswers(): void {
    const { result } = this;
    result.unanswered = this.#existingLinks.size - this.#answersByLink.size;
    for (const [id, { rows, payload, jointOutcome }] of this.#answersByLink) {
      const [first] = rows as [LinkAnswer['rows'][number]];
      if (typeof jointOutcome === 'string') {
        for (const { row, outcome } of rows) {
          const code = typeof outcome === 'string' ? outcome : jointOutcome;
          this.#skip(row, code, problemText(row, code));
        }
      } else if (jointOutcome.set === null) {
        result.deleted += 1;
        result.plan.push({ type: 'interface', id, payload: null });
      } else {
        const set = { ...jointOutcome.set, ...this.#confirmation(first.row) };
        // If neither the link nor the row names anybody, the field stays absent.
        if (set['confirmed_by'] === null && payload['confirmed_by'] == null) delete set['confirmed_by'];
        result.confirmed += 1;
        if (jointOutcome.isChange) result.changed += 1;
        result.plan.push({ type: 'interface', id, payload: { ...payload, ...set } });
      }
    }
  }

  planNewLink(row: AnswerRow): void {
    const { cells, team } = row;
    if (answerOf(cells.answer) === 'no') return;
    const from = team === null ? undefined : this.#visibleRecords.recordById(team);
    const matches = cells.other === '' ? [] : this.#visibleRecords.recordsNamed(endTypes, cells.other);
    const to = uniqueMatch(matches, from?.university);
    const [bondText, lossText] = [cells.new_bond || cells.bond, cells.new_loss || cells.loss];
    const [bond, loss] = [bondOf(bondText), lossOf(lossText)];
    if (!from) return this.#skip(row, 'no_team');
    if (cells.other === '') return this.#skip(row, 'end_missing', bondText || cells.answer);
    if (!to) return this.#skip(row, matches.length === 0 ? 'end_unknown' : 'end_ambiguous', cells.other);
    if (to.id === from.id) return this.#skip(row, 'same_end', cells.other);
    if (bond === undefined) return this.#skip(row, 'unknown_bond', bondText);
    if (loss === 'bad_loss') return this.#skip(row, loss, lossText);
    const corrections = this.#corrector.correctionsOf(row, {});
    if (typeof corrections === 'string') return this.#skip(row, corrections, problemText(row, corrections));
    const pair = [from.id, to.id].toSorted().join('\n');
    const earlier = this.#addedLinksByPair.get(pair);
    // Both teams can have added the link.
    if (earlier && jsonEqual({ ...earlier }, { bond, loss, corrections })) return;
    if (earlier) return this.#skip(row, 'contradicts', cells.other);
    if (this.#db.get(pairSql, { from: from.id, to: to.id }))
      return this.#skip(row, 'linked_already', cells.other);
    this.#addedLinksByPair.set(pair, { bond, loss, corrections });
    const kind = interfaceKind(from.type, to.type);
    const payload: JsonObject = {
      from: from.id,
      to: to.id,
      ...(kind === null ? {} : { interface_type: kind }),
      ...correctedFields({}, bond, loss),
      ...corrections,
      ...this.#confirmation(row),
    };
    this.result.added += 1;
    const id = `${idPrefix.interface}_${this.#options.ids.uuid()}`;
    this.result.plan.push({ type: 'interface', id, payload });
  }

  #skip({ sheet, line, cells }: AnswerRow, code: Code, value = ''): void {
    this.result.left_out.push({ code, sheet, line, value: cutTo(value || cells.other || cells.id, 200) });
  }

  #confirmation({ cells: { by } }: AnswerRow): JsonObject {
    return {
      confirmed_at: this.#options.today,
      confirmed_by: by === '' ? null : cutTo(withoutControls(by), maxLengths.name),
    };
  }
}

/** The cell with the problem. */
function problemText({ cells }: AnswerRow, code: Code): string {
  if (code === 'unknown_answer') return cells.answer;
  if (code === 'unknown_bond') return cells.new_bond;
  if (code === 'unknown_bearer') return cells.bearers;
  if (code === 'bad_documented') return cells.documented;
  return code === 'bad_loss' ? cells.new_loss : cells.other;
}
