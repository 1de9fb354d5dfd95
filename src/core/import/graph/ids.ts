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
const counted = /^[a-z]{0,2}\d+(?:::[a-z]{0,2}\d+)*$/i;

export const isCounted = (id: string): boolean => counted.test(id);

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
 * The ids of a graph's records: their own unless ambiguous. Numbered nodes do not replace records of another name. Edges get new ids if
 * several share one, or one has a node's id.
 */
export class ElementIds {
  readonly #isOurs: boolean;
  readonly #lookup: Lookup;
  readonly #notices: Notices;
  readonly #labels = new Map<string, string>();
  readonly #renamed = new Map<string, string>();
  readonly #taken = new Set<string>();
  /** The number of elements of a type with the same two values. Half a million joined keys would need more memory than the edges. */
  readonly #used = new Map<string, Map<string, number>>();
  readonly #areRepeated: boolean;
  /** All ids that edges name. */
  readonly ends: ReadonlySet<string>;

  constructor(graph: Graph, lookup: Lookup, notices: Notices) {
    this.#isOurs = graph.isOurs;
    this.#lookup = lookup;
    this.#notices = notices;
    for (const node of graph.nodes) {
      if (node.id === null) continue;
      const name = nameOf(node);
      this.#labels.set(node.id, name ?? node.id);
      if (name !== null && this.#isAnother(node.id, name)) this.#taken.add(node.id);
    }
    const ends = new Set<string>();
    const ids = new Set<string>();
    let isTwice = false;
    for (const { id, source, target } of graph.edges) {
      ends.add(source).add(target);
      if (id === null) continue;
      isTwice ||= ids.has(id);
      ids.add(id);
    }
    this.ends = ends;
    // Files number both edges and nodes, but an id names one record.
    this.#areRepeated = isTwice || [...ids].some((id) => ends.has(id) || this.#labels.has(id));
    if (isTwice) notices.add('edge_ids_repeated', { count: graph.edges.length });
  }

  /** Whether a numbered id belongs to a record of another name. */
  #isAnother(id: string, name: string): boolean {
    const found = this.#isOurs || !isCounted(id) ? undefined : this.#lookup(id);
    if (!found) return false;
    return (
      !isEntityType(found.type) || plainHeading(titleOf(found.type, found.payload)) !== plainHeading(name)
    );
  }

  isTaken(id: string): boolean {
    return this.#taken.has(id);
  }

  labelOf(id: string): string {
    return this.#labels.get(id) ?? id;
  }

  nodeId({ id, attributes }: GraphElement, type: EntityType): string | null {
    if (id === null || !this.#taken.has(id)) return id;
    const known = this.#renamed.get(id);
    if (known !== undefined) return known;
    const made = this.#count(type, ['node', nameOf({ id, attributes }) ?? id]);
    this.#renamed.set(id, made);
    this.#notices.add('ids_taken', { params: { value: id } });
    return made;
  }

  endOf(id: string): string {
    return this.#renamed.get(id) ?? id;
  }

  /** An edge's id, and the file's if that is informative and different. `freeLinkId` has the final say. */
  edgeId({ id }: GraphEdge, from: string, to: string): { id: string; given: string | null } {
    if (id !== null && !this.#areRepeated) return { id, given: null };
    const made = this.#count('interface', [from, to]);
    return { id: made, given: id === null || isCounted(id) ? null : id };
  }

  /**
   * A link's id: a new one if its numbered id belongs to another record. `recordOf` gives the record of each end, so all nodes must have
   * been read.
   */
  freeLinkId(id: string, { from, to }: Ends, recordOf: (end: string) => string): string {
    const found = this.#isOurs || !isCounted(id) ? undefined : this.#lookup(id);
    if (!found) return id;
    const { type, payload } = found;
    const isSame = type === 'interface' && payload.from === recordOf(from) && payload.to === recordOf(to);
    return isSame ? id : this.#count('interface', [from, to]);
  }

  /** Equal elements get different ids. */
  #count(type: EntityType, parts: readonly [string, string]): string {
    const [first, second] = parts;
    const counts = this.#used.get(`${type} ${first}`) ?? new Map<string, number>();
    const count = (counts.get(second) ?? 0) + 1;
    this.#used.set(`${type} ${first}`, counts.set(second, count));
    return hashedId(type, parts, count);
  }
}
