import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { areNamesSimilar } from '../../model/interchange/likeness.ts';
import { matchHeading, plainColumn } from '../table/columns/heading-match.ts';
import type { VisibleRecords } from '../table/rows/visible-records.ts';
import type { Lookup } from '../record-planner.ts';
import type { Graph } from './graph.ts';
import { hashedId, nameOf } from './ids.ts';
import type { ElementIds } from './ids.ts';
import type { NodeTypes } from './node-types.ts';

/** A file's universities by name and id, with the ids of their records. */
interface UniversityNodes {
  byName: Map<string, string>;
  ids: Map<string, string>;
  names: readonly string[];
}

interface Parts {
  graph: Graph;
  types: Pick<NodeTypes, 'isUniversity'>;
  ids: ElementIds;
  lookup: Lookup;
  visible: Pick<VisibleRecords, 'recordsNamed' | 'titles'> | undefined;
  choices: ImportOptions['university_names'];
}

type Question = NonNullable<ImportPlan['graph']>['universities'][number];

const plainName = (name: string): string => plainHeading(name) || name.trim();

/** The universities that nodes' attributes name: nodes, existing records, or new ones. */
export class Universities {
  readonly #parts: Parts;
  readonly #choices: ReadonlyMap<string, string | null>;
  readonly #newUniversities = new Map<string, { id: string; name: string }>();
  #nodes: UniversityNodes | null = null;
  /** By type and attribute. */
  readonly #isUniversityName = new Map<string, boolean>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#choices = new Map(parts.choices.map(({ name, becomes }) => [plainName(name), becomes]));
  }

  /** The id of the university that an attribute names, which is created if needed; null if the attribute is about something else. */
  findOrCreateId(type: EntityType, attribute: string, value: Json): string | null {
    if (type === 'university' || typeof value !== 'string' || value.trim() === '') return null;
    if (!this.#namesUniversity(type, attribute)) return null;
    const nodes = (this.#nodes ??= this.#findNodes());
    const nodeId = nodes.ids.get(value);
    if (nodeId !== undefined) return nodeId;
    if (this.#parts.lookup(value)?.type === 'university') return value;
    const name = this.#choices.get(plainName(value)) ?? value.trim();
    const key = plainName(name);
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
    const { graph, types, ids } = this.#parts;
    const byName = new Map<string, string>();
    const idsByNode = new Map<string, string>();
    const names: string[] = [];
    for (const node of graph.nodes) {
      if (node.id === null || !types.isUniversity(node)) continue;
      const name = nameOf(node) ?? node.id;
      const id = ids.assignNodeId(node, 'university') ?? node.id;
      idsByNode.set(node.id, id);
      byName.set(plainName(name), id);
      names.push(name);
    }
    return { byName, ids: idsByNode, names };
  }

  /** Universities neither in the file nor in the workspace. */
  newUniversities(): Iterable<{ id: string; name: string }> {
    return this.#newUniversities.values();
  }

  /** New universities that can be another form of the name of one in the file or the workspace; also those that are decided. */
  questions(): Question[] {
    const { visible } = this.#parts;
    const named = [...this.#newUniversities.values()].map(({ name }) => name);
    const known = [...(this.#nodes?.names ?? []), ...(visible?.titles('university') ?? [])];
    const isKnown = (name: string): boolean => known.some((one) => plainName(one) === plainName(name));
    const candidates = [...new Set([...known, ...named])].slice(0, maxCompared);
    return [...new Set([...named, ...this.#parts.choices.map(({ name }) => name)])]
      .filter((name) => !isKnown(name))
      .slice(0, maxQuestions)
      .flatMap((name) => {
        const similar = candidates.filter(
          // Of two new universities the longer name is the full one.
          (other) =>
            plainName(other) !== plainName(name) &&
            (isKnown(other) || other.length > name.length) &&
            areNamesSimilar(other, name),
        );
        return similar.length === 0 ? [] : [{ name, similar: similar.slice(0, maxSimilar) }];
      });
  }
}

const maxCompared = 2000;
const maxQuestions = 30;
const maxSimilar = 5;
