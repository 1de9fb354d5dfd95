import { createHash } from 'node:crypto';
import { titleOf } from '#shared/domain/title.ts';
import { idPrefix, isEntityType } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import type { Ends } from '../json/document.ts';
import type { Lookup } from '../record-planner.ts';
import type { Notices } from '../notices.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';

/** Numbered ids of programs: 7, n0, e12, n0::n3. Unique only within the file. */
const numberedIdPattern = /^[a-z]{0,2}\d+(?:::[a-z]{0,2}\d+)*$/i;

export const isNumbered = (id: string): boolean => numberedIdPattern.test(id);

/** A node's name; null if unknown. */
export function nameOf({ attributes }: GraphElement): string | null {
  const name = attributes.get('label') ?? attributes.get('name');
  return typeof name === 'string' && name.trim() !== '' ? name : null;
}

/** An id derived from the content of elements, equal on each reading. */
export function hashedId(type: EntityType, parts: readonly string[], count = 1): string {
  const hash = createHash('sha256')
    .update(`${JSON.stringify(parts)}${count}`)
    .digest('hex')
    .slice(0, 24);
  return `${idPrefix[type]}_${hash}`;
}

/**
 * The ids of a graph's records: those of the file unless ambiguous. Numbered nodes do not replace records of another name. Edges get new
 * ids if several share one, or one has a node's id.
 */
export class ElementIds {
  readonly #isFramesFile: boolean;
  readonly #lookup: Lookup;
  readonly #notices: Notices;
  readonly #labels = new Map<string, string>();
  readonly #newIds = new Map<string, string>();
  readonly #conflictingIds = new Set<string>();
  /** How many ids were made, by type and first part, then by second part. Keys of all three would need more memory than the edges. */
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #hasAmbiguousIds: boolean;
  /** All ids that edges name. */
  readonly ends: ReadonlySet<string>;

  constructor(graph: Graph, lookup: Lookup, notices: Notices) {
    this.#isFramesFile = graph.isFramesFile;
    this.#lookup = lookup;
    this.#notices = notices;
    for (const node of graph.nodes) {
      if (node.id === null) continue;
      const name = nameOf(node);
      this.#labels.set(node.id, name ?? node.id);
      if (name !== null && this.#isOtherRecord(node.id, name)) this.#conflictingIds.add(node.id);
    }
    const ends = new Set<string>();
    const ids = new Set<string>();
    let isRepeated = false;
    for (const { id, source, target } of graph.edges) {
      ends.add(source).add(target);
      if (id === null) continue;
      isRepeated ||= ids.has(id);
      ids.add(id);
    }
    this.ends = ends;
    // Files can number edges like nodes, but an id names one record.
    this.#hasAmbiguousIds = isRepeated || [...ids].some((id) => ends.has(id) || this.#labels.has(id));
    if (isRepeated) notices.add('edge_ids_repeated', { count: graph.edges.length });
  }

  /** Whether a numbered id belongs to an existing record of another name. */
  #isOtherRecord(id: string, name: string): boolean {
    const existing = this.#isFramesFile || !isNumbered(id) ? undefined : this.#lookup(id);
    if (!existing) return false;
    return (
      !isEntityType(existing.type) ||
      plainHeading(titleOf(existing.type, existing.payload)) !== plainHeading(name)
    );
  }

  isConflicting(id: string): boolean {
    return this.#conflictingIds.has(id);
  }

  labelOf(id: string): string {
    return this.#labels.get(id) ?? id;
  }

  /** The node's id in the workspace: a new one if the file's id belongs to another record. */
  assignNodeId({ id, attributes }: GraphElement, type: EntityType): string | null {
    if (id === null || !this.#conflictingIds.has(id)) return id;
    const newId = this.#newIds.get(id);
    if (newId !== undefined) return newId;
    const nextId = this.#nextId(type, ['node', nameOf({ id, attributes }) ?? id]);
    this.#newIds.set(id, nextId);
    this.#notices.add('ids_taken', { params: { value: id } });
    return nextId;
  }

  endOf(id: string): string {
    return this.#newIds.get(id) ?? id;
  }

  /** An edge's id, and the file's id if that is informative and different. `freeLinkId` can still change the id. */
  assignEdgeId({ id }: GraphEdge, from: string, to: string): { id: string; fileId: string | null } {
    if (id !== null && !this.#hasAmbiguousIds) return { id, fileId: null };
    const newId = this.#nextId('interface', [from, to]);
    return { id: newId, fileId: id === null || isNumbered(id) ? null : id };
  }

  /**
   * A link's id: a new one if a numbered id belongs to another record. `recordOf` gives the record of each end, so all nodes must have been
   * read.
   */
  freeLinkId(id: string, { from, to }: Ends, recordOf: (end: string) => string): string {
    const existing = this.#isFramesFile || !isNumbered(id) ? undefined : this.#lookup(id);
    if (!existing) return id;
    const { type, payload } = existing;
    const isSameLink = type === 'interface' && payload.from === recordOf(from) && payload.to === recordOf(to);
    return isSameLink ? id : this.#nextId('interface', [from, to]);
  }

  /** A new id; equal elements get different ids. */
  #nextId(type: EntityType, parts: readonly [string, string]): string {
    const [first, second] = parts;
    const counts = this.#counts.get(`${type} ${first}`) ?? new Map<string, number>();
    const count = (counts.get(second) ?? 0) + 1;
    this.#counts.set(`${type} ${first}`, counts.set(second, count));
    return hashedId(type, parts, count);
  }
}
