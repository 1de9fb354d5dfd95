import { hash } from 'node:crypto';
import type { Connection } from '../../kernel/db/connection.ts';
import { nullMarker } from './chain.ts';

/** Id of the workspace record whose history lists the log rows that erasures emptied. */
export const erasuresId = 'ws_erasures';

/** Digest of the remaining text by id: of emptied log rows, and of transactions whose label was emptied. */
export interface ErasedRows {
  rows: ReadonlyMap<number, string>;
  labels: ReadonlyMap<number, string>;
}

/** SHA-256 as hex of an emptied row's remaining text. Unsalted, because nothing in it is secret. */
export const remainderDigest = (before: string | null, after: string | null): string =>
  hash('sha256', `${before ?? nullMarker}\n${after ?? nullMarker}`, 'hex');

const erasuresQuery = 'SELECT id, payload_after FROM audit_logs WHERE entity_id = ? ORDER BY id';

/** Reads all erasures of a log. If a row was emptied twice, the later digest counts. An entry counts only for rows before it. */
export function readErasedRows({ raw }: Pick<Connection, 'raw'>): ErasedRows {
  const rows = new Map<number, string>();
  const labels = new Map<number, string>();
  const erasures = raw.prepare(erasuresQuery).all(erasuresId) as {
    id: number;
    payload_after: string | null;
  }[];
  for (const { id, payload_after } of erasures) {
    const erasure = parseErasure(payload_after);
    for (const [map, list] of [
      [rows, erasure['rows']],
      [labels, erasure['labels']],
    ] as const)
      for (const [rowId, digest] of Object.entries(list ?? {}))
        if (Number(rowId) < id) map.set(Number(rowId), String(digest));
  }
  return { rows, labels };
}

/** Never throws, so that verification continues past a tampered entry: that row's digest reveals it. */
function parseErasure(text: string | null): Record<string, object | null> {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as Record<string, object | null>;
  } catch {
    return {};
  }
}
