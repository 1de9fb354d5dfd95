import { nodeType } from '../contract/network.ts';
import type { NodeType } from '../contract/network.ts';
import { panelTabs } from './panel.ts';
import type { Panel } from './panel.ts';
import type { Pairs } from './query.ts';

/** All texts of a name in an address, in order. */
type TextsOf = (name: string) => readonly string[];

/** Prints a value, such as one property of a view, in an address and parses it. `key` is the name of the property. */
export interface Part<T> {
  readonly initial: T;
  print(value: T, key: string): Pairs;
  parse(textsOf: TextsOf, key: string): T;
}
export type ValueOf<P> = P extends Part<infer T> ? T : never;

const printPlain = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
};

/** One pair, named by `name` or the property; none for the initial value. An invalid or missing pair means the initial value. */
export function pair<T>(
  initial: T,
  parse: (raw: string) => T | undefined,
  { name, print = printPlain }: { name?: string | undefined; print?: (value: T) => string } = {},
): Part<T> {
  return {
    initial,
    print: (value, key) => (print(value) === print(initial) ? [] : [[name ?? key, print(value)]]),
    parse(textsOf, key) {
      const [raw] = textsOf(name ?? key);
      return (raw === undefined ? undefined : parse(raw)) ?? initial;
    },
  };
}

export const text = (name?: string, initial = ''): Part<string> => pair(initial, (raw) => raw, { name });

export const optionalText = (name?: string): Part<string | undefined> =>
  pair<string | undefined>(undefined, (raw) => raw || undefined, { name });

export const choice = <const O extends string | number, const I>(
  options: readonly O[],
  initial: I,
  name?: string,
): Part<O | I> => pair<O | I>(initial, (raw) => options.find((option) => String(option) === raw), { name });

export const flag = (): Part<boolean> =>
  pair(false, (raw) => raw === '1', { print: (value) => (value ? '1' : '') });

export const nodeTypes = (initial: readonly NodeType[], options: readonly NodeType[] = nodeType.options) =>
  pair(
    initial,
    (raw) => {
      const names = raw.split('.');
      const types = options.filter((type) => names.includes(type));
      return types.length > 0 ? types : undefined;
    },
    { print: (types) => types.join('.') },
  );

/** A pair for each item. Invalid items are left out. */
export const list = <T>(
  name: string,
  print: (item: T) => string,
  parse: (raw: string) => T | null,
): Part<readonly T[]> => ({
  initial: [],
  print: (items) => items.map((item) => [name, print(item)] as const),
  parse: (textsOf) => textsOf(name).flatMap((raw) => parse(raw) ?? []),
});

export const texts = (name: string): Part<readonly string[]> => list<string>(name, String, String);

export const panelTab = choice(panelTabs, 'details');

export const panel: Part<Panel> = {
  initial: null,
  print(value) {
    if (value === null) return [];
    return value.kind === 'new' ? [['new', '1']] : [['sel', value.id], ...panelTab.print(value.tab, 'tab')];
  },
  parse(textsOf) {
    if (textsOf('new')[0] === '1') return { kind: 'new' };
    const [id = ''] = textsOf('sel');
    return id === '' ? null : { kind: 'record', id, tab: panelTab.parse(textsOf, 'tab') };
  },
};

/** A panel of a view in which no record can be created. */
export const recordPanel: Part<Panel> = {
  initial: null,
  print: (value, key) => (value?.kind === 'record' ? panel.print(value, key) : []),
  parse(textsOf, key) {
    const value = panel.parse(textsOf, key);
    return value?.kind === 'record' ? value : null;
  },
};

/** The properties of an object, in the order of the address. */
export function group<P extends Readonly<Record<string, Part<unknown>>>>(
  parts: P,
): Part<{ [K in keyof P]: ValueOf<P[K]> }> {
  type Values = { [K in keyof P]: ValueOf<P[K]> };
  const entries = Object.entries(parts);
  const collect = (valueOf: (part: Part<unknown>, key: string) => unknown): Values =>
    Object.fromEntries(entries.map(([key, part]) => [key, valueOf(part, key)])) as Values;
  return {
    initial: collect((part) => part.initial),
    print: (values) => entries.flatMap(([key, part]) => part.print(values[key], key)),
    parse: (textsOf) => collect((part, key) => part.parse(textsOf, key)),
  };
}
