import type { NodeType } from '#shared/contract/network.ts';
import { hasDoctorate } from '#shared/domain/degrees.ts';
import { nodeType } from '#shared/contract/network.ts';
import { foldText } from '#shared/domain/fold.ts';
import { isOrganisationName, looksLikePerson } from './table/columns/column-values.ts';
import { plainHeading } from '../model/interchange/headings.ts';
import { joinedTeamWord } from '../model/interchange/likeness.ts';
import { typeOfWord } from './word-types.ts';

/** Legal forms of companies at the end of a name. */
const legalForm =
  /[\s,](?:gmbh|mbh|ohg|ltd|limited|llc|llp|inc|corp|plc|bv|nv|aps|oyj|sarl|slu|srl|spa|sp z o o|spolka|sro|kft|zrt|doo|ood|lda|ltda|pty|pte|eood|uab|sia)$/u;
/** Legal forms that are words and names as well: they count in capitals only ("Halden Cell AS", but "Maria Sá"). */
const shortForm = /[\s,](?:AG|KG|UG|SE|AS|ASA|AB|OY|SA|SAS|SL|BT|KK|CO|EI|RT)$/u;

/** Words in names of agencies, companies and foundations. */
const organisationWord =
  /\b(?:agency|agentur|agence|agencia|agenzia|ministry|ministerium|council|foundation|stiftung|aerospace|industries|technologies)\b/u;
/** In a short name these can also be a team: "Optics lab". */
const officeWord = /\b(?:bureau|office|laboratory|laboratories|lab|labor|laboratoire|laboratorio)\b/u;
const teamWord = /\b(?:team|group|gruppe|subsystem|squad)\b/u;
const agencies: ReadonlySet<string> = new Set(
  'esa nasa dlr jpl cnes jaxa isro esoc estec asi ukspace'.split(' '),
);

/** Words of names without blanks. */
const joinedOrganisation =
  /株式会社|有限会社|合同会社|㈱|有限公司|公司|集团|研究開発機構|宇宙局|주식회사|㈜|연구원|협회/u;
const joinedUniversity = /大学|大學|대학교|고등전문학교|高専/u;
/** "ESA/ESTEC (extern)" */
const externalWord = /^(?:extern\w*|esterno|esterna|outside|external partner|partner)$/u;

const universityWord =
  /universi|hochschul|politec|polytec|politech|uniwersytet|egyetem|institute of technology|\b(?:college|uni|eth|epfl|tu)\b/u;

const academicTitle =
  /^(?:(?:assoc(?:iate)?|asst|assistant|univ)\.?\s*-?\s*)?(?:prof(?:essor(?:in)?)?|dr|doc|doz)\b/u;

/** Whether a name or a column of titles begins with "Prof.", "Dr." and the like, or a name ends with such titles. */
export const hasAcademicTitle = (text: string): boolean =>
  academicTitle.test(foldText(text.trim())) || hasDoctorate(text);

const isNodeType = (type: string): type is NodeType => nodeType.options.some((one) => one === type);

/**
 * The type that a name alone tells: a legal form or an office is an organisation, an academic title one of faculty, a common given name a
 * student. Null if it tells nothing.
 */
export function typeOfName(name: string): NodeType | null {
  const text = name
    .replaceAll(/\([^)]*\)/g, ' ')
    .replaceAll('.', '')
    .trim();
  const plain = plainHeading(text);
  const remark = /\(([^()]*)\)\s*$/u.exec(name)?.[1] ?? '';
  const stated = typeOfWord(remark);
  if (stated !== null && stated !== 'person' && isNodeType(stated)) return stated;
  if (legalForm.test(plain) || shortForm.test(text) || joinedOrganisation.test(plain)) return 'organisation';
  if (agencies.has(plain) || externalWord.test(plainHeading(remark))) return 'organisation';
  if (hasAcademicTitle(name)) return 'faculty';
  if (teamWord.test(plain) || joinedTeamWord.test(plain)) return 'team';
  if (universityWord.test(plain) || joinedUniversity.test(plain)) return 'university';
  if (organisationWord.test(plain) || (officeWord.test(plain) && plain.split(' ').length > 2))
    return 'organisation';
  return looksLikePerson(name) && !isOrganisationName(name) ? 'student' : null;
}
