import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { matchHeading, plainColumn } from '../table/heading-match.ts';
import type { Lookup } from '../record-planner.ts';
import type { Graph } from './graph.ts';
import { hashedId, nameOf } from './ids.ts';
import type { ElementIds } from './ids.ts';
import type { NodeTypes } from './node-types.ts';

/** A file's universities by name and id, with the ids of their records. */
interface UniversityNodes {
  byName: Map<string, string>;
  ids: Map<string, string>;
}

/** The universities that nodes' attributes name: nodes, existing records, or new ones. */
export class Universities {
  readonly #graph: Graph;
  readonly #ids: ElementIds;
  readonly #lookup: Lookup;
  readonly #types: Pick<NodeTypes, 'isUniversity'>;
  readonly #newUniversities = new Map<string, { id: string; name: string }>();
  #nodes: UniversityNodes | null = null;
  /** By type and attribute. */
  readonly #isUniversityName = new Map<string, boolean>();

  constructor(graph: Graph, types: Pick<NodeTypes, 'isUniversity'>, ids: ElementIds, lookup: Lookup) {
    this.#graph = graph;
    this.#types = types;
    this.#ids = ids;
    this.#lookup = lookup;
  }

  /** The id of the university that an attribute names, which is created if needed; null if the attribute is about something else. */
  findOrCreateId(type: EntityType, attribute: string, value: Json): string | null {
    if (type === 'university' || typeof value !== 'string' || value.trim() === '') return null;
    if (!this.#namesUniversity(type, attribute)) return null;
    const nodes = (this.#nodes ??= this.#findNodes());
    const nodeId = nodes.ids.get(value);
    if (nodeId !== undefined) return nodeId;
    if (this.#lookup(value)?.type === 'university') return value;
    const name = value.trim();
    const key = plainHeading(name) || name;
    const node = nodes.byName.get(key);
    if (node !== undefined) return node;
    const university = this.#newUniversities.get(key) ?? {
      id: hashedId('university', ['university', key]),
      name,
    };
    this.#newUniversities.set(key, university);
    return university.id;
  }

  /** Whether an attribute has a name that headings of universities have in tables; `university_id` holds ids. */
  #namesUniversity(type: EntityType, attribute: string): boolean {
    const key = `${type} ${attribute}`;
    const known = this.#isUniversityName.get(key);
    if (known !== undefined) return known;
    const field = fieldOf(type, 'university_id');
    const result =
      attribute !== 'university_id' && !!field && matchHeading(plainColumn(attribute), field) >= 1;
    this.#isUniversityName.set(key, result);
    return result;
  }

  #findNodes(): UniversityNodes {
    const result = { byName: new Map<string, string>(), ids: new Map<string, string>() };
    for (const node of this.#graph.nodes) {
      if (node.id === null || !this.#types.isUniversity(node)) continue;
      const name = nameOf(node) ?? node.id;
      const id = this.#ids.assignNodeId(node, 'university') ?? node.id;
      result.ids.set(node.id, id);
      result.byName.set(plainHeading(name) || name, id);
    }
    return result;
  }

  /** Universities neither in the file nor in the workspace. */
  newUniversities(): Iterable<{ id: string; name: string }> {
    return this.#newUniversities.values();
  }
}
