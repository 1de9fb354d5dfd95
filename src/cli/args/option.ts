import { UsageError } from './usage-error.ts';

/** An option or a positional argument: how it is written, what it is for, and how its text becomes a value. */
export interface Option<T> {
  /** flag: there or not; value: once, with a value; list: any number of times. */
  readonly kind: 'flag' | 'value' | 'list';
  /** Stands for the value in help: DIR, N. */
  readonly placeholder: string;
  readonly summary: string;
  readonly required: boolean;
  readonly choices: readonly string[];
  /** Reads what was given, in order; nothing given is an empty list. `name` is how messages call it. Throws UsageError. */
  read(given: readonly string[], name: string): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

const value = <T>(
  placeholder: string,
  summary: string,
  read: Option<T>['read'],
  more: { required?: boolean; choices?: readonly string[] } = {},
): Option<T> => ({ kind: 'value', placeholder, summary, required: false, choices: [], ...more, read });

export const flag = (summary: string): Option<boolean> => ({
  kind: 'flag',
  placeholder: '',
  summary,
  required: false,
  choices: [],
  read: (given) => given.length > 0,
});

export const text = (placeholder: string, summary: string): Option<string | undefined> =>
  value(placeholder, summary, (given, name) => (given[0] === undefined ? undefined : filled(given[0], name)));

/** A value that must be given. */
export const needed = (placeholder: string, summary: string): Option<string> =>
  value(placeholder, summary, (given, name) => filled(given[0] ?? '', name), { required: true });

/** Something that may be given several times. */
export const list = (placeholder: string, summary: string): Option<readonly string[]> => ({
  kind: 'list',
  placeholder,
  summary,
  required: false,
  choices: [],
  read: (given, name) => given.map((item) => filled(item, name)),
});

export interface WholeRule<D extends number | undefined> {
  min: number;
  max: number;
  default: D;
}

/** A whole number within a range. */
export function whole<D extends number | undefined>(
  placeholder: string,
  summary: string,
  rule: WholeRule<D>,
): Option<number | D> {
  return value(placeholder, summary, (given, name) => {
    const raw = given[0];
    if (raw === undefined) return rule.default;
    const number = /^-?\d+$/.test(raw) ? Number(raw) : Number.NaN;
    if (number >= rule.min && number <= rule.max) return number;
    const range =
      rule.max === Number.MAX_SAFE_INTEGER ? `of at least ${rule.min}` : `from ${rule.min} to ${rule.max}`;
    throw badValue(name, raw, `a whole number ${range}`);
  });
}

/** How many rows of a list are left out at its beginning. */
export const leaveOut = whole('N', 'Leave out so many at the beginning', {
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
  default: 0,
});

/** One of a few words. Without a fallback it must be given. */
export function oneOf<const C extends string>(
  placeholder: string,
  summary: string,
  choices: readonly C[],
  fallback?: NoInfer<C>,
): Option<C> {
  const read: Option<C>['read'] = (given, name) => {
    const raw = given[0] ?? fallback ?? '';
    const found = choices.find((choice) => choice === raw);
    if (found === undefined) throw badValue(name, raw, `one of ${choices.join(', ')}`);
    return found;
  };
  return value(placeholder, summary, read, { required: fallback === undefined, choices });
}

/** As `oneOf`, for what may be left out and then is undefined. */
export function maybeOneOf<const C extends string>(
  placeholder: string,
  summary: string,
  choices: readonly C[],
): Option<C | undefined> {
  const strict = oneOf(placeholder, summary, choices);
  const read: Option<C | undefined>['read'] = (given, name) =>
    given.length === 0 ? undefined : strict.read(given, name);
  return value(placeholder, summary, read, { choices });
}

export function badValue(name: string, given: string, wanted: string): UsageError {
  return new UsageError(`${name} must be ${wanted}; "${given}" is not.`, { argument: name, given });
}

function filled(given: string, name: string): string {
  if (given.trim() === '') throw new UsageError(`${name} must not be empty.`, { argument: name, given });
  return given;
}
