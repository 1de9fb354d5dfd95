import type { NodeType } from '#shared/contract/network.ts';
import { foldText } from '#shared/domain/fold.ts';
import { isOrganisationName, looksLikePerson } from './table/column-values.ts';
import { plainHeading } from '../model/interchange/headings.ts';
import { typeWords } from '../model/interchange/type-words.ts';

/** Legal forms of companies at the end of a name. */
const legalForm =
  /[\s,](?:gmbh|mbh|ag|kg|ug|ohg|ltd|limited|llc|llp|inc|corp|co|plc|bv|nv|as|asa|ab|aps|oy|oyj|sa|sas|sarl|sl|slu|srl|spa|sp z o o|spolka|sro|a s|kft|zrt|bt|doo|ood|lda|ltda|pty|pte|kk|se|eood|oü|uab|sia)$/u;

/** Words in names of agencies, companies and foundations. */
const organisationWord =
  /\b(?:agency|agentur|agence|agencia|agenzia|ministry|ministerium|council|foundation|stiftung|aerospace|industries|technologies)\b/u;
/** In a short name these can also be a team: "Optics lab". */
const officeWord = /\b(?:bureau|office|laboratory|laboratories|lab|labor|laboratoire|laboratorio)\b/u;
const teamWord = /\b(?:team|group|gruppe|subsystem|squad)\b/u;
const agencies: ReadonlySet<string> = new Set(
  'esa nasa dlr jpl cnes jaxa isro esoc estec asi ukspace'.split(' '),
);

const universityWord =
  /universi|hochschul|politec|polytec|politech|uniwersytet|egyetem|institute of technology|\b(?:college|uni|eth|epfl|tu)\b/u;

const academicTitle =
  /^(?:(?:assoc(?:iate)?|asst|assistant|univ)\.?\s*-?\s*)?(?:prof(?:essor(?:in)?)?|dr|doc|doz)\b/u;

/** Whether a name or a column of titles begins with "Prof.", "Dr." and the like. */
export const hasAcademicTitle = (text: string): boolean => academicTitle.test(foldText(text.trim()));

/**
 * The type that a name alone tells: a legal form or an office is an organisation, an academic title one of faculty, a common given name a
 * student. Null if it tells nothing.
 */
export function typeOfName(name: string): NodeType | null {
  const plain = plainHeading(name.replaceAll(/\([^)]*\)/g, ' ').replaceAll('.', ''));
  if (hasAcademicTitle(name)) return 'faculty';
  if (teamWord.test(plain)) return 'team';
  if (legalForm.test(plain) || agencies.has(plain)) return 'organisation';
  if (universityWord.test(plain)) return 'university';
  if (organisationWord.test(plain) || (officeWord.test(plain) && plain.split(' ').length > 2))
    return 'organisation';
  return looksLikePerson(name) && !isOrganisationName(name) ? 'student' : null;
}

const shortest = 3;

/** The type that a word names, also shortened: "prof", "stud.", "subsys". Null if it can be the start of words for several types. */
export function typeOfAbbreviation(word: string): NodeType | null {
  const plain = plainHeading(word);
  if (plain.length < shortest || plain.includes(' ')) return null;
  const types = (['university', 'project', 'organisation', 'team', 'faculty', 'student'] as const).filter(
    (type) => typeWords[type].some((one) => one.startsWith(plain)),
  );
  return types.length === 1 ? (types[0] ?? null) : null;
}
