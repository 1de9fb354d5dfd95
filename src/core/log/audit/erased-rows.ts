import { hash } from 'node:crypto';
import type { Connection } from '../../kernel/db/connection.ts';
import { none } from './chain.ts';

/** The record of the workspace whose history names the rows of the log that erasures emptied. */
export const erasuresId = 'ws_erasures';

/** What an erasure names: ids of emptied rows of the log, and of transactions whose label was emptied, with the digest of what remains. */
export interface ErasedRows {
  rows: ReadonlyMap<number, string>;
  labels: ReadonlyMap<number, string>;
}

/** SHA-256 as hex of the text that an emptied row still has; it needs no salt, as nothing secret is left in it. */
export const remainderDigest = (before: string | null, after: string | null): string =>
  hash('sha256', `${before ?? none}\n${after ?? none}`, 'hex');

const entries = 'SELECT id, payload_after FROM audit_logs WHERE entity_id = ? ORDER BY id';

/** What all erasures of a log name. Of a row that was emptied twice, the later one counts. An entry about rows after itself is ignored. */
export function readErasedRows({ raw }: Pick<Connection, 'raw'>): ErasedRows {
  const rows = new Map<number, string>();
  const labels = new Map<number, string>();
  const found = raw.prepare(entries).all(erasuresId) as { id: number; payload_after: string | null }[];
  for (const { id, payload_after } of found) {
    const named = objectIn(payload_after);
    for (const [map, list] of [
      [rows, named['rows']],
      [labels, named['labels']],
    ] as const)
      for (const [of, digest] of Object.entries(list ?? {}))
        if (Number(of) < id) map.set(Number(of), String(digest));
  }
  return { rows, labels };
}

/** Verifying goes on where somebody spoiled an entry: the digest of that row says so. */
function objectIn(text: string | null): Record<string, object | null> {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as Record<string, object | null>;
  } catch {
    return {};
  }
}
