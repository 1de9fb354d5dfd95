import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isCustomName, customFieldKey, customNameOf } from '#shared/domain/custom-fields.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { createToRow } from '#core/export/cells.ts';
import { csvLine } from '#core/export/csv.ts';
import { markHeadings } from '#core/model/interchange/headings.ts';
import { ignoreClosedPipe } from './errors.ts';
import { withoutControls } from './output.ts';

const pageSize = 1000;

/** Destination of CSV. On a terminal, control characters are removed. */
type CsvOutput = Writable & { isTTY?: boolean };

type ReadPage = (part: { offset: number; limit: number }) => Promise<{ rows: readonly EntityRecord[] }>;

const marks = { yes: 'true', no: 'false', sheet: '', ours: 'FRAMES field', own: 'custom field', zone: 'UTC' };

type Column = readonly [key: string, heading: string];

/** Columns of a field. A reference has its name before its id: `team`, `team_id`. */
function columnsOf({ key, kind }: Field): Column[] {
  const baseName = key.replace(/_id$/, '');
  const nameColumn: Column = [`${baseName}_title`, baseName === key ? `${key}_name` : baseName];
  return kind === 'reference' ? [nameColumn, [key, key]] : [[key, key]];
}

async function* readPages(read: ReadPage): AsyncGenerator<readonly EntityRecord[]> {
  for (let offset = 0; ; offset += pageSize) {
    const { rows } = await read({ offset, limit: pageSize });
    yield rows;
    if (rows.length < pageSize) return;
  }
}

/** Reads names of custom fields from the records, sorted, because the list of custom fields omits deleted records. */
export async function customFieldsIn(type: EntityType, read: ReadPage): Promise<string[]> {
  const names = new Set<string>();
  for await (const rows of readPages(read)) {
    for (const name of rows.flatMap(({ payload }) => Object.keys(payload)))
      if (isCustomName(type, name)) names.add(name);
  }
  return [...names].toSorted();
}

/**
 * Prints records as CSV for other programs: keys as headings, stored values, names next to reference ids, and custom fields (by name) last.
 * Reads page by page until the pipe closes.
 */
export async function printCsv(
  stdout: CsvOutput,
  type: EntityType,
  customFields: readonly string[],
  read: ReadPage,
): Promise<void> {
  const allColumns: Column[] = [
    ['id', 'id'],
    ...fieldsOf(type).flatMap(columnsOf),
    ['created_at', 'created_at'],
    ['updated_at', 'updated_at'],
    ...customFields.map((name): Column => [customFieldKey(name), name]),
  ];
  const headings = markHeadings(
    allColumns.map(([key, heading]) => ({ key, heading, own: customNameOf(key) !== null })),
    { type, names: customFields, marks },
  );
  const columns = allColumns.map(([key]) => ({ key, label: key, id: false, values: {} }));
  const toRow = createToRow(columns, marks, { raw: true, format: 'csv' });
  await writeText(stdout, csvLine(headings));
  for await (const rows of readPages(read)) {
    await writeText(stdout, rows.map((record) => csvLine(toRow(record))).join(''));
    if (!stdout.writable) return;
  }
}

/** Waits for a slow reader. A closed stream never emits `drain`. */
async function writeText(stdout: CsvOutput, text: string): Promise<void> {
  if (text === '' || !stdout.writable || stdout.write(stdout.isTTY ? withoutControls(text) : text)) return;
  await once(stdout, 'drain').catch(ignoreClosedPipe);
}
