import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { ownFieldKey, ownNameOf } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { NetNode } from '../model/model.ts';

/** Colour fields of every record: stage, type, university. */
export const generalColours = ['stage', 'type', 'university'] as const;
/** The type of a project; its own field name means the record type here. */
export const projectType = 'project_type';
/** Measures of network science, and loss by departure: computed when chosen. */
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
const measuredInNumbers: readonly string[] = measureFields.slice(0, measureFields.indexOf('community'));
export const isMeasure = (field: string): field is Measure => measureFields.some((known) => known === field);
const coloured = new Set<Field['kind']>(['choice', 'boolean', 'number', 'text', 'reference']);
/** No colour fields: names, which are unique, and those covered by the general ones. */
const left = new Set(['name', 'graduated_at', 'lifecycle', 'type', 'university_id']);

/** Whether the shape of the type shows a stage: teams and students. */
export const hasStage = (type: NodeType): boolean => type === 'team' || type === 'student';

/** The record field behind a colour or size field. */
export const storedAs = (field: string): string => (field === projectType ? 'type' : field);

const unique = (keys: readonly string[]): readonly string[] => [...new Set(keys)];

const keysOf = (fields: readonly OwnField[]): readonly string[] =>
  fields.map(({ name }) => ownFieldKey(name));

/** The colour fields of these types: applicable general ones first, custom fields last. */
export function colourFields(
  types: readonly NodeType[],
  others: readonly OwnField[] = [],
): readonly string[] {
  const own = types.flatMap((type) =>
    fieldsOf(type)
      .filter(({ key, kind }) => coloured.has(kind) && !left.has(key))
      .map(({ key }) => key),
  );
  const last = keysOf(others.filter(({ kind }) => kind !== 'json'));
  const general = generalColours.filter((field) => field !== 'stage' || types.some(hasStage));
  return unique([
    ...general,
    ...own,
    ...(types.includes('project') ? [projectType] : []),
    ...last,
    ...measureFields,
  ]);
}

/** Fields in a menu group: of one type, of several or all (`all`), custom fields, or measures. */
export interface FieldGroup {
  of: NodeType | 'all' | 'own' | 'measures';
  fields: readonly string[];
}

/** Fields grouped by their type, in order; fields of several types first. */
export function groupedByKind(fields: readonly string[], types: readonly NodeType[]): readonly FieldGroup[] {
  const groups = new Map<FieldGroup['of'], string[]>([['all', []]]);
  for (const field of fields) {
    const having = types.filter((type) => fieldOf(type, storedAs(field)) !== undefined);
    const [only] = having;
    const isGeneral = [...generalColours, 'links', ''].some((known) => known === field);
    const of =
      ownNameOf(field) !== null
        ? 'own'
        : isMeasure(field)
          ? 'measures'
          : field === projectType
            ? 'project'
            : !isGeneral && having.length === 1 && only
              ? only
              : 'all';
    groups.set(of, [...(groups.get(of) ?? []), field]);
  }
  return [...groups].filter(([, some]) => some.length > 0).map(([of, some]) => ({ of, fields: some }));
}

/** The size fields of these types: `links`, numbers, custom fields last, and '' for equal size. */
export function sizeFields(types: readonly NodeType[], others: readonly OwnField[] = []): readonly string[] {
  const own = types.flatMap((type) => fieldsOf(type).filter(({ kind }) => kind === 'number'));
  const last = keysOf(others.filter(({ kind }) => kind === 'number'));
  return unique(['links', ...own.map(({ key }) => key), ...last, ...measuredInNumbers, '']);
}

/** The fields to request for these colours, sizes and groups. */
export function neededFields(types: readonly NodeType[], colour: string, size: string): string[] {
  const has = (field: string): boolean =>
    ownNameOf(field) !== null ||
    types.some((type) => fieldOf(type, field) !== undefined || (type === 'student' && field === 'status'));
  const own = [colour, size]
    .filter((key) => ![...generalColours, 'links', ''].some((known) => known === key))
    .map(storedAs);
  return unique(['lifecycle', 'status', 'discipline', ...own]).filter(has);
}

export function isReference(field: string): boolean {
  return nodeType.options.some((type) => fieldOf(type, field)?.kind === 'reference');
}

/** Whether any of the types declares the field as a number; for a custom field, whether all its values are numbers. */
export function isNumeric(nodes: readonly NetNode[], types: readonly NodeType[], field: string): boolean {
  if (ownNameOf(field) !== null) {
    const values = nodes.map((node) => valueOf(node, field)).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => typeof value === 'number');
  }
  return measuredInNumbers.includes(field) || types.some((type) => fieldOf(type, field)?.kind === 'number');
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
  return node.values[storedAs(field)] ?? null;
}
