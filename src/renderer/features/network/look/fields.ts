import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { customFieldKey, customNameOf } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import type { NetNode } from '../model/model.ts';

/** Colour fields that are offered first; `valueOf` takes them from the node instead of its `values`. */
export const generalColours = ['stage', 'type', 'university'] as const;
/** The colour field for the field `type` of projects, because `type` itself is the record type. */
export const projectType = 'project_type';
/** Measures of network science, and loss by departure: computed when chosen. Those before `community` are numbers. */
export const measureFields = [
  'degree',
  'in_degree',
  'out_degree',
  'betweenness',
  'weighted_betweenness',
  'closeness',
  'eigenvector',
  'core',
  'damage',
  'community',
  'articulation',
] as const;
export type Measure = (typeof measureFields)[number];
const numericMeasures: readonly string[] = measureFields.slice(0, measureFields.indexOf('community'));
export const isMeasure = (field: string): field is Measure =>
  measureFields.some((measure) => measure === field);
const colourKinds = new Set<Field['kind']>(['choice', 'boolean', 'number', 'text', 'reference']);
/** Fields that are not offered as colours: names, which are unique, and those that the general fields cover. */
const excludedFields = new Set(['name', 'graduated_at', 'lifecycle', 'type', 'university_id']);

/** Whether the shape of the type shows a stage: teams and students. */
export const hasStage = (type: NodeType): boolean => type === 'team' || type === 'student';

/** The record field behind a colour or size field. */
export const recordField = (field: string): string => (field === projectType ? 'type' : field);

const unique = (keys: readonly string[]): readonly string[] => [...new Set(keys)];

const keysOf = (fields: readonly CustomField[]): readonly string[] =>
  fields.map(({ name }) => customFieldKey(name));

/** The colour fields of these types: general ones that apply, fields of the types, custom fields, measures. */
export function colourFields(
  types: readonly NodeType[],
  customFields: readonly CustomField[] = [],
): readonly string[] {
  const typeFields = types.flatMap((type) =>
    fieldsOf(type)
      .filter(({ key, kind }) => colourKinds.has(kind) && !excludedFields.has(key))
      .map(({ key }) => key),
  );
  const customKeys = keysOf(customFields.filter(({ kind }) => kind !== 'json'));
  const general = generalColours.filter((field) => field !== 'stage' || types.some(hasStage));
  return unique([
    ...general,
    ...typeFields,
    ...(types.includes('project') ? [projectType] : []),
    ...customKeys,
    ...measureFields,
  ]);
}

/** Fields in a menu section: of one type, of several or all (`all`), custom fields (`own`), or measures. */
export interface FieldGroup {
  section: NodeType | 'all' | 'own' | 'measures';
  fields: readonly string[];
}

function sectionOf(field: string, types: readonly NodeType[]): FieldGroup['section'] {
  if (customNameOf(field) !== null) return 'own';
  if (isMeasure(field)) return 'measures';
  if (field === projectType) return 'project';
  if ([...generalColours, 'links', ''].some((general) => general === field)) return 'all';
  const [firstType, ...otherTypes] = types.filter((type) => fieldOf(type, field) !== undefined);
  return firstType !== undefined && otherTypes.length === 0 ? firstType : 'all';
}

/** Fields grouped by section, in order; fields of several types first. */
export function groupFieldsBySection(
  fields: readonly string[],
  types: readonly NodeType[],
): readonly FieldGroup[] {
  const groups = new Map<FieldGroup['section'], string[]>([['all', []]]);
  for (const field of fields) {
    const section = sectionOf(field, types);
    groups.set(section, [...(groups.get(section) ?? []), field]);
  }
  return [...groups]
    .filter(([, list]) => list.length > 0)
    .map(([section, list]) => ({ section, fields: list }));
}

/** The size fields of these types: `links`, numbers, custom fields, measures, and '' for equal size. */
export function sizeFields(
  types: readonly NodeType[],
  customFields: readonly CustomField[] = [],
): readonly string[] {
  const numberFields = types.flatMap((type) => fieldsOf(type).filter(({ kind }) => kind === 'number'));
  const customKeys = keysOf(customFields.filter(({ kind }) => kind === 'number'));
  return unique(['links', ...numberFields.map(({ key }) => key), ...customKeys, ...numericMeasures, '']);
}

/** The fields to request for this colour, this size, and for grouping. */
export function neededFields(types: readonly NodeType[], colour: string, size: string): string[] {
  const isAvailable = (field: string): boolean =>
    customNameOf(field) !== null ||
    types.some((type) => fieldOf(type, field) !== undefined || (type === 'student' && field === 'status'));
  const chosenFields = [colour, size]
    .filter((key) => ![...generalColours, 'links', ''].some((general) => general === key))
    .map(recordField);
  return unique(['lifecycle', 'status', 'discipline', ...chosenFields]).filter(isAvailable);
}

export function isReference(field: string): boolean {
  return nodeType.options.some((type) => fieldOf(type, field)?.kind === 'reference');
}

/** Whether a field has numbers: a numeric measure, a number field of one of the types, or a custom field with only numbers. */
export function isNumeric(nodes: readonly NetNode[], types: readonly NodeType[], field: string): boolean {
  if (customNameOf(field) !== null) {
    const values = nodes.map((node) => valueOf(node, field)).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => typeof value === 'number');
  }
  return numericMeasures.includes(field) || types.some((type) => fieldOf(type, field)?.kind === 'number');
}

/** The stage of a record: a team's lifecycle, a student's status. */
export function stageValue({ type, values }: NetNode): string | null {
  const value = type === 'student' ? values.status : type === 'team' ? values.lifecycle : null;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A node's value in a field, including general ones; null for none. */
export function valueOf(node: NetNode, field: string): Json {
  if (field === 'stage') return stageValue(node);
  if (field === 'type') return node.type;
  if (field === 'university') return node.type === 'university' ? node.id : node.university;
  if (field === 'links') return node.links;
  return node.values[recordField(field)] ?? null;
}
