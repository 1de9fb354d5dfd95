import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';

export interface ExportRow {
  id: string;
  payload: JsonObject;
}

/** The visible records of a type ordered by id, in batches. */
export type ExportSource = (type: EntityType) => Iterable<readonly ExportRow[]>;
