import type { Field } from '#shared/domain/entities.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { auditedTypes, entityTypes, isAuditedType, tableOf } from '#shared/domain/types.ts';
import { languages } from '../i18n/languages.ts';
import { i18n, say } from '../i18n/setup.ts';

/** The words of the catalogue under a key made at run time, or undefined. */
export function lookUp(key: string): string | undefined {
  return i18n.exists(key) ? (say as (key: string) => string)(key) : undefined;
}

/** A name within a sentence: "teams", in a language whose nouns have no capital. */
export function inSentence(name: string): string {
  return languages[i18n.language]?.capitals ? name : name.toLowerCase();
}

/** "Team", "Link"; a type that is not known by its own name. */
export function typeName(type: string): string {
  return isAuditedType(type) ? say(`records:one.${type}`) : type;
}

/** "Teams", "Links". */
export function typeNames(type: string): string {
  return isAuditedType(type) ? say(`records:many.${type}`) : type;
}

/** "New team", as a button says it. */
export function newName(type: string): string {
  return lookUp(`grid:newOf.${type}`) ?? say('grid:new', { type: inSentence(typeName(type)) });
}

/** "Open teams", as a button says it. */
export function openListName(type: string): string {
  return say('common:openList', { list: inSentence(typeNames(type)) });
}

/** "1 team", "3 teams". */
export function counted(type: string, count: number): string {
  return isAuditedType(type) ? say(`records:counted.${type}`, { count }) : `${count} ${type}`;
}

/** The type that a type's or a table's name stands for; a name that is neither stays as it is. */
export function typeBehind(name: string): string {
  return auditedTypes.find((type) => type === name || tableOf[type] === name) ?? name;
}

/** "3 teams, 2 students and 1 link" of counts by type or by table; '' when all are nought. */
export const countedAll = (counts: Readonly<Record<string, number>>): string => joined(countedEach(counts));

/** "3 teams", "2 students", "1 link" of counts by type or by table. */
export function countedEach(counts: Readonly<Record<string, number>>): string[] {
  const order = (type: string): number => entityTypes.findIndex((known) => known === type);
  return Object.entries(counts)
    .map(([name, count]): [string, number] => [typeBehind(name), count])
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => order(a) - order(b))
    .map(([type, count]) => counted(type, count));
}

/** "a, b and c". */
export function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return last;
  return say('common:and', { a: parts.slice(0, -1).join(', '), b: last });
}

/** What a field is called; one that is not ours keeps its own name, also as lists name it (`own:Phase`). */
export function fieldName(key: string): string {
  return ownNameOf(key) ?? lookUp(`records:field.${key}`) ?? key;
}

/** The same as in the middle of a sentence; a name that a person gave stays as it is. */
export const fieldInSentence = (key: string): string => ownNameOf(key) ?? inSentence(fieldName(key));

/** As `fieldName` for a field at hand: an own one may be called as one of ours is. */
export function labelOf({ key, own }: Pick<Field, 'key' | 'own'>): string {
  return own ? key : fieldName(key);
}

/** A sentence about the field, or undefined. */
export function fieldHint(key: string): string | undefined {
  return lookUp(`records:hint.${key}`);
}

/** A value of an open list as it is read: `codified, strong`. Values that are not on a list are shown as they are. */
export function choiceName(value: string): string {
  return lookUp(`records:value.${value}`) ?? value;
}

/** A role of profiles as it is read. One that is not known is shown as it is. */
export function roleName(role: string): string {
  const name = lookUp(`records:value.${role}`);
  return name === undefined ? role : capital(name);
}

/** A word as it stands at the head of something. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a record is called, also one without a name. An outcome is called by what kind it is of, a part of the upkeep by what it is. */
export function titleOr(title: string, type: string): string {
  if (title.trim() === '') return say('records:untitled', { type: inSentence(typeName(type)) });
  if (type === 'workspace') return lookUp(`records:upkeep.${title}`) ?? title;
  if (type !== 'outcome') return title;
  return capital(choiceName(title));
}

/** A name within a sentence, in the quotation marks of the language. */
export const quoted = (name: string): string => say('common:quoted', { name });

/** What a record is called, within a sentence. */
export const titleQuoted = (title: string, type: string): string =>
  title.trim() === '' ? titleOr(title, type) : quoted(titleOr(title, type));

/** The unit of a field, as it stands behind its value: "months", behind a one "month"; '' for none. */
export function unitName(field: Pick<Field, 'unit'>, count = 0): string {
  return field.unit && field.unit !== 'year' ? say(`records:unitShort.${field.unit}`, { count }) : '';
}
