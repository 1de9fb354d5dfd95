const ascii = /^\p{ASCII}*$/u;

/** Letters that Unicode does not take apart into one of A to Z and a mark. */
const letters: Readonly<Record<string, string>> = {
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
};
const others = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (run) => run.toLowerCase());

/**
 * What a text is ordered by, compared sign by sign: Ö and Ø stand with O, ß with ss, and case does not matter. Texts that differ in marks
 * alone are ordered by themselves; of those in A to Z only case makes no difference.
 */
export function sortKey(text: string): string {
  if (ascii.test(text)) return lowerAscii(text);
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(others, (letter) => letters[letter] ?? letter);
  return `${plain}\0${lowerAscii(text)}`;
}
