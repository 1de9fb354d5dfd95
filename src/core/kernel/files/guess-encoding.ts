import { isAscii } from 'node:buffer';
import { analyse } from 'chardet';
import type { EncodingReading } from '#shared/contract/import-report.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';
import { foldText } from '#shared/domain/fold.ts';

export interface GuessedEncoding {
  encoding: TextEncoding;
  /** The likely readings, the guessed one first; empty if one is clear. */
  readings: EncodingReading[];
}

/** The cost of a word in a language (more if few files in the encoding use it), and the language's letters beyond ASCII. */
type Language = readonly [cost: number, letters: string];

const western: readonly Language[] = [
  [0, 'äöüß'], // German
  [0.2, 'áéíóúñü'], // Spanish
  [0.2, 'àâçéèêëîïôûœ'], // French
  [0.3, 'áâãàçéêíóôõú'], // Portuguese
  [0.4, 'àèéìòù'], // Italian
  [0.5, 'åäöøæé'], // Danish, Norwegian, Swedish
  [0.5, 'ëïéèöüáóí'], // Dutch
  [0.8, 'äöšž'], // Finnish
  [1, 'áéíóúýþæöð'], // Icelandic
  [1.2, 'ùûüÿæ'], // Rare letters of French
];
const central: readonly Language[] = [
  [0, 'äöüß'], // German
  [0.2, 'ąćęłńóśźż'], // Polish
  [0.2, 'áčďéěíňóřšťúůýž'], // Czech
  [0.3, 'áéíóöőúüű'], // Hungarian
  [0.4, 'áäčďéíľňóôšťúýž'], // Slovak
  [0.4, 'čćđšž'], // Croatian, Slovenian
  [1.2, 'áäčďéíĺľňóôŕšťúýž'], // Rare letters of Slovak
  [0.6, 'ăâîşţ'], // Romanian
];
const baltic: readonly Language[] = [
  [0, 'äöüß'], // German
  [0.4, 'ąčęėįšųūž'], // Lithuanian
  [0.4, 'āčēģīķļņšūž'], // Latvian
  [0.6, 'äöõüšž'], // Estonian
  [1, 'ąćęłńóśźż'], // Polish
];
const turkish: readonly Language[] = [[0.3, 'çğıöşü'], [0.8, 'âçğıîöşûü'], ...western];

/** What reading a file in an encoding costs before its first letter, and the languages in Latin letters. */
const alphabetEncodings: readonly (readonly [TextEncoding, cost: number, languages: readonly Language[]])[] =
  [
    // With few bytes that are not UTF-8, of a file that was cut or damaged.
    ['utf-8', 0, [...western, ...central, ...baltic, ...turkish]],
    ['windows-1252', 0, western],
    ['windows-1250', 0.2, central],
    ['windows-1251', 0.2, []],
    ['windows-1253', 0.2, []],
    ['windows-1254', 0.4, turkish],
    ['windows-1257', 0.5, baltic],
    ['windows-1255', 0.8, []],
    ['windows-1256', 0.8, western],
    ['koi8-r', 0.8, []],
    ['koi8-u', 1, []],
    ['iso-8859-2', 2, central],
    ['iso-8859-15', 2, western],
    ['macintosh', 2, western],
    ['iso-8859-5', 2.5, []],
  ];
const multiByteEncodings: readonly TextEncoding[] = ['gb18030', 'shift_jis', 'euc-jp', 'euc-kr', 'big5'];

const costs = {
  /** A character that no text has, such as a control character. */
  impossible: 8,
  /** A letter that no language of the encoding has together with the others of its word. */
  foreignLetter: 3,
  /** "Wa³êsa": a currency sign, fraction, superscript or other symbol within a word. */
  symbolInWord: 5,
  /** "½day", which can also be "œday". */
  halfBeforeWord: 2,
  unusualSymbol: 3,
  /** "MŸller": a capital letter after the first. */
  capitalInWord: 3,
  /** Letters of two scripts in one word: "M黱chen", "Mьller". */
  mixedScripts: 4,
  singleLetter: 2,
  /** For each letter of a word in accented letters only: "Èâàí". */
  accentedOnly: 0.8,
  /** Letters next to each other that are frequent in a language: "ão", "ová", "oğ". */
  typicalLetters: -1,
  /** Portuguese has "ões" and "ão", but no "õs" and no "ãt". */
  untypicalLetters: 1.5,
  /** A word that is known, such as the name of a record or a common given name. */
  knownWord: -2,
  /** What the letter statistics of `chardet` add at most. */
  unlikelyLetters: 1.5,
} as const;

