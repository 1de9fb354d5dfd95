import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { furtherLists, originalLists } from './keys.ts';
import { toLegacy } from './legacy.ts';

export interface ExportRow {
  id: string;
  payload: JsonObject;
}

/** Gives the live records of a type in the order of their ids, some hundred at a time. */
export type ExportSource = (type: EntityType) => Iterable<readonly ExportRow[]>;

export interface ExportChunk {
  text: string;
  /** Records in it. */
  records: number;
  type: EntityType | null;
}

/**
 * The text of a frames-json file, piece by piece: the original's four lists always, the further ones when they have records,
 * one record a line in the order of ids, so that two exports of one state are the same to the byte.
 */
export function* exportChunks(source: ExportSource): Generator<ExportChunk, void, void> {
  let lists = 0;
  for (const type of [...originalLists, ...furtherLists]) {
    const opening = `${lists === 0 ? '{' : ','}\n  "${tableOf[type]}": [`;
    let records = 0;
    for (const rows of source(type)) {
      if (rows.length === 0) continue;
      const lines = rows
        .map(({ id, payload }) => `\n    ${JSON.stringify(toLegacy(type, id, payload))}`)
        .join(',');
      yield { text: (records === 0 ? opening : ',') + lines, records: rows.length, type };
      records += rows.length;
    }
    if (records === 0 && !originalLists.includes(type)) continue;
    yield { text: records === 0 ? `${opening}]` : '\n  ]', records: 0, type };
    lists += 1;
  }
  yield { text: '\n}\n', records: 0, type: null };
}
