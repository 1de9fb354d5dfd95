import { nodeType } from '#shared/contract/network.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { mayBeEnd } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { attributeOf, attributesOf, commonKind, kindOf, textOf } from '../../model/interchange/attributes.ts';
import type { AttributeKind, Attributes, Hold, Place } from '../../model/interchange/attributes.ts';
import { verbatimKey } from '../../model/interchange/keys.ts';
import type { ExportRow, ExportSource } from '../source.ts';

/** One record of a graph; with its ends if it is an edge. */
export interface GraphRecord extends ExportRow {
  type: EntityType;
}

/** What a writer has written so far. */
export interface Tally {
  counts: Map<EntityType, number>;
  /** Values that the format could not hold completely. */
  cut: number;
  /** A sheet has more records or columns than an import reads. */
  isTooLong: boolean;
}

/** Writes a source in pieces; an empty piece is a pause. */
export type Writer = (source: ExportSource, tally: Tally) => Generator<string | Uint8Array, void, void>;

const nodeTypes: readonly EntityType[] = nodeType.options;
const endsOfLinks = `(SELECT from_id FROM interfaces WHERE ${visibleCondition()} UNION SELECT to_id FROM interfaces WHERE ${visibleCondition()})`;

/** SQL condition for the records of a type that are in a graph; of types outside the network, only those an interface ends at. */
export const inGraph = (type: EntityType): string =>
  nodeTypes.includes(type) || type === 'interface' ? '' : `AND id IN ${endsOfLinks}`;

/** The nodes, in batches of hundreds. */
export function* nodesOf(source: ExportSource): Generator<GraphRecord[], void, void> {
  for (const type of entityTypes) if (mayBeEnd(type)) yield* recordsOf(source, type);
}

/** The edges, in batches of hundreds. */
export const edgesOf = (source: ExportSource): Generator<GraphRecord[], void, void> =>
  recordsOf(source, 'interface');

export function* recordsOf(source: ExportSource, type: EntityType): Generator<GraphRecord[], void, void> {
  for (const rows of source(type)) yield rows.map((row) => ({ ...row, type }));
}

export const labelOf = ({ type, id, payload }: GraphRecord): string => titleOf(type, payload) || id;

export const endOf = (payload: JsonObject, side: 'from' | 'to'): string => textOf(payload[side] ?? '');

/**
 * Finds the attributes of the records, which a format declares first. Yields an empty piece for each batch. With `untyped` every attribute
 * is text.
 */
export function* findAttributes(
  batches: Iterable<readonly GraphRecord[]>,
  place: Place,
  untyped = false,
): Generator<'', Attributes, void> {
  const found = new Map<string, AttributeKind>();
  for (const records of batches) {
    for (const { type, payload } of records) {
      for (const [field, value] of Object.entries(payload)) {
        const name = attributeOf(type, field, place);
        const kind = kindOf(value);
        if (name === null || kind === null) continue;
        const before = found.get(name) ?? kind;
        found.set(name, untyped ? 'any' : commonKind(before, kind));
      }
    }
    yield '';
  }
  return found;
}

/** The attributes of a record as texts and numbers, in declared order, `frames_verbatim` last. */
export function* attributeTexts(
  record: GraphRecord,
  { place, attributes, hold, tally }: { place: Place; attributes: Attributes; hold: Hold; tally: Tally },
): Generator<readonly [name: string, value: string | number], void, void> {
  const { values, cut } = attributesOf(record, place, attributes, hold);
  tally.cut += cut;
  for (const name of [...attributes.keys(), verbatimKey]) {
    const value = values.get(name);
    if (typeof value === 'string' || typeof value === 'number') yield [name, value];
  }
}

export function countRecords(tally: Tally, records: readonly GraphRecord[]): void {
  for (const { type } of records) tally.counts.set(type, (tally.counts.get(type) ?? 0) + 1);
}
