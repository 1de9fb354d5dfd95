import type { WantedChange } from '#shared/contract/bulk.ts';
import { mostChanges } from '#shared/contract/bulk.ts';
import type { ListView } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { say } from '../../../i18n/setup.ts';
import { undoable } from '../../../stores/undo.ts';
import { faultData, fieldOfPath } from '../../../text/faults.ts';
import { counted } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import type { Column } from '../columns.ts';
import type { Rows } from '../data/rows.ts';
import { rangeOf } from '../grid/range.ts';
import type { GridState } from '../grid/state.ts';
import { ruleText } from '../form/messages.ts';
import { newId } from '../newId.ts';
import { askAboutPaste } from './askAboutPaste.tsx';
import { changesOf } from './changes.ts';
import { layOver } from './paste-shape.ts';
import { planPaste } from './paste-plan.ts';
import type { PastePlan, PasteProblem } from './paste-plan.ts';
import { findReferences } from './references.ts';
import { sendChanges } from './send.ts';
import { parseTsv } from './tsv.ts';

export interface PasteInto {
  view: ListView;
  rows: Rows;
  /** The columns that are shown, and all that there are. */
  placed: readonly Column[];
  all: readonly Column[];
  state: GridState;
  /** The university of whoever acts. */
  university: string | null;
  whyNot: (record: EntityRecord) => string | null;
}

/** The record rows from `top` on, as many as there are lines, past the lines of groups. */
async function recordsFrom(rows: Rows, top: number, count: number): Promise<readonly EntityRecord[]> {
  const end = (rows.count ?? 0) - 1;
  if (top > end) return [];
  const groups = rows.groups?.lines.length ?? 0;
  return (await rows.read(top, Math.min(end, top + count + groups - 1))).slice(0, count);
}

async function planOf(into: PasteInto, text: string): Promise<PastePlan> {
  const { view, rows, placed, all, state, university, whyNot } = into;
  const range = rangeOf(state);
  const { lines, columns } = layOver(parseTsv(text), range, placed, all);
  const records = await recordsFrom(rows, range.top, lines.length);
  const named = lines.flatMap((cells) =>
    cells.flatMap((cell, place) => {
      const field = columns[place]?.field;
      return field ? [{ field, text: cell }] : [];
    }),
  );
  return planPaste({
    type: view.type,
    lines,
    columns,
    records,
    creates: rows.groups === null,
    filters: view.filters,
    university,
    found: await findReferences(named),
    whyNot,
  });
}

/** The change that an issue names (`changes.3.size`), as a problem of the line it came from. */
function problemsIn(error: unknown, lines: readonly number[]): readonly PasteProblem[] {
  const issues = faultData(error, 'INVALID')?.issues ?? [];
  return issues.map(({ path, message }) => {
    const [, place = '', ...field] = path.split('.');
    const column = fieldOfPath(field.join('.'));
    return { line: lines[Number(place)] ?? 1, column, text: '', why: ruleText(message) };
  });
}

function tell(into: PasteInto, opId: string | null, changed: number, added: number, leftOut: number): void {
  const { type } = into.view;
  const more = leftOut > 0 ? { more: say('sheet:leftOut', { count: leftOut }) } : {};
  if (opId === null) {
    notice({ title: say('sheet:alreadySo'), ...more });
    return;
  }
  const title =
    added === 0
      ? say('sheet:pasted', { what: counted(type, changed) })
      : changed === 0
        ? say('sheet:added', { what: counted(type, added) })
        : say('sheet:pastedAndAdded', { what: counted(type, changed), more: String(added) });
  notice({ ...undoable(opId), title, ...more });
}

async function apply(into: PasteInto, plan: PastePlan, adds: boolean): Promise<void> {
  const { type } = into.view;
  const updates = changesOf(plan.cells);
  const created = adds ? plan.created : [];
  const creates = created.map(({ data }): WantedChange => ({ kind: 'create', type, id: newId(type), data }));
  const lineOf = new Map(plan.cells.map(({ record, line }) => [record.id, line]));
  try {
    const opId = await sendChanges([...updates, ...creates]);
    tell(into, opId, updates.length, creates.length, plan.problems.length);
  } catch (error) {
    const lines = [...updates.map(({ id }) => lineOf.get(id) ?? 1), ...created.map(({ line }) => line)];
    const problems = problemsIn(error, lines);
    if (problems.length === 0) report(error, say('sheet:pasteFailed'));
    else await askAboutPaste(into.view.type, { ...plan, cells: [], created: [], problems });
  }
}

/**
 * Pastes the text of a spreadsheet from the active cell on, as one undoable change. Where something cannot be understood, or lines lie
 * beyond the last record, it is shown and asked first.
 */
export async function pasteText(into: PasteInto, text: string): Promise<void> {
  if (text === '') {
    notice({ title: say('sheet:nothingToPaste'), more: say('sheet:nothingToPasteMore') });
    return;
  }
  try {
    const plan = await planOf(into, text);
    if (changesOf(plan.cells).length + plan.created.length > mostChanges) {
      notice({ tone: 'bad', title: say('sheet:tooManyToPaste', { count: mostChanges }) });
      return;
    }
    const plain = plan.problems.length === 0 && plan.created.length === 0;
    const answer = plain ? { adds: false } : await askAboutPaste(into.view.type, plan);
    if (answer) await apply(into, plan, answer.adds);
  } catch (error) {
    report(error, say('sheet:pasteFailed'));
  }
}
