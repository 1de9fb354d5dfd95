import type { Field } from './entities.ts';
import type { FieldInfo } from './field.ts';
import { textsIn } from './json.ts';
import type { Json } from './json.ts';
import { entityTypes } from './types.ts';
import type { EntityType } from './types.ts';

export const personTypes = ['student', 'faculty'] as const;

const partyTypes = [...personTypes, 'team'] as const;

/** Types of evidence or work. They are not part of the organisation, so an interface cannot end at a record of these types. */
const excludedEndTypes: readonly string[] = [
  'repository',
  'interface',
  'contact',
  'repair',
  'task',
  'document',
  'comment',
];

const subjectTypes: readonly EntityType[] = entityTypes.filter((type) => type !== 'comment');

export const canBeEnd = (type: string): boolean => !excludedEndTypes.includes(type);

export const isReferenceKind = ({ kind }: Pick<FieldInfo, 'kind'>): boolean =>
  kind === 'reference' || kind === 'references';

export function canTarget(to: FieldInfo['to'], type: string): boolean {
  if (to === 'any') return canBeEnd(type);
  return targetTypes(to, []).some((target) => target === type);
}

/** The only type that target `to` accepts; null if it accepts several. */
export const onlyTargetType = (to: FieldInfo['to']): EntityType | null =>
  to === undefined || to === 'any' || to === 'person' || to === 'party' || to === 'record' ? null : to;

/** The types that target `to` accepts; `ends` are those at an end of an interface, or without a target. */
export function targetTypes(to: FieldInfo['to'], ends: readonly EntityType[]): readonly EntityType[] {
  if (to === undefined || to === 'any') return ends;
  if (to === 'person') return personTypes;
  if (to === 'record') return subjectTypes;
  return to === 'party' ? partyTypes : [to];
}

export function targetNoun(to: NonNullable<FieldInfo['to']>): string {
  if (to === 'any' || to === 'record') return 'record';
  return to === 'party' ? 'person or team' : to;
}

export function referencedIds(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return textsIn(value);
}

/** Ids in `value` that are not in `stored`: only new ids must exist. A single reference is always checked. */
export function idsToCheck(value: Json | undefined, stored: Json | undefined): string[] {
  if (!Array.isArray(value)) return referencedIds(value);
  const storedIds = new Set(referencedIds(stored));
  return referencedIds(value).filter((id) => !storedIds.has(id));
}

/** Adds the stored ids of deleted and hidden records to an edited list, because its text does not show them. */
export function keepHiddenIds(
  ids: readonly string[],
  stored: readonly string[],
  isShown: (id: string, index: number) => boolean,
): string[] {
  return [...ids, ...stored.filter((id, index) => !isShown(id, index) && !ids.includes(id))];
}

/** Key of the derived field with the title of a reference, or with the titles of a list in its order. */
export function titlesKey({ key, kind }: Pick<Field, 'key' | 'kind'>): string {
  return kind === 'references' ? `${key.replace(/_ids$/, '')}_titles` : `${key.replace(/_id$/, '')}_title`;
}

/** Maps the ids of a list; null removes one. Removes duplicates. */
export function replaceIds(ids: readonly Json[], replace: (id: Json) => Json): Json[] {
  return [...new Set(ids.map(replace).filter((id) => id !== null))];
}

/** The visible titles of a record's list, without those of deleted and hidden records. */
export function shownTitles(titles: Json | undefined): string[] {
  return textsIn(titles);
}
