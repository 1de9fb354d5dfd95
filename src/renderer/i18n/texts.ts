import type { Catalogue } from './resources.ts';

// i18next's own types check the same, but compute most keys again at every call: two thirds of the time of the type check.

/** A part of the catalogue, which is a namespace of i18next. */
export type Part = keyof Catalogue;

type WithoutPlural<Key extends string> = Key extends `${infer Base}_${'zero' | 'one' | 'other'}` ? Base : Key;

/** The keys of a part of the catalogue, joined by dots. The forms of a plural are one key. */
type KeysOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? WithoutPlural<Key>
    : `${Key}.${KeysOf<Texts[Key]>}`;
}[keyof Texts & string];

/** The names in double braces in the text of a key. A plural has the names of all its forms, and `count`. */
type NamesAt<Texts, Key> = Key extends `${infer Head}.${infer Rest}`
  ? NamesAt<Texts[Head & keyof Texts], Rest>
  : Key extends keyof Texts
    ? NamesIn<Texts[Key]>
    : NamesIn<Texts[`${Key & string}_other` & keyof Texts]> | 'count';

type NamesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? (Name extends `${infer Bare},${string}` ? Bare : Name) | NamesIn<Rest>
  : never;

type LocalNames = { [P in Part]: { [Key in KeysOf<Catalogue[P]>]: NamesAt<Catalogue[P], Key> } };

type FullNames = {
  [
    Key in { [P in Part]: `${P}:${keyof LocalNames[P] & string}` }[Part]
  ]: Key extends `${infer P extends Part}:${infer Rest}` ? LocalNames[P][Rest & keyof LocalNames[P]] : never;
};

type Names<P extends Part> = LocalNames[P] & FullNames;

type Values<Name> = [Name] extends [never]
  ? [values?: Options]
  : [values: { [N in Name & string]: N extends 'count' ? number : string | number } & Options];

/** `count` chooses the form also where the text does not show it; `lng` chooses another language than the current one. */
interface Options {
  count?: number;
  lng?: string;
}

/**
 * Returns the text of `key` with its values put in: a key of the part `P`, or one of any part after the name of that part
 * ("records:field.name").
 */
export type Say<P extends Part> = <const Key extends keyof Names<P>>(
  key: Key,
  ...values: Values<Names<P>[Key]>
) => string;
