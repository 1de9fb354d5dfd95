/** Words without which a name is the same. */
const filler = new Set('of the for at and in on de la und der die das fur am im an'.split(' '));

/** Words for what something is, each by one spelling: a name may have one more than another and be the same. */
const kinds: ReadonlyMap<string, string> = new Map(
  [
    'university universities universitat univ uni',
    'college',
    'school',
    'institute institut institution',
    'hochschule',
    'academy akademie',
    'team group gruppe',
    'project projekt mission programme program',
    'lab labs laboratory club society',
  ].flatMap((line) => line.split(' ').map((word, _, all) => [word, all[0] as string] as const)),
);

/** A name for comparing it with many others. */
export interface NearName {
  words: readonly string[];
  /** Its words without what parts them. */
  whole: string;
}

/** Of a plain name (`plain` of words.ts). */
export function nearName(plainName: string): NearName {
  const all = plainName.split(' ');
  const words = all.filter((word) => !filler.has(word));
  return { words: words.length > 0 ? words : all, whole: all.join('') };
}

const hasFigure = /\p{N}/u;
const mostWords = 10;
/** Words for what it is that the two names may have apart. */
const mostApart = 3;
/** Letters of a word beyond which nobody looks for slips. */
const mostLetters = 40;

/**
 * Whether two different names are so nearly the same that they may be one: a letter or two are wrong, words are shortened ("TU München"),
 * or one lacks the word for what it is ("Purdue"). Figures must be the same.
 */
export function mayBeOne(one: NearName, other: NearName): boolean {
  if (one.whole === other.whole) return !hasFigure.test(one.whole) || one.words.length === other.words.length;
  if (Math.max(one.words.length, other.words.length) > mostWords) return false;
  return goOn(one.words, other.words, { at: 0, to: 0, anchored: false, left: [], right: [] });
}

interface State {
  at: number;
  to: number;
  /** A word that tells the two from others is in both. */
  anchored: boolean;
  /** Words for what it is that only one has, on either side. */
  left: readonly string[];
  right: readonly string[];
}

/** Walks through both names word by word, whatever may stand for what. */
function goOn(one: readonly string[], other: readonly string[], state: State): boolean {
  const { at, to, anchored, left, right } = state;
  const [word, match] = [one[at], other[to]];
  if (left.length + right.length > mostApart) return false;
  if (word === undefined && match === undefined)
    return anchored && (left.length === 0 || right.length === 0 || left.join() === right.join());
  if (word !== undefined && match !== undefined) {
    const tells = !kinds.has(word) || !kinds.has(match);
    const next = { ...state, at: at + 1, to: to + 1 };
    // What tells allows all that what is shortened does: one of the two ways on is enough.
    const same = word === match || misspelt(word, match);
    if (
      (same || shortened(word, match)) &&
      goOn(one, other, { ...next, anchored: anchored || (same && tells) })
    )
      return true;
    for (const [short, long, from] of [
      [word, other, to],
      [match, one, at],
    ] as const) {
      const many = short.length;
      if (many < 2 || many > 6 || hasFigure.test(short) || !initials(short, long, from)) continue;
      const moved = long === other ? { at: at + 1, to: to + many } : { at: at + many, to: to + 1 };
      if (goOn(one, other, { ...state, ...moved, anchored: anchored || many > 2 })) return true;
    }
  }
  const kind = word === undefined ? undefined : kinds.get(word);
  if (kind !== undefined && goOn(one, other, { ...state, at: at + 1, left: [...left, kind] })) return true;
  const otherKind = match === undefined ? undefined : kinds.get(match);
  return otherKind !== undefined && goOn(one, other, { ...state, to: to + 1, right: [...right, otherKind] });
}

/** "Univ" and "University", "U" and "University". */
function shortened(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short === long || hasFigure.test(long) || !long.startsWith(short)) return false;
  return short.length >= 3 || kinds.has(long);
}

/** Whether the letters of a word are the first ones of as many words. */
function initials(short: string, words: readonly string[], from: number): boolean {
  for (let at = 0; at < short.length; at++) if (words[from + at]?.[0] !== short[at]) return false;
  return true;
}

/** Whether two words differ by a slip: one letter, or two in long words that begin with the same; two that are swapped are one. */
function misspelt(one: string, other: string): boolean {
  const most = Math.max(one.length, other.length);
  if (
    most < 5 ||
    most > mostLetters ||
    Math.abs(one.length - other.length) > 2 ||
    hasFigure.test(one + other)
  )
    return false;
  // So few slips leave one end as it is; asking that first spares most of the work.
  if (one.slice(0, 2) !== other.slice(0, 2) && one.slice(-2) !== other.slice(-2)) return false;
  const wrong = slips(one, other);
  return wrong <= 1 || (wrong === 2 && most >= 9 && one[0] === other[0]);
}

/** How many letters must be put in, taken out, changed or swapped with their neighbour; 3 for more than two. */
function slips(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      let least = Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + same);
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1])
        least = Math.min(least, (before[to - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return Math.min(row[other.length] ?? 0, 3);
}

/**
 * By which two names that may be one find each other: one is kept `under` a key that is `sought` for the other. Those that tell most come
 * first.
 */
export function nearKeys({ words, whole }: NearName): Record<'under' | 'sought', string[]> {
  const telling = words.filter((word) => !kinds.has(word));
  const short = words.filter((word) => word.length >= 3 && word.length <= 6);
  const first =
    words.length >= 3
      ? [
          words
            .map((word) => word[0])
            .join('')
            .slice(0, 6),
        ]
      : [];
  const both = [`= ${whole}`, ...telling.map((word) => `w ${word}`)];
  const letters = telling
    .filter((word) => word.length >= 5 && !hasFigure.test(word))
    .flatMap((word) => [`b ${word.slice(0, 3)}`, `e ${word.slice(-3)}`]);
  const [shorts, firsts] = [short.map((word) => `s ${word}`), first.map((word) => `i ${word}`)];
  return {
    under: [...both, ...shorts, ...firsts, ...letters],
    // "MIT" looks for names with these first letters, and they for it.
    sought: [...both, ...short.map((word) => `i ${word}`), ...first.map((word) => `s ${word}`), ...letters],
  };
}

/** Whether a key is a few letters only, which many names have. */
export const isOfLetters = (key: string): boolean => key.startsWith('b ') || key.startsWith('e ');
