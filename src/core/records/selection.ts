import type { z } from 'zod';
import type { recordSelection } from '#shared/contract/bulk.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { tableOf } from '#shared/domain/types.ts';
import { matchingRows } from '../model/list.ts';
import { inBatches } from '../kernel/batches.ts';
import type { Services } from '../model/services.ts';

const batchSize = 4000;

/** The ids of a selection, each once. Reads committed data, so call it before the transaction's first write. */
export function* resolveSelection(
  services: Pick<Services, 'read' | 'names' | 'columns'>,
  type: EntityType,
  request: z.output<typeof recordSelection>,
): Generator<number, readonly string[], void> {
  if (request.kind === 'ids') return [...new Set(request.ids)];
  const { read, columns } = services;
  yield* columns.readAhead(type);
  const excludedIds = new Set(request.except);
  const query = `SELECT r.id FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value ORDER BY j.key`;
  const ids: string[] = [];
  for (const rows of inBatches(matchingRows(read, services, { type, ...request }), batchSize)) {
    for (const id of read.column<string>(query, [JSON.stringify(rows)]))
      if (!excludedIds.has(id)) ids.push(id);
    yield ids.length;
  }
  return ids;
}
