import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { rowsOf } from '#core/transfer/list-export/cells.ts';
import { csvLine } from '#core/transfer/list-export/csv.ts';
import { unlessReaderLeft } from './reader-left.ts';

/** As many records as one call gives. */
const page = 1000;

type Read = (part: { offset: number; limit: number }) => Promise<{ rows: readonly EntityRecord[] }>;

/** Prints records as CSV, for other programs: keys as headings, values as they are stored, read page by page as long as somebody reads. */
export async function printCsv(stdout: Writable, type: EntityType, read: Read): Promise<void> {
  const keys = ['id', ...fieldsOf(type).map(({ key }) => key), 'created_at', 'updated_at'];
  const columns = keys.map((key) => ({ key, label: key, id: false, values: {} }));
  const toRow = rowsOf(
    columns,
    { yes: 'true', no: 'false', sheet: '', ours: 'FRAMES field', zone: 'UTC' },
    true,
  );
  await print(stdout, csvLine(keys));
  for (let offset = 0; ; offset += page) {
    const { rows } = await read({ offset, limit: page });
    await print(stdout, rows.map((record) => csvLine(toRow(record))).join(''));
    if (rows.length < page || !stdout.writable) return;
  }
}

/** Waits where whoever reads is slower. A stream that has been closed would never say that it is ready again. */
async function print(stdout: Writable, text: string): Promise<void> {
  if (text === '' || !stdout.writable || stdout.write(text)) return;
  await once(stdout, 'drain').catch(unlessReaderLeft);
}
