import type { Field } from './entities.ts';
import type { FieldInfo } from './field.ts';
import type { Json } from './json.ts';
import { entityTypes } from './types.ts';
import type { EntityType } from './types.ts';

/** The types that carry knowledge: a reference to a person names one of these. */
export const personTypes = ['student', 'faculty'] as const;

/** Whom a contact may be with. */
const partyTypes = [...personTypes, 'team'] as const;

/** The types that are evidence or work, and no part of the organisation: no interface has one as an end. */
const besideTypes: readonly string[] = ['interface', 'contact', 'repair', 'document', 'comment'];

/** What documents and comments may be about: anything but a comment. */
const subjectTypes: readonly EntityType[] = entityTypes.filter((type) => type !== 'comment');

/** Whether a record of the type may be an end of an interface. */
export const mayBeEnd = (type: string): boolean => !besideTypes.includes(type);

/** Whether a field names one record or several. */
export const isReferring = ({ kind }: Pick<FieldInfo, 'kind'>): boolean =>
  kind === 'reference' || kind === 'references';

/** Whether a field with that target may name a record of `type`. */
export function mayName(to: FieldInfo['to'], type: string): boolean {
  if (to === 'any') return mayBeEnd(type);
  return typesNamed(to, []).some((one) => one === type);
}

/** The one type that a field with that target names; null where it may name several. */
export const typeNamed = (to: FieldInfo['to']): EntityType | null =>
  to === undefined || to === 'any' || to === 'person' || to === 'party' || to === 'record' ? null : to;

/** The types of which a field with that target may name records. `ends` are those of the ends of links. */
export function typesNamed(to: FieldInfo['to'], ends: readonly EntityType[]): readonly EntityType[] {
  if (to === undefined || to === 'any') return ends;
  if (to === 'person') return personTypes;
  if (to === 'record') return subjectTypes;
  return to === 'party' ? partyTypes : [to];
}

/** What a field with that target must name, as messages say it. */
export function targetNoun(to: NonNullable<FieldInfo['to']>): string {
  if (to === 'any' || to === 'record') return 'record';
  return to === 'party' ? 'person or team' : to;
}

/** The ids in the value of a field that refers: of one record, or of a list. */
export function referencedIds(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}

/** The ids that `value` names and `stored` does not: only these are new, and must lead somewhere. A single reference is always judged. */
export function idsToCheck(value: Json | undefined, stored: Json | undefined): string[] {
  if (!Array.isArray(value)) return referencedIds(value);
  const known = new Set(referencedIds(stored));
  return referencedIds(value).filter((id) => !known.has(id));
}

/** An edited list with the stored ids that its text did not show, of records that are deleted or hidden: they stay in it. */
export function keepUnshown(
  ids: readonly string[],
  stored: readonly string[],
  isShown: (id: string, at: number) => boolean,
): string[] {
  return [...ids, ...stored.filter((id, at) => !isShown(id, at) && !ids.includes(id))];
}

/** The derived field with the title of what a reference names, or with the titles of what a list names, in its order. */
export function titlesKey({ key, kind }: Pick<Field, 'key' | 'kind'>): string {
  return kind === 'references' ? `${key.replace(/_ids$/, '')}_titles` : `${key.replace(/_id$/, '')}_title`;
}

/** A list in which `replace` stands for ids: null removes one. What comes twice is left once. */
export function replaceIds(ids: readonly Json[], replace: (id: Json) => Json): Json[] {
  return [...new Set(ids.map(replace).filter((id) => id !== null))];
}

/** The titles of a record's list that can be shown: those of records that are deleted or hidden are left out. */
export function shownTitles(titles: Json | undefined): string[] {
  return Array.isArray(titles) ? titles.filter((title) => typeof title === 'string') : [];
}
