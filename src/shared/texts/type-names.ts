import type { AuditedType } from '../domain/types.ts';

/** What one record and several records of each type are called within a sentence. */
export type TypeNouns = Readonly<Record<AuditedType, readonly [one: string, many: string]>>;

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The texts of the window that name types: alone, as a heading, and with a number. */
export function typeNames(nouns: TypeNouns) {
  const entries = Object.entries(nouns) as [AuditedType, TypeNouns[AuditedType]][];
  const toTexts = (textOf: (nouns: TypeNouns[AuditedType]) => string) =>
    Object.fromEntries(entries.map(([type, both]) => [type, textOf(both)])) as Record<AuditedType, string>;
  return {
    one: toTexts(([one]) => capitalise(one)),
    many: toTexts(([, many]) => capitalise(many)),
    counted: Object.fromEntries(
      entries.flatMap(([type, [one, many]]) => [
        [`${type}_one`, `{{count, number}} ${one}`],
        [`${type}_other`, `{{count, number}} ${many}`],
      ]),
    ) as Record<`${AuditedType}_${'one' | 'other'}`, string>,
  };
}

/** The names of whole lists, such as “All teams”. */
export const listNames = (nouns: TypeNouns, all: string): Record<AuditedType, string> =>
  Object.fromEntries(Object.entries(nouns).map(([type, [, many]]) => [type, `${all} ${many}`])) as Record<
    AuditedType,
    string
  >;
