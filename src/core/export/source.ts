import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';

export interface ExportRow {
  id: string;
  payload: JsonObject;
}

/** Gives the live records of a type in the order of their ids, some hundred at a time. */
export type ExportSource = (type: EntityType) => Iterable<readonly ExportRow[]>;
