import type { AnswerProblem } from '#shared/contract/confirm.ts';
import { defaultEnergyLoss, interfaceKind } from '#shared/domain/interfaces.ts';
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
import { endTypes, Present } from '../table/present.ts';
import { personTypes } from '#shared/domain/references.ts';
import { knownValue } from '../table/synonyms.ts';
import { isEdited, People, percentIn } from './corrections.ts';
import type { AnswerRow } from './rows.ts';
import { answerNamed } from './sheet-texts.ts';

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

/** The effect of an answer; null deletes the link, a code is why the row is skipped. */
type Outcome = { set: JsonObject | null; isChange: boolean } | Code;

const lossOf = (text: string): number | null | 'bad_loss' => {
  const loss = percentIn(text);
  return loss === undefined ? 'bad_loss' : loss;
};

const bondOf = (text: string): string | null | undefined =>
  text === '' ? null : (knownValue('bond_type', text) ?? undefined);

/** Whether the sheet shows the link's current state. Blank cells say nothing. */
function isAsShown({ bond, loss }: AnswerRow['cells'], payload: JsonObject): boolean {
  const shownLoss = lossOf(loss);
  const sameBond = bond === '' || (knownValue('bond_type', bond) ?? bond) === payload['bond_type'];
  return (
    sameBond &&
    (loss === '' || Number(loss) === payload['energy_loss'] || shownLoss === payload['energy_loss'])
  );
}

/** The corrected fields: another bond sets its default loss, unless one is given. */
function correction(payload: JsonObject, bond: string | null, loss: number | null): JsonObject {
  const isOther = bond !== null && bond !== payload['bond_type'];
  const usual = isOther ? defaultEnergyLoss[bond] : undefined;
  const newLoss = loss ?? usual;
  return {
    ...(bond === null ? {} : { bond_type: bond }),
    ...(newLoss === undefined ? {} : { energy_loss: newLoss }),
  };
}

function outcomeOf(row: AnswerRow, payload: JsonObject, people: People): Outcome | null {
  const { cells } = row;
  const answer = answerNamed(cells.answer);
  if (cells.answer !== '' && answer === undefined) return 'unknown_answer';
  const [bond, loss] = [bondOf(cells.new_bond), lossOf(cells.new_loss)];
  if (bond === undefined) return 'unknown_bond';
  if (loss === 'bad_loss') return loss;
  const edited = people.corrections(row, payload);
  if (typeof edited === 'string') return edited;
  const isCorrected = bond !== null || loss !== null || Object.keys(edited).length > 0;
  if (answer === undefined && !isCorrected) return null;
  if (!isAsShown(cells, payload)) return 'differs';
  if (answer === 'no') return isCorrected ? 'no_but_corrected' : { set: null, isChange: true };
  if (answer === 'changed' && !isCorrected) return 'no_correction';
  const set = { ...correction(payload, bond, loss), ...edited };
  const isChange = Object.entries(set).some(([field, value]) => !jsonEqual(payload[field], value));
  return { set, isChange };
}

interface Answered {
  rows: AnswerRow[];
  payload: JsonObject;
  outcome: Outcome;
}

const pairSql = `SELECT id FROM interfaces WHERE ${visibleCondition()}
  AND ((from_id = :from AND to_id = :to) OR (from_id = :to AND to_id = :from)) LIMIT 1`;

