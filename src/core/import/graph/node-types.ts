import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType, NodeTypeOrIgnore } from '#shared/contract/network.ts';
import { entityTypes, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import { valueWords } from '../../model/interchange/value-words.ts';
import { attributeWords, isRoleAttribute, isTypeAttribute } from '../../model/interchange/attribute-words.ts';
import { knownValue } from '../table/synonyms.ts';
import { typeOfName } from '../name-types.ts';
import { cachedIn } from '../cached.ts';
import { namesFormerMember, typeOfWord } from '../word-types.ts';
import type { Lookup } from '../record-planner.ts';
import type { GraphElement } from './graph.ts';
import { isSheetType, sampleValues } from './attribute-fields.ts';
import type { ColumnValues } from '../table/columns/column-values.ts';
import { nameOf } from './ids.ts';

/** Attributes that can tell a node's type, clearest first; `labels` are those of Neo4j. Roles come last. */
const clearAttributes = ['type', 'node type', 'entity type', 'element type', 'record type', 'kind'];
const groupAttributes: ReadonlySet<string> = new Set(['category', 'class', 'group']);

/** How clearly an attribute tells a node's type, 0 first; null if it does not. */
function rankOf(name: string): number | null {
  const plain = attributeWords(name);
  const clearRank = clearAttributes.indexOf(plain);
  if (clearRank >= 0) return clearRank;
  if (groupAttributes.has(plain)) return clearAttributes.length + 1;
  if (plain === 'labels') return clearAttributes.length + 2;
  if (isTypeAttribute(name)) return clearAttributes.length;
  return isRoleAttribute(name) ? clearAttributes.length + 3 : null;
}

const typeByTable: ReadonlyMap<string, EntityType> = new Map(
  entityTypes.flatMap((type) =>
    type === 'interface' ? [] : [type, tableOf[type]].map((word) => [plainHeading(word), type] as const),
  ),
);

/** The type of nodes that a value names, or that they are people. A group's name, such as "Avionics team", names none. */
function nodeTypeOfWord(name: string, value: unknown): EntityType | 'person' | null {
  if (typeof value !== 'string') return null;
  // Neo4j writes all labels of a node: ":Docente:Persona".
  const labels = value.startsWith(':') ? value.slice(1).split(':') : [];
  if (labels.length > 1) {
    const types = labels.map((label) => nodeTypeOfWord(name, label));
    return types.find((type) => type !== null && type !== 'person') ?? types.find(Boolean) ?? null;
  }
  const exactType = typeByTable.get(plainHeading(value));
  if (exactType !== undefined) return exactType;
  const isNoun = (rankOf(name) ?? Infinity) <= clearAttributes.length || attributeWords(name) === 'labels';
  const type = typeOfWord(value, isNoun ? 'all' : 'people');
  return type === 'person' ? type : (nodeType.options.find((one) => one === type) ?? null);
}

type TypeQuestion = NonNullable<ImportPlan['graph']>['types'][number];

interface TypeHint {
  name: string;
  value: string | number;
}

/** Whether the preview lists an attribute's values as unknown types: of roles only those under "role", because headings such as "status" have other values too. */
const needsType = ({ name }: TypeHint): boolean => attributeWords(name) === 'role' || !isRoleAttribute(name);

function knownType(type: EntityType, { name, value }: TypeHint): TypeOfNode {
  // A word such as "Professor" tells more than the type, so the attribute is kept.
  const words: readonly string[] = isSheetType(type) ? typeWords[type] : [];
  const nouns: readonly string[] = type === 'team' || type === 'university' ? valueWords[type] : [];
  const isTypeRepeated = [type, tableOf[type], ...words, ...nouns].some(
    (word) => plainHeading(word) === plainHeading(String(value)),
  );
  const kind = type === 'organisation' ? knownValue('organisation_kind', String(value)) : null;
  return {
    type,
    isKnown: true,
    isLeftOut: false,
    isFormer: type === 'student' && namesFormerMember(String(value)),
    repeatedBy: isTypeRepeated ? name : null,
    ...(kind !== null && { organisationKind: { attribute: name, kind } }),
  };
}

/** Whether a person is faculty or a student, by an academic title in the name. */
const typeOfPerson = (name: string): 'faculty' | 'student' =>
  typeOfName(name) === 'faculty' ? 'faculty' : 'student';

/** Limit of the values of an attribute, and of the nodes without one, that users are asked about. */
const maxQuestions = 30;

export interface TypeOfNode {
  type: EntityType;
  /** Whether the type comes from the file or the user, not from the default. */
  isKnown: boolean;
  /** Whether the node is no record: a note, part of a legend, or one that the user leaves out. */
  isLeftOut: boolean;
  /** Whether the word for the type says that the person has left. */
  isFormer?: boolean;
  /** The attribute that only repeats the type. */
  repeatedBy: string | null;
  /** "Company" names the type organisation and its kind. */
  organisationKind?: { attribute: string; kind: string };
}

/** "Company" and "PhD student" are words for types, "University of Alder" is a name. */
function isTypeWord(text: string): boolean {
  const type = typeOfWord(text);
  return type !== null && (type === 'person' || isPerson(type) || !text.trim().includes(' '));
}

/** Attributes of which 70 % of the values are words for types, as a column of a table. Names and labels are none. */
function findTypedAttributes(samples: ReadonlyMap<string, ColumnValues>): ReadonlySet<string> {
  const typed = [...samples].filter(
    ([name, values]) =>
      name !== 'label' &&
      name !== 'name' &&
      values.count > 3 &&
      values.distinct <= 0.8 &&
      !isRoleAttribute(name) &&
      values.shareOf(isTypeWord) >= 0.7,
  );
  return new Set(typed.map(([name]) => name));
}

/** Attributes that are named like a column of types and name a known type in half of their values. Their unknown words are types too. */
function findTypeAttributes(samples: ReadonlyMap<string, ColumnValues>): ReadonlySet<string> {
  const types = [...samples].filter(
    ([name, values]) =>
      (rankOf(name) ?? Infinity) <= clearAttributes.length && values.shareOf(isTypeWord) >= 0.5,
  );
  return new Set(types.map(([name]) => name));
}

/** Decides each node's type: by an attribute that names types, the choice for its value, the node's id, or the default. */
export class NodeTypes {
  readonly #options: Pick<ImportOptions, 'node_type' | 'node_types'>;
  readonly #lookup: Lookup;
  /** Attributes that tell types by their values, whatever they are called. */
  readonly #typedAttributes: ReadonlySet<string>;
  readonly #typeAttributes: ReadonlySet<string>;
  readonly #choices: ReadonlyMap<string, NodeTypeOrIgnore>;
  readonly #wordTypes = new Map<string, EntityType | 'person' | null>();
  readonly #ranks = new Map<string, number | null>();
  /** By value of the attribute. */
  readonly #questions = new Map<string, TypeQuestion>();
  /** By name of the node. */
  readonly #unlabelled = new Map<string, TypeQuestion>();
  untypedCount = 0;

  constructor(
    options: Pick<ImportOptions, 'node_type' | 'node_types'>,
    lookup: Lookup,
    nodes: readonly GraphElement[],
  ) {
    this.#options = options;
    this.#lookup = lookup;
    const samples = sampleValues(nodes);
    this.#typedAttributes = findTypedAttributes(samples);
    this.#typeAttributes = findTypeAttributes(samples);
    this.#choices = new Map(options.node_types.map(({ value, type }) => [value, type]));
  }

  #rankOf(name: string): number | null {
    const rank = rankOf(name);
    return this.#typedAttributes.has(name) ? Math.min(rank ?? Infinity, clearAttributes.length) : rank;
  }

  isUniversity(node: GraphElement): boolean {
    return this.#typeHints(node).some((hint) => this.#namedType(hint) === 'university');
  }

  /** Cached, because many nodes have the same values. */
  #namedType({ name, value }: TypeHint): EntityType | 'person' | null {
    const isTyped = this.#typedAttributes.has(name);
    return cachedIn(this.#wordTypes, `${name} ${value}`, () =>
      nodeTypeOfWord(isTyped ? 'type' : name, value),
    );
  }

  /** The values of a node's attributes that can tell its type, clearest first. */
  #typeHints(node: GraphElement): TypeHint[] {
    const hints = [...node.attributes].flatMap(([name, value]) => {
      // Labels of Neo4j are the type, whatever other attributes are called.
      const isLabels =
        attributeWords(name) === 'labels' && typeof value === 'string' && value.startsWith(':');
      const rank = isLabels ? -1 : cachedIn(this.#ranks, name, () => this.#rankOf(name));
      return rank === null || (typeof value !== 'string' && typeof value !== 'number') || value === ''
        ? []
        : [{ name, value, rank }];
    });
    return hints.toSorted((one, other) => one.rank - other.rank);
  }

  /** Also counts nodes of unknown type, and collects the questions about types. An annotation is left out unless the user gives its type. */
  decideType(node: GraphElement, isAnnotation = false): TypeOfNode {
    const hints = this.#typeHints(node);
    const name = nameOf(node) ?? node.id ?? '';
    const leftOut = this.#decideLeftOut(name, hints, isAnnotation);
    if (leftOut) return leftOut;
    let person: TypeHint | null = null;
    let unknown: TypeHint | null = null;
    for (const hint of hints) {
      const namedType = this.#namedType(hint);
      if (namedType === null && this.#typeAttributes.has(hint.name)) unknown ??= hint;
      if (namedType === 'person') person ??= hint;
      // A role tells the kind of a person, but a person's group is no type.
      if (namedType === null || namedType === 'person' || (person && !isPerson(namedType))) continue;
      // A weaker attribute does not tell what an unknown word for a type means.
      if (unknown) break;
      return knownType(namedType, hint);
    }
    const existingType = this.existingTypeOf(node.id);
    const firstHint = person ?? unknown ?? hints.find(needsType);
    const chosenType = this.#choiceFor(name, firstHint);
    const assumedType = chosenType ?? (person ? typeOfPerson(name) : this.#assumedType(node));
    // Numbers are communities or levels, not types.
    if (existingType === null) {
      if (firstHint && Number.isNaN(Number(firstHint.value)))
        this.#addQuestion(firstHint.name, String(firstHint.value), person ? 'student' : assumedType);
      else this.#addQuestion(null, name, assumedType);
    }
    if (chosenType === undefined) this.untypedCount += 1;
    const isKnown = chosenType !== undefined;
    return { type: existingType ?? assumedType, isKnown, isLeftOut: false, repeatedBy: null };
  }

  #choiceFor(name: string, hint: TypeHint | undefined): NodeType | undefined {
    const choice = this.#choices.get(name) ?? (hint && this.#choices.get(String(hint.value)));
    return choice === 'ignore' ? undefined : choice;
  }

  /** Null for a node that is imported. */
  #decideLeftOut(name: string, hints: readonly TypeHint[], isAnnotation: boolean): TypeOfNode | null {
    const choice = this.#choices.get(name);
    if (choice !== undefined && choice !== 'ignore') return null;
    const ignoredHint = hints.find(({ value }) => this.#choices.get(String(value)) === 'ignore');
    if (choice === undefined && !ignoredHint && !isAnnotation) return null;
    if (ignoredHint && choice === undefined)
      this.#addQuestion(ignoredHint.name, String(ignoredHint.value), 'ignore');
    else if (name !== '') this.#addQuestion(null, name, 'ignore');
    return { type: 'team', isKnown: true, isLeftOut: true, repeatedBy: null };
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

  #addQuestion(attribute: string | null, value: string, type: NodeTypeOrIgnore): void {
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
