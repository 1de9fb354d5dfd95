import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { customFieldKey, customNameOf } from '#shared/domain/custom-fields.ts';
import { auditedTypes, entityTypes, isAuditedType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { languages } from '../i18n/languages.ts';
import { i18n, say } from '../i18n/setup.ts';

/** The text under a key made at run time, or undefined. */
export function lookUp(key: string, values: object = {}): string | undefined {
  return i18n.exists(key, { ...values })
    ? (say as (key: string, values: object) => string)(key, values)
    : undefined;
}

/** A name within a sentence: lower case, except in languages with capitalised nouns. */
export function inSentence(name: string): string {
  return languages[i18n.language]?.capitals ? name : name.toLowerCase();
}

/** "Team", "Link"; unknown types keep their name. */
export function typeName(type: string): string {
  return isAuditedType(type) ? say(`records:one.${type}`) : type;
}

/** "Teams", "Links". */
export function typeNames(type: string): string {
  return isAuditedType(type) ? say(`records:many.${type}`) : type;
}

/** "New team". */
export function newName(type: string): string {
  return lookUp(`grid:newOf.${type}`) ?? say('grid:new', { type: inSentence(typeName(type)) });
}

/** "Open teams". */
export function openListName(type: string): string {
  return say('common:openList', { list: inSentence(typeNames(type)) });
}

/** "1 team", "3 teams". */
export function countedRecords(type: string, count: number): string {
  return isAuditedType(type) ? say(`records:counted.${type}`, { count }) : `${count} ${type}`;
}

/** The type with this name or table name; other names are returned unchanged. */
export function typeOfName(name: string): string {
  return auditedTypes.find((type) => type === name || tableOf[type] === name) ?? name;
}

/** "3 teams, 2 students and 1 link" from counts by type or table; '' if all are 0. */
export const countedAll = (counts: Readonly<Record<string, number>>): string =>
  joinWithAnd(countedByType(counts));

/** "3 teams", "2 students", "1 link" from counts by type or table. */
export function countedByType(counts: Readonly<Record<string, number>>): string[] {
  const rank = (type: string): number => entityTypes.findIndex((listedType) => listedType === type);
  return Object.entries(counts)
    .map(([name, count]): [string, number] => [typeOfName(name), count])
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([type, count]) => countedRecords(type, count));
}

/** "a, b and c". */
export function joinWithAnd(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return last;
  return say('common:and', { a: parts.slice(0, -1).join(', '), b: last });
}

/** The label of a field of a payload. */
export function payloadFieldName(type: EntityType, key: string): string {
  return fieldName(fieldOf(type, key) ? key : customFieldKey(key));
}

/** The label of a field; custom fields keep their name, also in list notation (`own:Phase`). */
export function fieldName(key: string): string {
  return customNameOf(key) ?? lookUp(`records:field.${key}`) ?? key;
}

/** The label within a sentence; names of custom fields stay as they are. */
export const fieldInSentence = (key: string): string => customNameOf(key) ?? inSentence(fieldName(key));

/** Like `fieldName` for a given field: a custom field can have the name of a declared one. */
export function fieldLabel({ key, own }: Pick<Field, 'key' | 'own'>): string {
  return own ? key : fieldName(key);
}

/** A sentence about the field, or undefined. */
export function fieldHint(type: EntityType, key: string): string | undefined {
  return lookUp(`records:hintOf.${type}.${key}`) ?? lookUp(`records:hint.${key}`);
}

/** The label of a vocabulary value: `codified, strong`. Other values stay as they are. */
export function choiceName(value: string): string {
  return lookUp(`records:value.${value}`) ?? value;
}

/** The label of a role; unknown roles stay as they are. */
export function roleName(role: string): string {
  const name = lookUp(`records:value.${role}`);
  return name === undefined ? role : capitalised(name);
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The displayed title of a record, also of one without a name. Outcomes are named by their kind, settings rows by their purpose. */
export function displayTitle(title: string, type: string): string {
  if (title.trim() === '') return say('records:untitled', { type: inSentence(typeName(type)) });
  if (type === 'workspace') return lookUp(`records:upkeep.${title}`) ?? title;
  if (type !== 'outcome') return title;
  return capitalised(choiceName(title));
}

/** A name within a sentence, in the language's quotation marks. */
export const quoteName = (name: string): string => say('common:quoted', { name });

/** The title of a record within a sentence. */
export const quotedTitle = (title: string, type: string): string =>
  title.trim() === '' ? displayTitle(title, type) : quoteName(displayTitle(title, type));

/** The unit of a field after its value: "months", with one "month"; '' for none. */
export function unitName(field: Pick<Field, 'unit'>, count = 0): string {
  return field.unit && field.unit !== 'year' ? say(`records:unitShort.${field.unit}`, { count }) : '';
}
