import { foldText } from '#shared/domain/fold.ts';
import { unambiguousDay, numericFormat } from '#shared/domain/days.ts';
import { nameWithoutTitles } from '#shared/domain/person-name.ts';
import { schemeOf } from '#shared/domain/web-address.ts';
import { parseNumberText, shareOfMark } from '#shared/domain/number-text.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { isGivenName } from './given-names.ts';
import { isPlaceholder } from '#shared/domain/placeholders.ts';
import { cellText } from '../cell.ts';
import type { Cell } from '../cell.ts';
import { parseDirection } from '../../direction.ts';
import { readYesNo } from '../values.ts';

/** What a value looks like, whatever its heading says. A value can be of several kinds. */
export type ValueKind =
  | 'person'
  | 'name_like'
  | 'family_first'
  | 'given'
  | 'one_word'
  | 'organisation'
  | 'salutation'
  | 'particle'
  | 'degree'
  | 'email'
  | 'url'
  | 'day'
  | 'term'
  | 'number'
  | 'code'
  | 'yes_no'
  | 'direction'
  | 'arrow'
  | 'prose'
  | 'letters';

/** Words that begin a family name. */
export const particles: ReadonlySet<string> = new Set(
  'van von der den de del della di da do dos das du la le ter ten zu zum zur al el bin ibn y e af av'.split(
    ' ',
  ),
);
/** Prefixes of family names: "van der", "von", "de la", "van 't". */
const namePrefix =
  /^(?:(?:van|von|vom|der|den|des|dem|de|het|ter|ten|te|tot|op|in|aan|bij|uit|over|onder|voor|zu|zum|zur|auf|und|av|af|del|della|dell|dei|degli|delle|di|da|do|dos|das|du|d|la|le|les|lo|l|y|e|el|al|bin|ibn|ben|abu|bint|san|santa|st|saint|mac|mc|o|a|t|s|n|freiherr|graf|baron|ritter)(?:[\s'’.-]+|$)|['’][tsn](?:\s+|$))+$/;
const nameWord = /^\p{Lu}[\p{L}\p{M}'’.-]*$/u;
const organisationWords: ReadonlySet<string> = new Set(
  (
    'university universitat universite universidad universidade universita univerzita uniwersytet universiteit universitet uni hochschule fachhochschule ' +
    'college institute institut instituto istituto school schule academy akademie polytechnic politechnika politecnico polytechnique ecole gmbh inc ltd llc ag ' +
    'fh tu rwth eth epfl mit ensta isae upv kth ntnu dlr esa nasa jpl company laboratory labs'
  ).split(' '),
);
const salutations: ReadonlySet<string> = new Set(
  'herr frau hr fr mr mrs ms miss mx m mme mlle monsieur madame sr sra srta senor senora sig signor signora dhr mevr mevrouw meneer mw pan pani bay bayan fru herra rouva hra rva gospodin gospoda slecna господин госпожа'.split(
    ' ',
  ),
);
const degree =
  /^(?:(?:prof|dr|pd|mag|dipl|ing|doc|bc|mgr|inz|lic|ph\.?d|mba|[bm]\.?\s?(?:sc|a|eng)|rer|nat|habil|phil|med|h\.?\s?c)\.?[\s.,-]*)+$/i;
const term =
  /^(?:(?:ss|ws|sose|wise|ht|vt|spring|summer|fall|autumn|winter|fruhjahr|herbst|sommersemester|wintersemester|semestre|primavera|otono|bahar|guz|zs|ls|january|june|july|december|enero|junio|julio|diciembre|juin|juni|dezember)\s*['’]?\d{2,4}(?:[/ ]\d{2,4})?|\d{4}[./-]?[12]|(?:19|20)\d{2})$/i;

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** A person's name in either order, without titles. */
function personNameWords(text: string): string[] | null {
  const name = nameWithoutTitles(text.replaceAll(/\([^)]*\)/g, ' ').trim());
  const parts = words(name.replace(',', ' '));
  if (parts.length < 2 || parts.length > 5 || (name.match(/,/g) ?? []).length > 1) return null;
  const isName = parts.every((word) => nameWord.test(word) || particles.has(word.toLowerCase()));
  return isName && parts.filter((word) => nameWord.test(word)).length >= 2 ? parts : null;
}

/** Whether a text has the form of a person's name and contains a common given name. */
export const looksLikePerson = (text: string): boolean =>
  personNameWords(text)?.some((word) => word.split('-').some(isGivenName)) ?? false;

export const isOrganisationName = (text: string): boolean =>
  plainHeading(text)
    .split(' ')
    .some((word) => organisationWords.has(word) || /universi|hochschul|institut|politec/.test(word));

const code = /^(?=.*\d)[\p{L}]{0,6}[-_ ./]?\d[\p{L}\d./_-]*$/u;

const tests: Readonly<Record<ValueKind, (text: string, cell: Cell) => boolean>> = {
  person: looksLikePerson,
  name_like: (text) => personNameWords(text) !== null && !isOrganisationName(text),
  // "Adeyemi, Tolu"; a place has the same form.
  family_first: (text) => text.includes(',') && personNameWords(text) !== null,
  given: (text) => words(text).length <= 2 && text.split(/[\s-]+/).some(isGivenName),
  one_word: (text) => words(text).length === 1 && /^\p{L}[\p{L}\p{M}'’-]*$/u.test(text),
  organisation: isOrganisationName,
  salutation: (text) => salutations.has(plainHeading(text)),
  particle: (text) => namePrefix.test(foldText(text.trim())),
  degree: (text) => degree.test(text.trim()),
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  url: (text) => schemeOf(text) === 'https' || text.startsWith('www.'),
  day: (text) => unambiguousDay(text) !== null || numericFormat(text) !== null,
  term: (text) => term.test(plainHeading(text)) || term.test(text),
  // A mark such as "3/5" can be a date.
  number: (text, cell) =>
    typeof cell === 'number' || (parseNumberText(text, 'percent') !== null && shareOfMark(text) === null),
  code: (text) => code.test(text) && !/^\d{1,3}$/.test(text),
  yes_no: (_, cell) => readYesNo(cell) !== null,
  // What graph programs write under "Type".
  direction: (text) => /^(?:un)?directed$/i.test(text),
  // Which way a link goes.
  arrow: (text) => parseDirection(text) !== null,
  prose: (text) => words(text).length > 6 || text.length > 60,
  letters: (text) => /\p{L}/u.test(text),
};

/** The filled cells of a column, with what they look like. */
export class ColumnValues {
  readonly cells: readonly Cell[];
  /** Whether no cell is filled, not even by "N/A". */
  readonly isBlank: boolean;
  readonly #texts: readonly string[];
  readonly #shares = new Map<ValueKind, number>();

  constructor(cells: readonly Cell[]) {
    this.isBlank = cells.length === 0;
    this.cells = cells.filter((cell) => !isPlaceholder(cellText(cell), true));
    this.#texts = this.cells.map(cellText);
  }

  get count(): number {
    return this.cells.length;
  }

  /** The part of the values that are of a kind, from 0 to 1; 0 without values. */
  share(kind: ValueKind): number {
    const known = this.#shares.get(kind);
    if (known !== undefined) return known;
    const share = this.shareOf((text, cell) => tests[kind](text, cell));
    this.#shares.set(kind, share);
    return share;
  }

  shareOf(test: (text: string, cell: Cell) => boolean): number {
    if (this.count === 0) return 0;
    return this.#texts.filter((text, index) => test(text, this.cells[index] as Cell)).length / this.count;
  }

  get distinctCount(): number {
    return new Set(this.#texts).size;
  }

  /** The number of different values by the number of values. */
  get distinct(): number {
    return this.count === 0 ? 0 : this.distinctCount / this.count;
  }

  /** The part of the values that another column has too: the ends of links name the same records. */
  sharedWith(other: ColumnValues): number {
    const others = new Set(other.#texts);
    return this.shareOf((text) => others.has(text));
  }
}
