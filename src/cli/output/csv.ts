import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isOwnName, ownFieldKey, ownNameOf } from '#shared/domain/own-fields.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { rowsOf } from '#core/export/cells.ts';
import { csvLine } from '#core/export/csv.ts';
import { markedHeading } from '#core/model/interchange/headings.ts';
import { ignoreClosedPipe } from './errors.ts';
import { withoutControls } from './output.ts';

const page = 1000;

/** Destination of CSV. On a terminal, control characters are removed. */
type Reader = Writable & { isTTY?: boolean };

type Read = (part: { offset: number; limit: number }) => Promise<{ rows: readonly EntityRecord[] }>;

const marks = { yes: 'true', no: 'false', sheet: '', ours: 'FRAMES field', own: 'custom field', zone: 'UTC' };

type Column = readonly [key: string, heading: string];

/** Columns of a field. A reference has its name before its id: `team`, `team_id`. */
function columnsOf({ key, kind }: Field): Column[] {
  const bare = key.replace(/_id$/, '');
  const name: Column = [`${bare}_title`, bare === key ? `${key}_name` : bare];
  return kind === 'reference' ? [name, [key, key]] : [[key, key]];
}

async function* pages(read: Read): AsyncGenerator<readonly EntityRecord[]> {
  for (let offset = 0; ; offset += page) {
    const { rows } = await read({ offset, limit: page });
    yield rows;
    if (rows.length < page) return;
  }
}

/** Reads names of custom fields from the records, in order, because the list of custom fields omits deleted records. */
export async function customFieldsIn(type: EntityType, read: Read): Promise<string[]> {
  const names = new Set<string>();
  for await (const rows of pages(read)) {
    for (const name of rows.flatMap(({ payload }) => Object.keys(payload)))
      if (isOwnName(type, name)) names.add(name);
  }
  return [...names].toSorted();
}

/**
 * Prints records as CSV for other programs: keys as headings, stored values, names next to reference ids, and custom fields (`own`, by name) last. Reads
 * page by page until the pipe closes.
 */
export async function printCsv(
  stdout: Reader,
  type: EntityType,
  own: readonly string[],
  read: Read,
): Promise<void> {
  const all: Column[] = [
    ['id', 'id'],
    ...fieldsOf(type).flatMap(columnsOf),
    ['created_at', 'created_at'],
    ['updated_at', 'updated_at'],
    ...own.map((name): Column => [ownFieldKey(name), name]),
  ];
  const headings = markedHeading(
    all.map(([key, heading]) => ({ key, heading, own: ownNameOf(key) !== null })),
    { type, names: own, marks },
  );
  const columns = all.map(([key]) => ({ key, label: key, id: false, values: {} }));
  const toRow = rowsOf(columns, marks, true);
  await print(stdout, csvLine(headings));
  for await (const rows of pages(read)) {
    await print(stdout, rows.map((record) => csvLine(toRow(record))).join(''));
    if (!stdout.writable) return;
  }
}

/** Waits for a slow reader. A closed stream never emits `drain`. */
async function print(stdout: Reader, text: string): Promise<void> {
  if (text === '' || !stdout.writable || stdout.write(stdout.isTTY ? withoutControls(text) : text)) return;
  await once(stdout, 'drain').catch(ignoreClosedPipe);
}
