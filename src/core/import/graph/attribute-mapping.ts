import { issueWithCode } from '#shared/texts/issues.ts';
import { invalidFault } from '../../model/validate.ts';
import { isShare } from '../units.ts';
import { statedUnit } from '../table/columns/heading-match.ts';
import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ShareUnit } from '#shared/domain/share-units.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldOfAttribute, parseAttribute, textOf } from '../../model/interchange/attributes.ts';
import { verbatimKey } from '../../model/interchange/keys.ts';
import type { Notices } from '../notices.ts';
import { AttributeFields } from './attribute-fields.ts';
import type { AttributeField } from './attribute-fields.ts';
import type { Graph, GraphElement } from './graph.ts';
import type { Universities } from './university-nodes.ts';

type Attribute = NonNullable<ImportPlan['graph']>['attributes'][number];

const maxAttributes = 200;
const maxSampleLength = 60;

/** The fields of an element. */
export interface ElementFields {
  fields: Map<string, Json>;
  /** By field that is 100 % minus its value: the attribute. */
  rests: ReadonlyMap<string, string>;
}

/** Throws INVALID if an attribute is chosen as the rest of a field that is no share. */
function refuseRestOfOthers(choices: ImportOptions['attributes']): void {
  for (const [index, { of, becomes, rest }] of choices.entries()) {
    if (rest !== true || (becomes !== null && of === 'edges' && isShare('interface', becomes))) continue;
    const field = becomes ?? '';
    throw invalidFault([issueWithCode(`attributes.${index}`, 'unknown_field', 'no_share_target', { field })]);
  }
}

/** The attributes of a graph and the fields that they become. */
export class AttributeMapping {
  readonly #kinds: Graph['kinds'];
  readonly #isFramesFile: boolean;
  readonly #choices: ReadonlyMap<string, { becomes: string | null; isRest: boolean }>;
  /** The fields that attributes become by choice, so that no other attribute is guessed to be one. */
  readonly #chosenFields: ReadonlySet<string>;
  readonly #notices: Notices;
  readonly #universities: Universities;
  readonly #fieldsByWords: AttributeFields;
  readonly #attributes = new Map<string, Attribute>();
  /** The units that the names of attributes state for shares: "Loss (%)", "loss 0-5". */
  readonly statedUnits = new Map<string, ShareUnit>();

  constructor(
    graph: Graph,
    choices: ImportOptions['attributes'],
    notices: Notices,
    universities: Universities,
  ) {
    const { kinds, isFramesFile, drawingAttributes } = graph;
    this.#fieldsByWords = new AttributeFields(graph);
    this.#kinds = kinds;
    this.#isFramesFile = isFramesFile;
    this.#notices = notices;
    this.#universities = universities;
    this.#choices = new Map([
      ...drawingAttributes.flatMap((name) =>
        [`nodes ${name}`, `edges ${name}`].map((key) => [key, { becomes: null, isRest: false }] as const),
      ),
      ...choices.map(
        ({ of, name, becomes, rest = false }) => [`${of} ${name}`, { becomes, isRest: rest }] as const,
      ),
    ]);
    this.#chosenFields = new Set(choices.map(({ of, becomes }) => `${of} ${becomes}`));
    refuseRestOfOthers(choices);
  }

  /** Fields from an element's attributes, without a node's label, and without the attribute `repeatedBy`, which only has the type. Counts the attributes. */
  readFields({ attributes }: GraphElement, type: EntityType, repeatedBy: string | null): ElementFields {
    const [of, elementKind] =
      type === 'interface' ? (['edges', 'edge'] as const) : (['nodes', 'node'] as const);
    const fields = new Map<string, Json>();
    const rests = new Map<string, string>();
    const movedFields: { name: string; value: Json; field: string; target: string; isRest: boolean }[] = [];
    const setField = (name: string, value: Json, field: string): void => {
      const kind = this.#kinds?.[elementKind].get(name) ?? 'string';
      const fieldValue =
        typeof value === 'string' && this.#kinds ? parseAttribute(value, kind, type, field) : value;
      if (fieldValue !== undefined) fields.set(freeName(fields, field, elementKind), fieldValue);
    };
    for (const [name, value] of attributes) {
      const isLabel = name === 'label' && (elementKind === 'node' || this.#isFramesFile);
      if (isLabel || name === repeatedBy || (name === 'type' && value === 'interface')) continue;
      // Other programs write an empty value for every element.
      if (value === '' && !this.#isFramesFile) continue;
      const university =
        this.#isFramesFile || elementKind === 'edge'
          ? null
          : this.#universities.findOrCreateId(type, name, value);
      const ownField = fieldOfAttribute(type, name, elementKind);
      const guess: AttributeField =
        university === null
          ? (this.#guess(type, name, elementKind) ?? { field: ownField, isRest: false })
          : { field: 'university_id', isRest: false };
      const choice = this.#choices.get(`${of} ${name}`) ?? { becomes: guess.field, isRest: guess.isRest };
      const { becomes: target, isRest } = choice;
      const field = guess.isRest ? ownField : guess.field;
      const unit = this.#isFramesFile ? null : statedUnit(name);
      if (target !== null && unit !== null) this.statedUnits.set(target, unit);
      const rest = isRest && { rest: true };
      this.#countAttribute({ of, name, count: 1, sample: '', becomes: target, ...rest }, value);
      if (target === null) this.#notices.add('attribute_left_out', { where: { attribute: name, of } });
      else if (target === field && !isRest) setField(name, university ?? value, field);
      else movedFields.push({ name, value, field, target, isRest });
    }
    // A moved attribute keeps its own field if another attribute filled the target.
    for (const { name, value, field, target, isRest } of movedFields) {
      const isFree = !fields.has(target);
      setField(name, value, isFree ? target : field);
      if (isRest && isFree) rests.set(target, name);
    }
    return { fields, rests };
  }

  /** Files of FRAMES name fields exactly; those of others can use other words. Null if another attribute was chosen for the field. */
  #guess(type: EntityType, name: string, elementKind: 'node' | 'edge'): AttributeField | null {
    const guess = this.#isFramesFile ? null : this.#fieldsByWords.fieldFor(type, name, elementKind);
    const isChosen = guess !== null && this.#chosenFields.has(`${elementKind}s ${guess.field}`);
    return isChosen && !this.#choices.has(`${elementKind}s ${name}`) ? null : guess;
  }

  #countAttribute(attribute: Attribute, value: Json): void {
    const { of, name } = attribute;
    const existing = this.#attributes.get(`${of} ${name}`);
    if (existing) existing.count += 1;
    else if (this.#attributes.size < maxAttributes && name !== verbatimKey)
      this.#attributes.set(`${of} ${name}`, {
        ...attribute,
        sample: textOf(value).slice(0, maxSampleLength).toWellFormed(),
      });
  }

  /** The attributes in the order in which they were found, up to a limit. */
  summary(): Attribute[] {
    return [...this.#attributes.values()];
  }
}

/** Keys of a record that are not fields. */
const reservedKeys = { node: ['id'], edge: ['id', 'from', 'to'] } as const;

/** A field name that is free, with a number if needed. */
export function freeName(
  fields: ReadonlyMap<string, Json>,
  name: string,
  elementKind: 'node' | 'edge',
): string {
  const reservedNames = new Set<string>(reservedKeys[elementKind]);
  let result = name;
  for (let count = 2; reservedNames.has(result) || fields.has(result); count += 1)
    result = `${name} (${count})`;
  return result;
}
