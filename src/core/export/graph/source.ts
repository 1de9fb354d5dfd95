import { nodeType } from '#shared/contract/network.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { canBeEnd } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { attributeOf, attributesOf, commonKind, kindOf, textOf } from '../../model/interchange/attributes.ts';
import type {
  AttributeKind,
  AttributeKinds,
  FitText,
  Container,
} from '../../model/interchange/attributes.ts';
import { verbatimKey } from '../../model/interchange/keys.ts';

export interface ExportRow {
  id: string;
  payload: JsonObject;
}

/** The visible records of a type ordered by id, in batches. */
export type ExportSource = (type: EntityType) => Iterable<readonly ExportRow[]>;

/** A node or an edge of a graph; the payload of an edge names its ends. */
export interface GraphRecord extends ExportRow {
  type: EntityType;
}

/** Counts of the written records and of shortened values. */
export interface Tally {
  counts: Map<EntityType, number>;
  /** Number of values that the format could not hold completely. */
  cutCount: number;
  /** Whether a sheet has more records or columns than an import reads. */
  isTooLong: boolean;
}

/** Writes a source in pieces; an empty piece only lets other work run. */
export type Writer = (source: ExportSource, tally: Tally) => Generator<string | Uint8Array, void, void>;

const nodeTypes: readonly EntityType[] = nodeType.options;
const endsOfLinks = `(SELECT from_id FROM interfaces WHERE ${visibleCondition()} UNION SELECT to_id FROM interfaces WHERE ${visibleCondition()})`;

/** SQL condition for the records of a type that are in a graph; of types outside the network, only ends of interfaces. */
export const graphCondition = (type: EntityType): string =>
  nodeTypes.includes(type) || type === 'interface' ? '' : `AND id IN ${endsOfLinks}`;

/** The nodes, in batches of hundreds. */
export function* nodesOf(source: ExportSource): Generator<GraphRecord[], void, void> {
  for (const type of entityTypes) if (canBeEnd(type)) yield* recordsOf(source, type);
}

/** The edges, in batches of hundreds. */
export const edgesOf = (source: ExportSource): Generator<GraphRecord[], void, void> =>
  recordsOf(source, 'interface');

export function* recordsOf(source: ExportSource, type: EntityType): Generator<GraphRecord[], void, void> {
  for (const rows of source(type)) yield rows.map((row) => ({ ...row, type }));
}

export const labelOf = ({ type, id, payload }: GraphRecord): string => titleOf(type, payload) || id;

/** The label of a link, which other programs show; a field that readers of FRAMES files take from `frames_verbatim`. */
export const linkLabelOf = ({ payload: { label } }: Pick<GraphRecord, 'payload'>): string | null =>
  typeof label === 'string' && label !== '' ? label : null;

export const endOf = (payload: JsonObject, side: 'from' | 'to'): string => textOf(payload[side] ?? '');

/**
 * Finds the attributes of the records, which a format declares first. Yields an empty piece for each batch. If `isUntyped`, every attribute
 * is text.
 */
export function* findAttributes(
  batches: Iterable<readonly GraphRecord[]>,
  elementKind: Container,
  isUntyped = false,
): Generator<'', AttributeKinds, void> {
  const kinds = new Map<string, AttributeKind>();
  for (const records of batches) {
    for (const { type, payload } of records) {
      for (const [field, value] of Object.entries(payload)) {
        const name = attributeOf(type, field, elementKind);
        const kind = kindOf(value);
        if (name === null || kind === null) continue;
        const knownKind = kinds.get(name) ?? kind;
        kinds.set(name, isUntyped ? 'any' : commonKind(knownKind, kind));
      }
    }
    yield '';
  }
  return kinds;
}

/** The attributes of a record as texts and numbers, in declared order, `frames_verbatim` last. */
export function* attributeTexts(
  record: GraphRecord,
  {
    container,
    attributes,
    fitText,
    tally,
  }: { container: Container; attributes: AttributeKinds; fitText: FitText; tally: Tally },
): Generator<readonly [name: string, value: string | number], void, void> {
  const { values, cutCount } = attributesOf(record, container, attributes, fitText);
  tally.cutCount += cutCount;
  for (const name of [...attributes.keys(), verbatimKey]) {
    const value = values.get(name);
    if (typeof value === 'string' || typeof value === 'number') yield [name, value];
  }
}

export function countRecords(tally: Tally, records: readonly GraphRecord[]): void {
  for (const { type } of records) tally.counts.set(type, (tally.counts.get(type) ?? 0) + 1);
}