/** The changes of the rows. Yields rows read. */
export function* planAnswers(
  db: ReadHandle,
  rows: readonly AnswerRow[],
  { today, ids }: { today: string; ids: Ids },
): Generator<number, PlannedAnswers, void> {
  const left_out: AnswerProblem[] = [];
  const leaveOut = ({ sheet, line, cells }: AnswerRow, code: Code, value = ''): void => {
    left_out.push({ code, sheet, line, value: cutTo(value || cells.other || cells.id, 200) });
  };
  const planned: PlannedAnswers = {
    plan: [],
    confirmed: 0,
    changed: 0,
    deleted: 0,
    added: 0,
    unanswered: 0,
    left_out,
  };
  const confirmation = ({ by }: AnswerRow['cells']): JsonObject => ({
    confirmed_at: today,
    confirmed_by: by === '' ? null : cutTo(withoutControls(by), maxLengths.name),
  });

  const present = new Present();
  const hasAdded = rows.some(({ link }) => link === null);
  if (hasAdded || rows.some(isEdited)) yield* present.load(db, hasAdded ? endTypes : personTypes);
  const people = new People(db, present);
  const answered = new Map<string, Answered>();
  const seen = new Set<string>();
  let done = 0;
  for (const row of rows) {
    yield ++done;
    if (row.link === null) continue;
    const record = locateIn(db, 'interface', row.link);
    if (!record || record.deleted || record.hidden) {
      leaveOut(row, 'link_gone');
      continue;
    }
    seen.add(row.link);
    const outcome = outcomeOf(row, record.payload, people);
    if (outcome === null) continue;
    const other = answered.get(row.link);
    if (other) {
      other.rows.push(row);
      const isSame = jsonEqual(other.outcome, outcome);
      // An unreadable row may contradict the other.
      if (!isSame) other.outcome = typeof other.outcome === 'string' ? other.outcome : 'contradicts';
    } else answered.set(row.link, { rows: [row], payload: record.payload, outcome });
  }
  planned.unanswered = seen.size - answered.size;
  for (const [id, { rows: both, payload, outcome }] of answered) {
    const [row] = both as [AnswerRow];
    if (typeof outcome === 'string') {
      for (const one of both) leaveOut(one, outcome, offending(one, outcome));
    } else if (outcome.set === null) {
      planned.deleted += 1;
      planned.plan.push({ type: 'interface', id, payload: null });
    } else {
      const set = { ...outcome.set, ...confirmation(row.cells) };
      // Still nobody.
      if (set['confirmed_by'] === null && payload['confirmed_by'] == null) delete set['confirmed_by'];
      planned.confirmed += 1;
      if (outcome.isChange) planned.changed += 1;
      planned.plan.push({ type: 'interface', id, payload: { ...payload, ...set } });
    }
  }

  const added = rows.filter(({ link }) => link === null);
  if (added.length === 0) return planned;
  const made = new Map<string, { bond: string | null; loss: number | null; corrections: JsonObject }>();
  for (const row of added) {
    yield ++done;
    const { cells, team } = row;
    const from = team === null ? undefined : present.named(team);
    const [bond, loss] = [bondOf(cells.new_bond || cells.bond), lossOf(cells.new_loss || cells.loss)];
    const called = cells.other === '' ? [] : present.called(endTypes, cells.other);
    const own = called.filter((one) => one.university === from?.university);
    const corrections = people.corrections(row, {});
    const to = called.length === 1 ? called[0] : own.length === 1 ? own[0] : undefined;
    if (answerNamed(cells.answer) === 'no') continue;
    if (!from) leaveOut(row, 'no_team');
    else if (cells.other === '') leaveOut(row, 'end_missing', cells.new_bond || cells.bond || cells.answer);
    else if (!to) leaveOut(row, called.length === 0 ? 'end_unknown' : 'end_ambiguous', cells.other);
    else if (to.id === from.id) leaveOut(row, 'same_end', cells.other);
    else if (bond === undefined) leaveOut(row, 'unknown_bond', cells.new_bond || cells.bond);
    else if (loss === 'bad_loss') leaveOut(row, loss, cells.new_loss || cells.loss);
    else if (typeof corrections === 'string') leaveOut(row, corrections, offending(row, corrections));
    else {
      const pair = [from.id, to.id].toSorted().join('\n');
      const before = made.get(pair);
      // Both teams may have added the link.
      if (before && jsonEqual({ ...before }, { bond, loss, corrections })) continue;
      if (before || db.get(pairSql, { from: from.id, to: to.id })) {
        leaveOut(row, before ? 'contradicts' : 'linked_already', cells.other);
        continue;
      }
      made.set(pair, { bond, loss, corrections });
      const kind = interfaceKind(from.type, to.type);
      const payload: JsonObject = {
        from: from.id,
        to: to.id,
        ...(kind === null ? {} : { interface_type: kind }),
        ...correction({}, bond, loss),
        ...corrections,
        ...confirmation(cells),
      };
      planned.added += 1;
      planned.plan.push({
        type: 'interface',
        id: `${idPrefix.interface}_${ids.uuid()}`,
        payload,
      });
    }
  }
  return planned;
}

/** The cell with the problem. */
function offending({ cells }: AnswerRow, code: Code): string {
  if (code === 'unknown_answer') return cells.answer;
  if (code === 'unknown_bond') return cells.new_bond;
  if (code === 'unknown_bearer') return cells.bearers;
  if (code === 'bad_documented') return cells.documented;
  return code === 'bad_loss' ? cells.new_loss : cells.other;
}