/** Minimum difference of the costs of two readings. Below it, FRAMES asks. */
const margin = 2;
/** Maximum mean cost of a word. If the best reading exceeds it, FRAMES asks. */
const maxMeanCost = 1.5;
const maxReadings = 4;
const maxWords = 400;
const maxBytes = 64 * 1024;

const letterCosts: readonly (readonly [letters: string, cost: number])[] = [
  ['оеаинтсрвлкм', 0],
  ['дпуяыьгзбі', 0.2],
  ['чйхжшюцщэфёїє', 0.6],
  ['ъ', 1],
];
const cyrillicCosts = new Map(
  letterCosts.flatMap(([letters, cost]) => Array.from(letters, (letter) => [letter, cost] as const)),
);

/** Guesses the encoding of a text that is not UTF-8. `isKnownWord` gets folded words. */
export function guessEncoding(bytes: Buffer, isKnownWord: (word: string) => boolean): GuessedEncoding {
  const sample = linesBeyondAscii(bytes);
  const confidences = new Map<string, number>();
  // Words alone lose the bytes of letters that lie within ASCII, as in Shift JIS.
  for (const { name, confidence } of [...analyse(wordsBeyondAscii(sample)), ...multiByteMatches(sample)]) {
    const encoding = windowsEncodings[name.toLowerCase()] ?? name.toLowerCase();
    confidences.set(encoding, Math.max(confidences.get(encoding) ?? 0, confidence));
  }
  const candidates = [
    ...alphabetEncodings,
    ...multiByteEncodings
      .filter((encoding) => (confidences.get(encoding) ?? 0) >= 10)
      .map((encoding) => [encoding, 0.8, []] as const),
  ];
  const ranking: { encoding: TextEncoding; text: string; cost: number; mean: number }[] = [];
  for (const [encoding, ownCost, languages] of candidates) {
    const text = new TextDecoder(encoding).decode(sample);
    // Two encodings with the same text: the first is the more frequent one.
    if (ranking.some((one) => one.text === text)) continue;
    const words = [...new Set(text.match(wordPattern))].slice(0, maxWords);
    const wordCost = words.reduce((sum, word) => sum + costOfWord(word, languages, isKnownWord), 0);
    const confidence = confidences.get(encoding) ?? (hasStatistics.has(encoding) ? 0 : 50);
    const statistics = costs.unlikelyLetters * (1 - confidence / 100);
    ranking.push({
      encoding,
      text,
      cost: ownCost + wordCost + statistics,
      mean: words.length === 0 ? 0 : wordCost / words.length,
    });
  }
  ranking.sort((a, b) => a.cost - b.cost);
  const [best] = ranking as [(typeof ranking)[number]];
  const allowance = best.mean > maxMeanCost ? Infinity : margin;
  const likely = ranking.filter(({ cost }) => cost < best.cost + allowance).slice(0, maxReadings);
  const readings = likely.length > 1 ? samplesOf(likely) : [];
  return { encoding: best.encoding, readings };
}

/** Programs on Windows write these supersets of the ISO encodings that `chardet` reports. */
const windowsEncodings: Readonly<Record<string, TextEncoding>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-2': 'windows-1250',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-9': 'windows-1254',
};

const multiByteMatches = (sample: Buffer): ReturnType<typeof analyse> =>
  analyse(sample).filter(({ name }) =>
    multiByteEncodings.some((encoding) => encoding === name.toLowerCase()),
  );

const hasStatistics: ReadonlySet<TextEncoding> = new Set([
  ...Object.values(windowsEncodings),
  'windows-1251',
  'windows-1256',
  'koi8-r',
  'iso-8859-5',
  ...multiByteEncodings,
]);

