import type { EntityRecord } from '#shared/contract/record.ts';
import { maxChanges } from '#shared/contract/bulk.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { shortcutText } from '../../../commands/keys.ts';
import { say } from '../../../i18n/setup.ts';
import { countedRecords } from '../../../text/names.ts';
import { notice, reportError, reportErrors } from '../../../ui/notices.tsx';
import type { Rows } from '../data/rows.ts';
import { rangeOf } from '../grid/state.ts';
import { undoAction } from '../../../stores/undo.ts';
import { reportLocked } from '../../../ui/locked.ts';
import { editedField } from '../columns.ts';
import type { Column } from '../columns.ts';
import { checkField } from '../form/values.ts';
import type { GridState } from '../grid/state.ts';
import { updatesOf, cellDiffers } from './changes.ts';
import type { CellChange } from './changes.ts';
import { writeChanges } from '../edit/save.ts';

interface FillTarget {
  type: EntityType;
  rows: Rows;
  columns: readonly Column[];
  state: GridState;
  refusalOf: (record: EntityRecord, isWholeRecord?: boolean) => string | null;
}

const editableFields = (columns: readonly Column[]) =>
  columns.flatMap((column) => {
    const field = editedField(column);
    return field ? [{ field, label: column.label }] : [];
  });

/** Writes the cells of records that the actor can change, in one step. The notice says why others are unchanged, else `note`. */
async function writeCells(
  { type, refusalOf }: FillTarget,
  records: readonly EntityRecord[],
  cellsOf: (record: EntityRecord) => readonly CellChange[],
  titleOf: (cells: readonly CellChange[]) => string,
  note?: string,
): Promise<void> {
  const editableRecords = records.filter((record) => refusalOf(record) === null);
  const lockedRecord = records.find((record) => refusalOf(record) !== null);
  const refusal = lockedRecord ? refusalOf(lockedRecord) : null;
  if (refusal !== null && editableRecords.length === 0) {
    reportLocked(type, records, refusal);
    return;
  }
  const cells = editableRecords.flatMap(cellsOf).filter(cellDiffers);
  const changes = updatesOf(cells);
  if (changes.length > maxChanges) {
    notice({ tone: 'bad', title: say('sheet:tooManyToPaste', { count: maxChanges }) });
    return;
  }
  const more = refusal ?? note;
  const details = more === undefined ? {} : { more };
  const opId = await writeChanges(changes);
  notice(
    opId === null
      ? { title: say('sheet:alreadySo'), ...details }
      : { ...undoAction(opId), title: titleOf(cells), ...details },
  );
}

/** Copies the first row of the range down; a single cell gets the value above it. */
export async function fillDown(target: FillTarget): Promise<void> {
  const { type, rows, columns, state } = target;
  const range = rangeOf(state);
  const sourceRow = range.top === range.bottom ? range.top - 1 : range.top;
  if (sourceRow < 0) return;
  await reportErrors(async () => {
    const [source, ...targets] = await rows.read(sourceRow, range.bottom);
    const fields = editableFields(columns.slice(range.left, range.right + 1));
    if (!source || targets.length === 0 || fields.length === 0) return;
    await writeCells(
      target,
      targets,
      (record) => fields.map(({ field }) => ({ record, field, value: source.payload[field.key] })),
      (cells) => say('sheet:filledSeveral', { what: countedRecords(type, updatesOf(cells).length) }),
    );
  });
}

/** Empties the cells of the range; required fields are kept and reported. */
export async function emptyCells(target: FillTarget): Promise<void> {
  const { type, rows, columns, state, refusalOf } = target;
  const range = rangeOf(state);
  try {
    const records = await rows.read(range.top, range.bottom);
    const fields = editableFields(columns.slice(range.left, range.right + 1));
    const requiredField = fields.find(({ field }) => !checkField(type, field, '').ok);
    const requiredText = requiredField && say('sheet:required', { field: requiredField.label });
    const [single] = records;
    if (single && requiredText && records.length === 1 && fields.length === 1 && refusalOf(single) === null) {
      // The person perhaps wanted to delete the record, so the message names the keys for that.
      const more = refusalOf(single, true) ?? say('sheet:requiredMore', { keys: shortcutText('mod+Delete') });
      notice({ id: 'name-stays', title: requiredText, more });
      return;
    }
    await writeCells(
      target,
      records,
      (record) =>
        fields.flatMap(({ field }) => {
          const result = checkField(type, field, '');
          return result.ok ? [{ record, field, value: result.value }] : [];
        }),
      (cells) => say('sheet:emptiedSeveral', { count: cells.length }),
      requiredText && `${requiredText}.`,
    );
  } catch (error) {
    reportError(error);
  }
}
