import type { ImportOptions } from '#shared/contract/transfer.ts';
import { defaultImportOptions } from '#shared/contract/transfer.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Tally } from '#core/export/graph/source.ts';
import { xlsxSheets } from '#core/export/graph/tables.ts';
import { graphWriters } from '#core/export/records.ts';
import { parseContent } from '#core/import/json/preview.ts';
import { planFile } from '#core/import/json/plan.ts';
import type { FilePlan } from '#core/import/json/plan.ts';
import type { ExistingRecord } from '#core/import/planned-record.ts';
import { createIds } from '#core/kernel/system.ts';
import type { Stored } from '../states.ts';
import { runSync } from '#core/kernel/progress.ts';
import { noRandom, stillClock } from '../support.ts';

const writers = { ...graphWriters, xlsx: xlsxSheets('a.xlsx') };

export type Written = keyof typeof writers;

/** The bytes of a file with those records. */
export function written(records: readonly Stored[], format: Written): { bytes: Buffer; tally: Tally } {
  const tally: Tally = { counts: new Map(), cutCount: 0, isTooLong: false };
  const source = (type: EntityType) => {
    const rows = records.filter((record) => record.type === type);
    return rows.length === 0 ? [] : [rows];
  };
  const pieces = [...writers[format](source, tally)].map((piece) => Buffer.from(piece));
  return { bytes: Buffer.concat(pieces), tally };
}

export interface GraphOptions extends Partial<ImportOptions> {
  workspace?: Readonly<Record<string, ExistingRecord>>;
}

/** The plan for a file with that content. */
export function planned(content: string | Buffer | object, options: GraphOptions = {}): FilePlan {
  const { workspace = {}, ...chosen } = options;
  const { format = 'guess' } = chosen;
  const known = new Map(Object.entries(workspace));
  const text = Buffer.isBuffer(content)
    ? format === 'xlsx'
      ? content
      : withoutMark(content)
    : typeof content === 'string'
      ? content
      : JSON.stringify(content);
  return runSync(
    planFile(runSync(parseContent(text, 'file', format)), {
      lookup: (id) => known.get(id),
      ids: createIds(stillClock, noRandom),
      options: { ...defaultImportOptions, ...chosen },
    }),
  );
}

const withoutMark = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\uFEFF/, '');
