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
import { endTypes, VisibleRecords } from '../table/visible-records.ts';
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

/** The corrected fields: another bond sets its default loss, unless the row gives a loss. */
function correctedFields(payload: JsonObject, bond: string | null, loss: number | null): JsonObject {
  const isNewBond = bond !== null && bond !== payload['bond_type'];
  const defaultLoss = isNewBond ? defaultEnergyLoss[bond] : undefined;
  const newLoss = loss ?? defaultLoss;
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

interface LinkAnswer {
  rows: { row: AnswerRow; own: Outcome }[];
  payload: JsonObject;
  /** Of all rows together. */
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
  const skipRow = ({ sheet, line, cells }: AnswerRow, code: Code, value = ''): void => {
    left_out.push({ code, sheet, line, value: cutTo(value || cells.other || cells.id, 200) });
  };
  const result: PlannedAnswers = {
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

  const visibleRecords = new VisibleRecords();
  const hasNewLinks = rows.some(({ link }) => link === null);
  if (hasNewLinks || rows.some(isEdited))
    yield* visibleRecords.load(db, hasNewLinks ? endTypes : personTypes);
  const corrector = new LinkCorrector(db, visibleRecords);
  const answers = new Map<string, LinkAnswer>();
  const seenLinks = new Set<string>();
  let done = 0;
  for (const row of rows) {
    yield ++done;
    if (row.link === null) continue;
    const record = locateIn(db, 'interface', row.link);
    if (!record || record.deleted || record.hidden) {
      skipRow(row, 'link_gone');
      continue;
    }
    seenLinks.add(row.link);
    const outcome = outcomeOf(row, record.payload, corrector);
    if (outcome === null) continue;
    const earlier = answers.get(row.link);
    if (earlier) {
      earlier.rows.push({ row, own: outcome });
      if (!jsonEqual(earlier.outcome, outcome)) earlier.outcome = 'contradicts';
    } else answers.set(row.link, { rows: [{ row, own: outcome }], payload: record.payload, outcome });
  }
  result.unanswered = seenLinks.size - answers.size;
  for (const [id, { rows: answerRows, payload, outcome }] of answers) {
    const [{ row }] = answerRows as [(typeof answerRows)[number]];
    if (typeof outcome === 'string') {
      for (const one of answerRows) {
        const code = typeof one.own === 'string' ? one.own : outcome;
        skipRow(one.row, code, problemText(one.row, code));
      }
    } else if (outcome.set === null) {
      result.deleted += 1;
      result.plan.push({ type: 'interface', id, payload: null });
    } else {
      const set = { ...outcome.set, ...confirmation(row.cells) };
      // If neither the link nor the row names anybody, the field stays absent.
      if (set['confirmed_by'] === null && payload['confirmed_by'] == null) delete set['confirmed_by'];
      result.confirmed += 1;
      if (outcome.isChange) result.changed += 1;
      result.plan.push({ type: 'interface', id, payload: { ...payload, ...set } });
    }
  }

  const newLinkRows = rows.filter(({ link }) => link === null);
  if (newLinkRows.length === 0) return result;
  const addedPairs = new Map<string, { bond: string | null; loss: number | null; corrections: JsonObject }>();
  for (const row of newLinkRows) {
    yield ++done;
    const { cells, team } = row;
    const from = team === null ? undefined : visibleRecords.recordById(team);
    const [bond, loss] = [bondOf(cells.new_bond || cells.bond), lossOf(cells.new_loss || cells.loss)];
    const matches = cells.other === '' ? [] : visibleRecords.recordsNamed(endTypes, cells.other);
    const localMatches = matches.filter((one) => one.university === from?.university);
    const corrections = corrector.correctionsOf(row, {});
    const to = matches.length === 1 ? matches[0] : localMatches.length === 1 ? localMatches[0] : undefined;
    if (answerOf(cells.answer) === 'no') continue;
    if (!from) skipRow(row, 'no_team');
    else if (cells.other === '') skipRow(row, 'end_missing', cells.new_bond || cells.bond || cells.answer);
    else if (!to) skipRow(row, matches.length === 0 ? 'end_unknown' : 'end_ambiguous', cells.other);
    else if (to.id === from.id) skipRow(row, 'same_end', cells.other);
    else if (bond === undefined) skipRow(row, 'unknown_bond', cells.new_bond || cells.bond);
    else if (loss === 'bad_loss') skipRow(row, loss, cells.new_loss || cells.loss);
    else if (typeof corrections === 'string') skipRow(row, corrections, problemText(row, corrections));
    else {
      const pair = [from.id, to.id].toSorted().join('\n');
      const earlier = addedPairs.get(pair);
      // Both teams can have added the link.
      if (earlier && jsonEqual({ ...earlier }, { bond, loss, corrections })) continue;
      if (earlier || db.get(pairSql, { from: from.id, to: to.id })) {
        skipRow(row, earlier ? 'contradicts' : 'linked_already', cells.other);
        continue;
      }
      addedPairs.set(pair, { bond, loss, corrections });
      const kind = interfaceKind(from.type, to.type);
      const payload: JsonObject = {
        from: from.id,
        to: to.id,
        ...(kind === null ? {} : { interface_type: kind }),
        ...correctedFields({}, bond, loss),
        ...corrections,
        ...confirmation(cells),
      };
      result.added += 1;
      result.plan.push({
        type: 'interface',
        id: `${idPrefix.interface}_${ids.uuid()}`,
        payload,
      });
    }
  }
  return result;
}

/** The cell with the problem. */
function problemText({ cells }: AnswerRow, code: Code): string {
  if (code === 'unknown_answer') return cells.answer;
  if (code === 'unknown_bond') return cells.new_bond;
  if (code === 'unknown_bearer') return cells.bearers;
  if (code === 'bad_documented') return cells.documented;
  return code === 'bad_loss' ? cells.new_loss : cells.other;
}
