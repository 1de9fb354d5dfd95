import { sheetTypes } from '#shared/contract/sheets.ts';
import type { SheetType } from '#shared/contract/sheets.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { plainHeading } from '../model/interchange/headings.ts';
import { typeWords } from '../model/interchange/type-words.ts';
import { formerWords, leaderWords, personWords, valueWords } from '../model/interchange/value-words.ts';

/** A type, or that a record is a person of a kind that the word does not tell. */
export type WordType = SheetType | 'person';

const abbreviations: Readonly<Record<string, SheetType>> = {
  uni: 'university',
  univ: 'university',
  org: 'organisation',
  orga: 'organisation',
  subsys: 'team',
  grp: 'team',
  prof: 'faculty',
  'assoc prof': 'faculty',
  'asst prof': 'faculty',
  fac: 'faculty',
  doz: 'faculty',
  stud: 'student',
  std: 'student',
};

const typeByWord: ReadonlyMap<string, WordType> = new Map<string, WordType>([
  ...sheetTypes.flatMap((type) => [
    ...typeWords[type].map((word) => [word, type] as const),
    ...(Object.hasOwn(valueWords, type) ? valueWords[type as keyof typeof valueWords] : []).map(
      (word) => [word, type] as const,
    ),
  ]),
  ...Object.entries(abbreviations),
  ...[...personWords].map((word) => [word, 'person'] as const),
]);

/** Nouns of languages that put the head of a phrase first: "équipe étudiante", "azienda partner". */
const headFirst: ReadonlySet<string> = new Set(
  `equipe equipo squadra equipa grupo gruppo groupe zespol projet proyecto progetto projeto projekt entreprise empresa azienda ente consorzio societe societa organisme
  laboratoire laboratorio universite universidad universita universidade ateneo uniwersytet uczelnia univerzita ecole scuola istituto fundacion fondazione association associazione`.split(
    /\s+/,
  ),
);

/** Endings of both genders: "Student*in", "étudiant(e)", "dottorando/a". */
const genderEnding =
  /(?<=\p{L})[*:·•/_(]-?(?:in(?:nen)?|e|es|a|as|o|os|i|n|ne|euse|trice|rice)(?:s|·s)?\)?(?!\p{L})/giu;

/** A grade at the end: "Universitair docent 2", "Professor II". */
const grade = / (?:[a-z]{0,2}\d+|i{1,3}|iv|v)$/;

const compound = /(?:student|studentin|studenten|professor|professorin)$/;

function typeOfSingle(word: string): WordType | null {
  const known = typeByWord.get(word);
  if (known !== undefined) return known;
  const ends = compound.exec(word)?.[0];
  if (ends !== undefined) return typeByWord.get(ends) ?? null;
  for (const ending of word.length > 5 ? ['s', 'es', 'en', 'nen'] : []) {
    const found = word.endsWith(ending) ? typeByWord.get(word.slice(0, -ending.length)) : undefined;
    if (found !== undefined) return found;
  }
  return null;
}

const isPersonType = (type: WordType | null): boolean =>
  type !== null && (type === 'person' || isPerson(type));

/** Words that follow the noun of a phrase: "group of students", "Doktorand bei einer Firma". */
const prepositions: ReadonlySet<string> = new Set(
  `of in at for with from de del dell della delle dei di du des d da do dos das en pour per para con presso chez a van voor bij von der des im am an auf bei beim fur zum zur
  til av af pa i vid w na z ze ve pri s u с в из по на при`.split(/\s+/),
);

/** A "student club" is no student. */
const clubWords: ReadonlySet<string> = new Set(
  'club clubs chapter society branch council union office board committee kulubu kulup toplulugu topluluk konseyi forening klub kolo spolek'.split(
    ' ',
  ),
);

function typeOfPhrase(phrase: readonly string[], isNamePossible: boolean): WordType | null {
  const end = phrase.findIndex((word, index) => index > 0 && prepositions.has(word));
  const words = end > 0 ? phrase.slice(0, end) : phrase;
  const [first = '', last = ''] = [words[0], words.at(-1)];
  // A "lead university" is none who leads.
  if ((leaderWords.has(first) && first !== 'lead') || leaderWords.has(last)) return 'person';
  const [firstType, lastType] = [typeOfSingle(first), typeOfSingle(last)];
  if (headFirst.has(first) && firstType !== null) return firstType;
  // "участник команды", but not "member university".
  if (firstType === 'person' && !/^\p{ASCII}*$/u.test(first)) return firstType;
  // A "student member" and a "staff member" are more than a person.
  if (lastType === 'person') return isPersonType(firstType) ? firstType : lastType;
  // "이상훈 교수" is a name with its title.
  if (isNamePossible && firstType === null && caseless.test(first)) return null;
  if (lastType !== null || isNamePossible || clubWords.has(last)) return lastType;
  return isPersonType(firstType) ? firstType : null;
}

/** A script without capitals. */
const caseless = /^\p{Lo}/u;

const formerPrefix =
  /^(?:ex|former|antig[oa]|ehemalige[rs]?|ancien(?:ne)?|oud|byl[yae]|byval[yae]|volt|tidligere|tidigare|entinen|eski|fost[aă]?|бывш\p{L}*) /u;

/** Whether a word for a type says that the person has left: "Alumna", "Ehemaliges Mitglied", "Antigo aluno". */
export const namesFormerMember = (text: string): boolean =>
  formerWords.has(plainHeading(text)) || formerPrefix.test(plainHeading(text));

const maxPhraseWords = 6;

/**
 * The type that a word or phrase names: "PhD student", "Associate professor (adviser)", "studente, capo propulsione". With `people`, a phrase
 * names only people: "Harness group" is then a name.
 */
export function typeOfWord(text: string, phrases: 'all' | 'people' = 'all'): WordType | null {
  const neutral = text.replaceAll(genderEnding, '');
  const whole = plainHeading(text);
  const heads = [whole, plainHeading(neutral), plainHeading(neutral.split(/[,;/|([]|\s[-–—]\s/u)[0] ?? '')];
  for (const [index, head] of heads.entries()) {
    const type = typeOfSingle(head);
    if (type !== null && (index < 2 || phrases === 'all' || isPersonType(type) || head === whole))
      return type;
  }
  const words = (heads[2] ?? '').replace(grade, '').split(' ');
  if (words.length > maxPhraseWords) return null;
  const ungraded = typeOfSingle(words.join(' '));
  // "Professor Ebeling" is a name.
  const isNamePossible = phrases === 'people' && /^\S+\s+(?:\p{Lu}|\p{Lo})/u.test(text.trim());
  const type = ungraded !== null && isPersonType(ungraded) ? ungraded : typeOfPhrase(words, isNamePossible);
  if (words.length === 1 && !isPersonType(type)) return null;
  return phrases === 'all' || isPersonType(type) ? type : null;
}
