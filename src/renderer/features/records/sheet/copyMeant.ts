import type { ListView } from '#shared/address/view.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { notice, report } from '../../../ui/notices.tsx';
import type { Column } from '../columns.ts';
import type { Rows } from '../data/rows.ts';
import { subjectsOf } from '../data/subjects.ts';
import { isWide, rangeOf } from '../grid/range.ts';
import type { GridState } from '../grid/state.ts';
import { clipboardForms, copyCells, copyHere, copyRows, mostCopied } from './copy.ts';
import type { Copied } from './copy.ts';

interface Context {
  view: ListView;
  rows: Rows;
  columns: readonly Column[];
  state: GridState;
}

/** Records that are read at a time. */
const step = 1000;

/** Every record of the list save those excepted, in its order. */
async function readAll({ view, state }: Context): Promise<readonly EntityRecord[]> {
  const { type, search, filters, sort } = view;
  const records: EntityRecord[] = [];
  for (let offset = 0; ; offset += step) {
    const query = { type, search, filters: [...filters], sort: [...sort] };
    const page = await api.entities.list({ ...query, offset, limit: step });
    records.push(...page.rows.filter(({ id }) => !state.allBut?.has(id)));
    if (offset + step >= page.matched) return records;
  }
}

async function readCells(context: Context): Promise<Copied> {
  const { rows, columns, state } = context;
  const { top, bottom, left, right } = rangeOf(state);
  return copyCells(await rows.read(top, bottom), columns.slice(left, right + 1));
}

async function write(copied: Copied): Promise<void> {
  const forms = Object.entries(clipboardForms(copied));
  await navigator.clipboard.write([
    new ClipboardItem(
      Object.fromEntries(forms.map(([kind, text]) => [kind, new Blob([text], { type: kind })])),
    ),
  ]);
  const count = copied.cells.length - (copied.headed ? 1 : 0);
  notice({ id: 'copied', title: say('sheet:copied', { count }), stays: 3000 });
}

/** Copies what is meant, reading first what was not read yet: the selection as Ctrl C does, or its whole rows. */
export async function copyMeant(context: Context, what: 'selection' | 'rows'): Promise<void> {
  const { view, rows, columns, state } = context;
  const subjects = subjectsOf(state, rows, view);
  if (!subjects) return;
  if (subjects.count > mostCopied) {
    notice({ tone: 'bad', title: say('sheet:tooManyToCopy', { count: mostCopied }) });
    return;
  }
  try {
    if (what === 'selection' && isWide(rangeOf(state))) await write(await readCells(context));
    else {
      const here = what === 'selection' ? copyHere(state, rows, columns) : null;
      await write(here ?? copyRows(subjects.records ?? (await readAll(context)), columns));
    }
  } catch (error) {
    report(error, say('sheet:copyFailed'));
  }
}
