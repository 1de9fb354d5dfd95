import type { PlaceholderNames } from '#shared/texts/fill.ts';
import type { Catalogue } from './resources.ts';

// i18next's own types recompute the keys at almost every call, which took two thirds of the type check. They also accept a call
// that leaves out values.

/** One file of the catalogue. */
export type Namespace = keyof Catalogue;

/** The plural forms of the catalogue. */
type Form = 'zero' | 'one' | 'other';

type WithoutPlural<Key extends string> = Key extends `${infer Base}_${Form}` ? Base : Key;

/** The keys of a namespace, joined by dots. The forms of a plural are one key. */
type KeysOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? WithoutPlural<Key>
    : `${Key}.${KeysOf<Texts[Key]>}`;
}[keyof Texts & string];

/** The names in double braces in the text of a key. A plural has the names of all its forms, and `count`. */
type NamesAt<Texts, Key> = Key extends `${infer Head}.${infer Rest}`
  ? NamesAt<Texts[Head & keyof Texts], Rest>
  : Key extends keyof Texts
    ? PlaceholderNames<Texts[Key]>
    : PlaceholderNames<Texts[`${Key & string}_${Form}` & keyof Texts]> | 'count';

type LocalNames = { [N in Namespace]: { [Key in KeysOf<Catalogue[N]>]: NamesAt<Catalogue[N], Key> } };

type FullNames = {
  [
    Key in { [N in Namespace]: `${N}:${keyof LocalNames[N] & string}` }[Namespace]
  ]: Key extends `${infer N extends Namespace}:${infer Rest}`
    ? LocalNames[N][Rest & keyof LocalNames[N]]
    : never;
};

type Names<N extends Namespace> = LocalNames[N] & FullNames;

type Values<Name> = [Name] extends [never]
  ? [values?: Options]
  : [values: { [One in Name & string]: One extends 'count' ? number : string | number } & Options];

interface Options {
  count?: number;
  /** A language other than the current one. */
  lng?: string;
}

/** Returns the text of a key of the namespace `N`, or of a full key of any namespace ("records:field.name"). */
export type Say<N extends Namespace> = <const Key extends keyof Names<N>>(
  key: Key,
  ...values: Values<Names<N>[Key]>
) => string;
