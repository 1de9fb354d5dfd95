import type { EntityRecord } from '#shared/contract/record.ts';
import { mostChanges } from '#shared/contract/bulk.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { shown } from '../../../commands/keys.ts';
import { say } from '../../../i18n/setup.ts';
import { counted } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import type { Rows } from '../data/rows.ts';
import { rangeOf } from '../grid/state.ts';
import { undoable } from '../../../stores/undo.ts';
import { reportLocked } from '../../../ui/locked.ts';
import type { Column } from '../columns.ts';
import { checkField } from '../form/values.ts';
import type { GridState } from '../grid/state.ts';
import { changesOf, differs } from './changes.ts';
import type { CellChange } from './changes.ts';
import { writeChanges } from '../edit/save.ts';

interface FillInto {
  type: EntityType;
  rows: Rows;
  columns: readonly Column[];
  state: GridState;
  /** Why a record may not be changed or, as a whole, deleted. */
  whyNot: (record: EntityRecord, wholeRecord?: boolean) => string | null;
}

const editable = (columns: readonly Column[]) =>
  columns.flatMap(({ field, label }) => (field ? [{ field, label }] : []));

interface Written {
  cells: readonly CellChange[];
  title: string;
  left: readonly string[];
}

async function write({ cells, title, left }: Written): Promise<void> {
  const changes = changesOf(cells);
  const [more] = left;
  const details = more === undefined ? {} : { more };
  if (changes.length > mostChanges) {
    notice({ tone: 'bad', title: say('sheet:tooManyToPaste', { count: mostChanges }) });
    return;
  }
  try {
    const opId = await writeChanges(changes);
    if (opId !== null) notice({ ...undoable(opId), title, ...details });
    else notice({ title: say('sheet:alreadySo'), ...details });
  } catch (error) {
    report(error);
  }
}

function allLocked(type: EntityType, records: readonly EntityRecord[], whyNot: FillInto['whyNot']): boolean {
  const [first] = records;
  const why = first && records.every((record) => whyNot(record) !== null) ? whyNot(first) : null;
  if (why !== null) reportLocked(type, records, why);
  return why !== null;
}

/** Copies the first row of the range down; a single cell gets the value above it. */
export async function fillDown({ type, rows, columns, state, whyNot }: FillInto): Promise<void> {
  const range = rangeOf(state);
  const top = range.top === range.bottom ? range.top - 1 : range.top;
  if (top < 0) return;
  try {
    const [source, ...targets] = await rows.read(top, range.bottom);
    const fields = editable(columns.slice(range.left, range.right + 1));
    const [only] = fields;
    if (!source || targets.length === 0 || !only) return;
    const free = targets.filter((record) => whyNot(record) === null);
    if (allLocked(type, targets, whyNot)) return;
    const locked = targets.find((record) => whyNot(record) !== null);
    const cells = free.flatMap((record) =>
      fields.map(({ field }) => ({ record, field, value: source.payload[field.key] })),
    );
    const what = counted(type, changesOf(cells).length);
    await write({
      cells,
      title: say('sheet:filledSeveral', { what }),
      left: locked ? [whyNot(locked) ?? ''] : [],
    });
  } catch (error) {
    report(error);
  }
}

/** Empties the cells of the range; required fields are kept and reported. */
export async function emptyCells({ type, rows, columns, state, whyNot }: FillInto): Promise<void> {
  const range = rangeOf(state);
  try {
    const records = await rows.read(range.top, range.bottom);
    const fields = editable(columns.slice(range.left, range.right + 1));
    const free = records.filter((record) => whyNot(record) === null);
    if (allLocked(type, records, whyNot)) return;
    const kept = fields.find(({ field }) => !checkField(type, field, '').ok);
    const cells = free
      .flatMap((record) =>
        fields
          .filter(({ field }) => checkField(type, field, '').ok)
          .map(({ field }) => {
            const parsed = checkField(type, field, '');
            return { record, field, value: parsed.ok ? parsed.value : null };
          }),
      )
      .filter(differs);
    const [single] = free;
    if (single && kept && records.length === 1 && fields.length === 1) {
      // Delete on a name may be intended for the record.
      const more = whyNot(single, true) ?? say('sheet:requiredMore', { keys: shown('mod+Delete') });
      notice({ id: 'name-stays', title: say('sheet:required', { field: kept.label }), more });
      return;
    }
    const locked = records.find((record) => whyNot(record) !== null);
    await write({
      cells,
      title: say('sheet:emptiedSeveral', { count: cells.length }),
      left: [
        ...(locked ? [whyNot(locked) ?? ''] : []),
        ...(kept ? [`${say('sheet:required', { field: kept.label })}.`] : []),
      ],
    });
  } catch (error) {
    report(error);
  }
}
