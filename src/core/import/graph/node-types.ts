import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { entityTypes, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import type { Lookup } from '../record-planner.ts';
import type { GraphElement } from './graph.ts';

/** Attributes that may tell a node's type, clearest first. */
const typeAttributes = [
  'type',
  'node type',
  'entity type',
  'element type',
  'record type',
  'kind',
  'category',
  'class',
  'group',
];

const typeByWord: ReadonlyMap<string, EntityType> = new Map(
  entityTypes.flatMap((type) => {
    const known = nodeType.options.find((one) => one === type);
    if (type === 'interface') return [];
    return [type, tableOf[type], ...(known ? typeWords[known] : [])].map((word) => [
      plainHeading(word),
      type,
    ]);
  }),
);

/** The type that a value names, in English or German, singular or plural. */
const typeOfWord = (value: unknown): EntityType | null =>
  typeof value === 'string' ? (typeByWord.get(plainHeading(value)) ?? null) : null;

/** Values of an attribute that users are asked about, at most. */
const maxQuestions = 30;

export interface TypeOfNode {
  type: EntityType;
  /** From the file or the user, not the default. */
  isKnown: boolean;
  /** The attribute `type` only repeats the type. */
  isTyped: boolean;
}

/** Decides each node's type: by an attribute that names types, the choice for its value, its id, or the default. */
export class NodeTypes {
  readonly #options: Pick<ImportOptions, 'node_type' | 'node_types'>;
  readonly #lookup: Lookup;
  readonly #chosen: ReadonlyMap<string, NodeType>;
  readonly #undecided = new Map<
    string,
    { attribute: string; value: string; count: number; type: NodeType }
  >();
  untyped = 0;

  constructor(options: Pick<ImportOptions, 'node_type' | 'node_types'>, lookup: Lookup) {
    this.#options = options;
    this.#lookup = lookup;
    this.#chosen = new Map(options.node_types.map(({ value, type }) => [value, type]));
  }

  isUniversity(node: GraphElement): boolean {
    return this.#says(node).some(({ value }) => typeOfWord(value) === 'university');
  }

  /** A node's words for its type, clearest first. */
  #says(node: GraphElement): { name: string; value: string | number }[] {
    const says = [...node.attributes].flatMap(([name, value]) => {
      const rank = typeAttributes.indexOf(plainHeading(name.replaceAll(/[_-]|(?<=[a-z])(?=[A-Z])/g, ' ')));
      return rank < 0 || (typeof value !== 'string' && typeof value !== 'number') || value === ''
        ? []
        : [{ name, value, rank }];
    });
    return says.toSorted((one, other) => one.rank - other.rank);
  }

  of(node: GraphElement): TypeOfNode {
    const says = this.#says(node);
    for (const { name, value } of says) {
      const named = typeOfWord(value);
      if (!named) continue;
      // A word such as "Professor" says more than the type does.
      const isTyped =
        name === 'type' &&
        [named, tableOf[named]].some((word) => word === String(value).trim().toLowerCase());
      return { type: named, isKnown: true, isTyped };
    }
    const here = this.here(node.id);
    const [first] = says;
    const chosen = first && this.#chosen.get(String(first.value));
    const otherwise = chosen ?? this.#options.node_type;
    const type = here ?? otherwise;
    // Numbers are communities or levels, not types.
    if (first && here === null && Number.isNaN(Number(first.value)))
      this.#ask(first.name, String(first.value), otherwise);
    if (chosen === undefined) this.untyped += 1;
    return { type, isKnown: chosen !== undefined, isTyped: false };
  }

  /** The type of the workspace's record under an id. */
  here(id: string | null): EntityType | null {
    const type = id === null ? undefined : this.#lookup(id)?.type;
    return isEntityType(type) && type !== 'interface' ? type : null;
  }

  #ask(attribute: string, value: string, type: NodeType): void {
    const known = this.#undecided.get(value);
    if (known) known.count += 1;
    else if (this.#undecided.size <= maxQuestions)
      this.#undecided.set(value, { attribute, value, count: 1, type });
  }

  /** Values that name no type, with their number of nodes; none if there are too many. */
  undecided(): NonNullable<ImportPlan['graph']>['types'] {
    return this.#undecided.size > maxQuestions ? [] : [...this.#undecided.values()];
  }
}
