import type { EntityRecord } from '#shared/contract/record.ts';
import { mostChanges } from '#shared/contract/bulk.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { shortcutText } from '../../../commands/keys.ts';
import { say } from '../../../i18n/setup.ts';
import { countedRecords } from '../../../text/names.ts';
import { notice, reportError } from '../../../ui/notices.tsx';
import type { Rows } from '../data/rows.ts';
import { rangeOf } from '../grid/state.ts';
import { undoAction } from '../../../stores/undo.ts';
import { reportLocked } from '../../../ui/locked.ts';
import type { Column } from '../columns.ts';
import { checkField } from '../form/values.ts';
import type { GridState } from '../grid/state.ts';
import { changesOf, cellDiffers } from './changes.ts';
import type { CellChange } from './changes.ts';
import { writeChanges } from '../edit/save.ts';

interface FillInto {
  type: EntityType;
  rows: Rows;
  columns: readonly Column[];
  state: GridState;
  whyNot: (record: EntityRecord, wholeRecord?: boolean) => string | null;
}

const editable = (columns: readonly Column[]) =>
  columns.flatMap(({ field, label }) => (field ? [{ field, label }] : []));

/** Writes cells of the records that may be changed, in one undoable step, and reports why others stay. */
async function write(
  { type, whyNot }: FillInto,
  records: readonly EntityRecord[],
  cellsOf: (record: EntityRecord) => readonly CellChange[],
  titleOf: (cells: readonly CellChange[]) => string,
  note?: string,
): Promise<void> {
  const free = records.filter((record) => whyNot(record) === null);
  const locked = records.find((record) => whyNot(record) !== null);
  const why = locked ? whyNot(locked) : null;
  if (why !== null && free.length === 0) {
    reportLocked(type, records, why);
    return;
  }
  const cells = free.flatMap(cellsOf).filter(cellDiffers);
  const changes = changesOf(cells);
  if (changes.length > mostChanges) {
    notice({ tone: 'bad', title: say('sheet:tooManyToPaste', { count: mostChanges }) });
    return;
  }
  const more = why ?? note;
  const details = more === undefined ? {} : { more };
  const opId = await writeChanges(changes);
  notice(
    opId === null
      ? { title: say('sheet:alreadySo'), ...details }
      : { ...undoAction(opId), title: titleOf(cells), ...details },
  );
}

/** Copies the first row of the range down; a single cell gets the value above it. */
export async function fillDown(into: FillInto): Promise<void> {
  const { type, rows, columns, state } = into;
  const range = rangeOf(state);
  const top = range.top === range.bottom ? range.top - 1 : range.top;
  if (top < 0) return;
  try {
    const [source, ...targets] = await rows.read(top, range.bottom);
    const fields = editable(columns.slice(range.left, range.right + 1));
    if (!source || targets.length === 0 || fields.length === 0) return;
    await write(
      into,
      targets,
      (record) => fields.map(({ field }) => ({ record, field, value: source.payload[field.key] })),
      (cells) => say('sheet:filledSeveral', { what: countedRecords(type, changesOf(cells).length) }),
    );
  } catch (error) {
    reportError(error);
  }
}

/** Empties the cells of the range; required fields are kept and reported. */
export async function emptyCells(into: FillInto): Promise<void> {
  const { type, rows, columns, state, whyNot } = into;
  const range = rangeOf(state);
  try {
    const records = await rows.read(range.top, range.bottom);
    const fields = editable(columns.slice(range.left, range.right + 1));
    const kept = fields.find(({ field }) => !checkField(type, field, '').ok);
    const required = kept && say('sheet:required', { field: kept.label });
    const [single] = records;
    if (single && required && records.length === 1 && fields.length === 1 && whyNot(single) === null) {
      // Delete on a name may be intended for the record.
      const more = whyNot(single, true) ?? say('sheet:requiredMore', { keys: shortcutText('mod+Delete') });
      notice({ id: 'name-stays', title: required, more });
      return;
    }
    await write(
      into,
      records,
      (record) =>
        fields.flatMap(({ field }) => {
          const parsed = checkField(type, field, '');
          return parsed.ok ? [{ record, field, value: parsed.value }] : [];
        }),
      (cells) => say('sheet:emptiedSeveral', { count: cells.length }),
      required && `${required}.`,
    );
  } catch (error) {
    reportError(error);
  }
}
