import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { entityTypes, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { typeHeadings } from '../table/row-types.ts';
import { knownValue } from '../table/synonyms.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import { typeOfAbbreviation, typeOfName } from '../name-types.ts';
import type { Lookup } from '../record-planner.ts';
import type { GraphElement } from './graph.ts';
import { nameOf } from './ids.ts';

/** Attributes that can tell a node's type, clearest first; `labels` are those of Neo4j. */
const typeAttributes = [
  ...new Set([
    'type',
    'node type',
    'entity type',
    'element type',
    'record type',
    'kind',
    'category',
    'class',
    'group',
    'labels',
    ...typeHeadings,
    'role',
  ]),
];

const typeByWord: ReadonlyMap<string, EntityType> = new Map(
  entityTypes.flatMap((type) => {
    const networkType = nodeType.options.find((one) => one === type);
    if (type === 'interface') return [];
    return [type, tableOf[type], ...(networkType ? typeWords[networkType] : [])].map((word) => [
      plainHeading(word),
      type,
    ]);
  }),
);

/** The type that a value names, singular, plural or shortened. */
const typeOfWord = (value: unknown): EntityType | null =>
  typeof value === 'string' ? (typeByWord.get(plainHeading(value)) ?? typeOfAbbreviation(value)) : null;

type TypeQuestion = NonNullable<ImportPlan['graph']>['types'][number];

/** Limit of the values of an attribute, and of the nodes without one, that users are asked about. */
const maxQuestions = 30;

export interface TypeOfNode {
  type: EntityType;
  /** Whether the type comes from the file or the user, not from the default. */
  isKnown: boolean;
  /** Whether the attribute `type` only repeats the type. */
  isTypeRepeated: boolean;
  /** "Company" names the type organisation and its kind. */
  organisationKind?: { attribute: string; kind: string };
}

/** Decides each node's type: by an attribute that names types, the choice for its value, the node's id, or the default. */
export class NodeTypes {
  readonly #options: Pick<ImportOptions, 'node_type' | 'node_types'>;
  readonly #lookup: Lookup;
  readonly #choices: ReadonlyMap<string, NodeType>;
  /** By value of the attribute. */
  readonly #questions = new Map<string, TypeQuestion>();
  /** By name of the node. */
  readonly #unlabelled = new Map<string, TypeQuestion>();
  untypedCount = 0;

  constructor(options: Pick<ImportOptions, 'node_type' | 'node_types'>, lookup: Lookup) {
    this.#options = options;
    this.#lookup = lookup;
    this.#choices = new Map(options.node_types.map(({ value, type }) => [value, type]));
  }

  isUniversity(node: GraphElement): boolean {
    return this.#typeHints(node).some(({ value }) => typeOfWord(value) === 'university');
  }

  /** The values of a node's attributes that can tell its type, clearest first. */
  #typeHints(node: GraphElement): { name: string; value: string | number }[] {
    const hints = [...node.attributes].flatMap(([name, value]) => {
      const rank = typeAttributes.indexOf(plainHeading(name.replaceAll(/[_-]|(?<=[a-z])(?=[A-Z])/g, ' ')));
      return rank < 0 || (typeof value !== 'string' && typeof value !== 'number') || value === ''
        ? []
        : [{ name, value, rank }];
    });
    return hints.toSorted((one, other) => one.rank - other.rank);
  }

  /** Also counts nodes of unknown type, and collects the questions about types. */
  decideType(node: GraphElement): TypeOfNode {
    const hints = this.#typeHints(node);
    for (const { name, value } of hints) {
      const namedType = typeOfWord(value);
      if (!namedType) continue;
      // A word such as "Professor" tells more than the type, so the attribute is kept.
      const isTypeRepeated =
        name === 'type' &&
        [namedType, tableOf[namedType]].some((word) => word === String(value).trim().toLowerCase());
      const kind = namedType === 'organisation' ? knownValue('organisation_kind', String(value)) : null;
      return {
        type: namedType,
        isKnown: true,
        isTypeRepeated,
        ...(kind !== null && { organisationKind: { attribute: name, kind } }),
      };
    }
    const existingType = this.existingTypeOf(node.id);
    const [firstHint] = hints;
    const name = nameOf(node) ?? node.id ?? '';
    const chosenType = this.#choices.get(name) ?? (firstHint && this.#choices.get(String(firstHint.value)));
    const assumedType = chosenType ?? this.#assumedType(node);
    const type = existingType ?? assumedType;
    // Numbers are communities or levels, not types.
    if (existingType === null) {
      if (firstHint && Number.isNaN(Number(firstHint.value)))
        this.#addQuestion(firstHint.name, String(firstHint.value), assumedType);
      else this.#addQuestion(null, name, assumedType);
    }
    if (chosenType === undefined) this.untypedCount += 1;
    return { type, isKnown: chosenType !== undefined, isTypeRepeated: false };
  }

  #assumedType(node: GraphElement): NodeType {
    const { node_type: type } = this.#options;
    if (type !== 'by_name') return type;
    return typeOfName(nameOf(node) ?? node.id ?? '') ?? 'team';
  }

  /** The type of the workspace's record under an id. */
  existingTypeOf(id: string | null): EntityType | null {
    const type = id === null ? undefined : this.#lookup(id)?.type;
    return isEntityType(type) && type !== 'interface' ? type : null;
  }

  #addQuestion(attribute: string | null, value: string, type: NodeType): void {
    const questions = attribute === null ? this.#unlabelled : this.#questions;
    const question = questions.get(value);
    if (question) question.count += 1;
    else if (questions.size <= maxQuestions) questions.set(value, { attribute, value, count: 1, type });
  }

  /** Values that name no type, with their number of nodes, and the names of nodes without such a value; each empty if there are too many. */
  questions(): NonNullable<ImportPlan['graph']>['types'] {
    return [this.#questions, this.#unlabelled].flatMap((questions) =>
      questions.size > maxQuestions ? [] : [...questions.values()],
    );
  }
}
