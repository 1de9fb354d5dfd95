import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { ownFieldKey, ownNameOf } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { NetNode } from '../model/model.ts';

/** What colours can tell of every record, whatever its type: where it stands in its life, its kind, whose it is. */
export const generalColours = ['stage', 'type', 'university'] as const;
/** What kind of project it is: records say so under a name that here is taken by their own kind. */
export const projectType = 'project_type';
/** Measures of network science, and what would be lost with a record: computed when chosen, not stored. */
export const measures = [
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
export type Measure = (typeof measures)[number];
const measuredInNumbers: readonly string[] = measures.slice(0, measures.indexOf('community'));
export const isMeasure = (field: string): field is Measure => measures.some((known) => known === field);
const coloured = new Set<Field['kind']>(['choice', 'boolean', 'number', 'text', 'reference']);
/** What is no colour of its own: names, of which each record has another, and what the general ones tell already. */
const left = new Set(['name', 'graduated_at', 'lifecycle', 'type', 'university_id']);

/** Whether records of the type have a stage of their life, and show it by their form: teams and students. */
export const hasStage = (type: NodeType): boolean => type === 'team' || type === 'student';

/** The field of records that a colour or size is read from. */
export const storedAs = (field: string): string => (field === projectType ? 'type' : field);

const unique = (keys: readonly string[]): readonly string[] => [...new Set(keys)];

const keysOf = (fields: readonly OwnField[]): readonly string[] =>
  fields.map(({ name }) => ownFieldKey(name));

/** The fields by which records of these types can be coloured: the general ones that any of them has first, own ones last. */
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
    ...measures,
  ]);
}

/** Fields that are offered together: of one kind of record, of several or all kinds (`all`), or own ones. */
export interface FieldGroup {
  of: NodeType | 'all' | 'own' | 'measures';
  fields: readonly string[];
}

/** Offered fields by the kind of record that has them, in their order; what several kinds have stands first. */
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

/** The fields by which records of these types can be sized: `links`, numbers, own ones after those declared, and '' for all alike. */
export function sizeFields(types: readonly NodeType[], others: readonly OwnField[] = []): readonly string[] {
  const own = types.flatMap((type) => fieldsOf(type).filter(({ kind }) => kind === 'number'));
  const last = keysOf(others.filter(({ kind }) => kind === 'number'));
  return unique(['links', ...own.map(({ key }) => key), ...last, ...measuredInNumbers, '']);
}

/** What must be asked for of records of these types, so that they can be coloured, sized and grouped. */
export function neededFields(types: readonly NodeType[], colour: string, size: string): string[] {
  const has = (field: string): boolean =>
    ownNameOf(field) !== null ||
    types.some((type) => fieldOf(type, field) !== undefined || (type === 'student' && field === 'status'));
  const own = [colour, size]
    .filter((key) => ![...generalColours, 'links', ''].some((known) => known === key))
    .map(storedAs);
  return unique(['lifecycle', 'status', 'discipline', ...own]).filter(has);
}

/** Whether a field names another record, by its id. */
export function isReference(field: string): boolean {
  return nodeType.options.some((type) => fieldOf(type, field)?.kind === 'reference');
}

/** Whether any of the types declares the field as a number; of an own field, whether the nodes hold nothing but numbers. */
export function isNumeric(nodes: readonly NetNode[], types: readonly NodeType[], field: string): boolean {
  if (ownNameOf(field) !== null) {
    const values = nodes.map((node) => valueOf(node, field)).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => typeof value === 'number');
  }
  return measuredInNumbers.includes(field) || types.some((type) => fieldOf(type, field)?.kind === 'number');
}

/** The stage of a record that has one: a team's lifecycle, a student's status. */
export function stageValue({ type, values }: NetNode): string | null {
  const value = type === 'student' ? values.status : type === 'team' ? values.lifecycle : null;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What a node holds in a field, general ones included; null for nothing. */
export function valueOf(node: NetNode, field: string): Json {
  if (field === 'stage') return stageValue(node);
  if (field === 'type') return node.type;
  if (field === 'university') return node.type === 'university' ? node.id : node.university;
  if (field === 'links') return node.links;
  return node.values[storedAs(field)] ?? null;
}