/** A run of letters and other characters beyond ASCII, with at least one of these. */
const wordPattern = /[A-Za-z]*[^\p{ASCII}\u00a0][A-Za-z[^\p{ASCII}\u00a0]]*/gv;

/** In a short table, other words would dominate the statistics. */
const wordsBeyondAscii = (bytes: Buffer): Buffer =>
  Buffer.from((bytes.toString('latin1').match(wordPattern) ?? []).join(' '), 'latin1');

/** The lines with bytes beyond ASCII, up to about 64 KiB. */
function linesBeyondAscii(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let start = 0; start < bytes.length && length < maxBytes;) {
    const blockEnd = endOfLine(bytes, start + maxBytes);
    const block = bytes.subarray(start, blockEnd);
    // A whole block is checked first: a long file can have few such lines.
    for (let at = isAscii(block) ? block.length : 0; at < block.length && length < maxBytes;) {
      const end = endOfPiece(block, at);
      const line = block.subarray(at, end);
      at = end;
      if (isAscii(line)) continue;
      parts.push(line);
      length += line.length;
    }
    start = blockEnd;
  }
  return Buffer.concat(parts);
}

const maxLine = 4096;
const leastPiece = 1024;
/** Return, blank, quotation mark, comma and "<": none of them is part of a character in a multi-byte encoding. */
const separators: ReadonlySet<number> = new Set([13, 32, 34, 44, 60]);

/** The end of the line from `start`; of a long line, as in JSON without line breaks, the end of a piece of it. */
function endOfPiece(bytes: Buffer, start: number): number {
  const end = endOfLine(bytes, start);
  if (end - start <= maxLine) return end;
  for (let at = start + leastPiece; at < end; at += 1) if (separators.has(bytes[at] as number)) return at + 1;
  return end;
}

function endOfLine(bytes: Buffer, start: number): number {
  const found = start < bytes.length ? bytes.indexOf(10, start) : -1;
  return found < 0 ? bytes.length : found + 1;
}

