import { foldText } from './fold.ts';

const wordSet = (lines: string): ReadonlySet<string> => new Set(lines.split(/\s+/).filter(Boolean));

/** Titles and degrees that can follow a name, folded and without points. */
const degreeWords =
  wordSet(`prof professor professorin dr dres drs drsc drmed dring phd dphil doctor docteur dottore dottssa dott dra
  doc doz docent dozent privatdozent pd hab habil mgr mag magister msc mscs meng mphil mres mba mpa llm llb ma md mfa bsc beng bs ba ms bba bc bca
  dipl diplom dipling ing inz inzynier ingegnere ingenieur ir lic csc rndr mudr judr phdr paeddr thdr dis arch kand cand okl ceng lektor emer
  教授 准教授 副教授 助教 講師 讲师 助手 先生 老师 博士 교수 부교수 조교수 명예교수 겸임교수 강사 박사`);
/** Abbreviations that are part of a degree only next to another part: "B. Sc.", "Dr. h. c.", "Dr. rer. nat.". */
const degreeParts = wordSet(
  'h c m sc b a e d s ph rer nat med phil techn tech oec iur eng et univ art nauk fh th tu dh',
);
/** Degrees that are names as well if only their first letter is a capital: "Ma", "Ba". */
const ambiguousWords = wordSet('ma ba ms md bs ir mag doc dis arch lic bc ing');
const doctorWords = wordSet(
  'prof professor professorin dr dres drsc drmed dring phd dphil doctor docteur doc doz docent privatdozent pd 教授 准教授 副教授 助教 講師 讲师 博士 교수 부교수 조교수 명예교수 겸임교수 박사',
);

const isDegreeWord = (text: string, word: string): boolean =>
  degreeWords.has(word) &&
  (!ambiguousWords.has(word) || /\.|^\p{Ll}/u.test(text) || (text.length > 1 && text === text.toUpperCase()));

/** Abbreviations among the titles before a name: "ao. Univ.-Prof.", "Dr. techn.". */
const leadingParts = wordSet(
  'ao apl em emer tit techn univ assoc asst jun hon wiss hc rer nat med phil pol oec iur jur',
);

/** Whether a word of a name is a title or a part of one: "Univ.-Prof.", "techn.", "PhD"; "DI" unless the whole name is in capitals. */
export function isTitlePart(word: string, isInCapitals: boolean): boolean {
  if (word === 'DI') return !isInCapitals;
  const pieces = wordsOf(word);
  return (
    isDegreeText(word) ||
    (word.includes('.') &&
      pieces.length > 0 &&
      pieces.every(([, piece]) => piece.length > 1 && (degreeWords.has(piece) || leadingParts.has(piece))))
  );
}

/** The words of a text in pairs: as written, and folded without points. */
const wordsOf = (text: string): [string, string][] =>
  text
    .split(/[\s,/&()-]+/u)
    .filter((word) => /\p{L}/u.test(word))
    .map((word) => [
      word,
      foldText(word)
        .replaceAll(/[^\p{L}]/gu, '')
        .normalize('NFC'),
    ]);

/** Whether a text has nothing but degrees: "prof. dr hab. inż.", "M. Sc.". */
function isDegreeText(text: string): boolean {
  const words = wordsOf(text);
  const isAbbreviated = words.length > 1 && text.includes('.');
  return (
    words.length > 0 &&
    words.every(([written, word]) => isDegreeWord(written, word) || degreeParts.has(word)) &&
    (isAbbreviated || words.some(([written, word]) => isDegreeWord(written, word)))
  );
}

/** Whether a text has degrees but no doctor's or professor's title: "M.Sc.", "Dipl.-Ing. (FH)". */
export const hasOnlyDegrees = (text: string): boolean =>
  isDegreeText(text) && !wordsOf(text).some(([, word]) => doctorWords.has(word));

/**
 * A name without the titles after it, and these: "Kądziołka Zbigniew, prof. dr hab." is "Kądziołka Zbigniew" and "prof. dr hab.". Titles
 * before a name stay.
 */
export function splitDegrees(name: string): { name: string; degrees: string } {
  const [first = '', ...others] = name
    .replace(/\s*\(([^()]*)\)\s*$/u, (text, inner: string) => (isDegreeText(inner) ? `, ${inner}` : text))
    .split(',');
  const degreeTexts = others.filter(isDegreeText).map((part) => part.trim());
  const parts = [first, ...others.filter((part) => !isDegreeText(part))];
  const words = (parts.pop() ?? '').trim().split(/\s+/u);
  const trailing: string[] = [];
  while (words.length > 1 && isDegreeText(words.at(-1) ?? '')) trailing.unshift(words.pop() as string);
  if (trailing.length > 0) degreeTexts.unshift(trailing.join(' '));
  if (degreeTexts.length === 0) return { name, degrees: '' };
  return {
    name: [...parts, words.join(' ')].map((part) => part.trim()).join(', '),
    degrees: degreeTexts.join(', '),
  };
}

/** Whether the titles after a name include a doctor's or a professor's. */
export function hasDoctorate(name: string): boolean {
  const { name: rest, degrees } = splitDegrees(name);
  return /\p{L}/u.test(rest) && wordsOf(degrees).some(([, word]) => doctorWords.has(word));
}
