import { eitherNameWords, familyNameWords, givenNameWords } from './name-words.ts';

const firstWords: ReadonlySet<string> = new Set([
  'first',
  'eerst',
  'zuerst',
  'primero',
  'prima',
  'premier',
  'forst',
  'fyrst',
]);

type Part = 'family' | 'given' | 'either';

/** The part of a name that a word of a heading means. "Last" and "first" mean one before "name", or with each other. */
function partOf(words: readonly string[], index: number): Part | null {
  const [word = '', before = '', after = ''] = [words[index], words[index - 1], words[index + 1]];
  if (word === 'last' || word === 'first') {
    const other = word === 'last' ? 'first' : 'last';
    return after === 'name' || words.includes(other) ? (word === 'last' ? 'family' : 'given') : null;
  }
  if (word === 'name' && ['last', 'first', 'given', 'family'].includes(before)) return null;
  if (familyNameWords.has(word)) return 'family';
  if (givenNameWords.has(word)) return 'given';
  return eitherNameWords.has(word) ? 'either' : null;
}

/** The order of names that a folded heading states: "Nazwisko i imię", "Naam (achternaam eerst)", "Vorname Nachname". Null for others. */
export function orderOfHeading(heading: string): 'family_first' | 'given_first' | null {
  if (/^(?:фио|ф и о|піб|п і б)$/u.test(heading)) return 'family_first';
  const words = heading.split(' ');
  // "Surname first", "achternaam eerst"
  const beforeLast = words.length - (words.at(-2) === 'name' ? 3 : 2);
  if (firstWords.has(words.at(-1) ?? '') && partOf(words.slice(0, -1), beforeLast) === 'family')
    return 'family_first';
  const found = words.map((_, index) => partOf(words, index)).filter((part) => part !== null);
  // "Name (last, first)"
  const parts = found.length === 3 && found[0] === 'either' ? found.slice(1) : found;
  const [one, other, ...more] = parts;
  if (one === undefined || other === undefined || more.length > 1) return null;
  const isGivenLast = other === 'given' || (other === 'either' && one === 'family');
  if (isGivenLast && (one === 'family' || one === 'either')) return 'family_first';
  return one === 'given' || (one === 'either' && other === 'family') ? 'given_first' : null;
}

/** Whether a heading speaks of several family names: "Apellidos y nombre". */
export const hasSeveralFamilyNames = (heading: string): boolean =>
  /\b(?:apellidos|apelidos|cognoms)\b/.test(heading);
