const asciiPattern = /^\p{ASCII}*$/u;

/** Accents of Latin, Greek and Cyrillic letters, and vowel points of Hebrew and Arabic. In other scripts marks are letters. */
const accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]|\p{Cf}/gu;

/** Letters and signs that Unicode does not decompose. */
const letterReplacements: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ς: 'σ',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '‐': '-',
  '–': '-',
  '—': '-',
};
const lettersPattern = new RegExp(`[${Object.keys(letterReplacements).join('')}]`, 'gu');

/**
 * Normalises a text for comparison: lower case, no accents, "ß" as "ss", "ı" as "i". Used by search, filters, sorting and name matching in
 * imports. The result can differ in length from the text.
 */
export function foldText(text: string): string {
  if (asciiPattern.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replaceAll(accents, '')
    .toLowerCase()
    .replaceAll(lettersPattern, (letter) => letterReplacements[letter] ?? letter);
}

/** Normalised name of an area of expertise, equal for spellings that differ only in case, accents or blanks. */
export const areaKey = (name: string): string => foldText(name).trim().replaceAll(/\s+/g, ' ');

/** The areas of expertise that a field names, separated by semicolons or commas. */
export const areasOf = (text: string): string[] =>
  text
    .split(/[;,\n]/)
    .map((area) => area.trim())
    .filter((area) => area !== '');