/** Quotation marks and dashes, which programs put around any word. Within a word only an apostrophe is usual. */
const typography = /[‘’]|[–—](?=\p{Lu})|(?<!\p{L})[‚‛“”„‟–—…•·«»‹›™®©†‡]|[‚‛“”„‟–—…•·«»‹›™®©†‡](?!\p{L})/gu;
const typicalLetters = new RegExp(
  [
    'ão|ãe|õe|ñ[aeo]|è[vnsr]e|ê[tm]e|[òùìè]$|å[rlkns]|ø[rn]|ær|ð[rmu]|rð|þó|dótt',
    'ová|ský|ička|ař$|ić$|ńsk|[aeiou]č$|szű|győ|ős|oğ|ğl|[ıi]ğ|şı|ılı|ņš|ienė|aitė|ytė|ūnas',
  ].join('|'),
  'u',
);
const usualSymbols = /^[£€¥$¢½¼¾²³±×÷°º§¶µ¿¡ªÀ´`¨]+$/u;
const impossible = /[\p{Cc}\p{Co}\p{Cn}\ufffd]/gu;
const measure = /^(?:[kcdmµ]?m[²³]|[ck]?[mg]|µ[a-z]|[nN][°º]|[A-Z]?\p{L}{0,3}[ºª°]|°[CF])$/u;
const nonAscii = /[^\p{ASCII}]/u;

const untypicalLetters = /õ(?!e)|ã(?![oes]|$)/u;

function costOfWord(
  word: string,
  languages: readonly Language[],
  isKnownWord: (word: string) => boolean,
): number {
  const impossibleCount = word.match(impossible)?.length ?? 0;
  let cost = impossibleCount * costs.impossible;
  for (const part of word.replaceAll(impossible, '').replaceAll(typography, ' ').split(' ')) {
    if (!nonAscii.test(part) || measure.test(part)) continue;
    cost += /\p{L}/u.test(part) ? costOfLetters(part, languages, isKnownWord) : costOfSymbols(part);
  }
  return cost;
}

const costOfSymbols = (symbols: string): number =>
  usualSymbols.test(symbols) ? 0 : costs.unusualSymbol * symbols.length;

function costOfLetters(
  part: string,
  languages: readonly Language[],
  isKnownWord: (word: string) => boolean,
): number {
  const word = part.replace(/^[¿¡½]/u, '');
  const letters = Array.from(word);
  const symbols = letters.filter((letter) => !/[\p{L}\p{M}]/u.test(letter)).length;
  const capitals = /\p{Ll}/u.test(word)
    ? letters.filter(
        (letter, index) =>
          index > 0 && /\p{Lu}/u.test(letter) && nonAscii.test(`${letters[index - 1] ?? ''}${letter}`),
      ).length
    : 0;
  const scripts = letters.map(scriptOf);
  const mixed = scripts.filter((script, index) => index > 0 && script !== scripts[index - 1]).length;
  const known = symbols === 0 && letters.length > 2 && isKnownWord(foldText(word)) ? costs.knownWord : 0;
  const typical = typicalLetters.test(word.toLowerCase()) ? costs.typicalLetters : 0;
  const untypical = untypicalLetters.test(word.toLowerCase()) ? costs.untypicalLetters : 0;
  const single = letters.length === 1 && !'àéáóÀÉиявсоауки'.includes(word) ? costs.singleLetter : 0;
  return (
    symbols * costs.symbolInWord +
    (part.startsWith('½') ? costs.halfBeforeWord : 0) +
    capitals * costs.capitalInWord +
    (symbols > 0 ? 0 : mixed * costs.mixedScripts) +
    single +
    known +
    typical +
    untypical +
    costOfAlphabet(
      letters.filter((_, index) => scripts[index] !== ''),
      languages,
    )
  );
}

const scripts = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  hebrew: /\p{Script=Hebrew}/u,
  arabic: /\p{Script=Arabic}/u,
  asian: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]/u,
};

const scriptOf = (letter: string): string =>
  Object.entries(scripts).find(([, pattern]) => pattern.test(letter))?.[0] ?? '';

function costOfAlphabet(letters: readonly string[], languages: readonly Language[]): number {
  const accented = letters.filter((letter) => nonAscii.test(letter));
  if (accented.every((letter) => scripts.latin.test(letter))) {
    const onlyAccented = accented.length === letters.length && letters.length > 1 ? letters.length : 0;
    const lower = accented.map((letter) => (letter === 'İ' ? 'ı' : letter.toLowerCase()));
    const languageCosts = languages.map(
      ([cost, alphabet]) =>
        cost + lower.filter((letter) => !alphabet.includes(letter)).length * costs.foreignLetter,
    );
    const least = Math.min(...languageCosts, accented.length * costs.foreignLetter + 1);
    return least + onlyAccented * costs.accentedOnly;
  }
  return accented.reduce((sum, letter) => {
    if (scripts.cyrillic.test(letter)) return sum + (cyrillicCosts.get(letter.toLowerCase()) ?? 2);
    return sum + (scripts.asian.test(letter) ? 0.3 : scripts.latin.test(letter) ? 1 : 0.15);
  }, 0);
}

const maxSamples = 3;
const maxSampleLength = 40;

/** For each reading the same cells, the first that differ. */
function samplesOf(readings: readonly { encoding: TextEncoding; text: string }[]): EncodingReading[] {
  const cells = readings.map(({ text }) => text.split(/[,;\t|"<>{}[\]\r\n:=]+/));
  const [first = []] = cells;
  const isDifferent = (cell: string, index: number): boolean =>
    nonAscii.test(cell) && cells.some((others) => others[index] !== cell) && cell.trim() !== '';
  const indexes = first
    .flatMap((cell, index) => (isDifferent(cell, index) ? [index] : []))
    .slice(0, maxSamples);
  return readings.map(({ encoding }, at) => ({
    encoding,
    sample: indexes.map((index) => (cells[at]?.[index] ?? '').trim().slice(0, maxSampleLength)).join(' · '),
  }));
}
