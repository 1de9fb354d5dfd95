import type { NamePart } from '#shared/contract/sheets.ts';
import type { ColumnValues } from './column-values.ts';
import { otherPeople } from './link-ends.ts';
import { eitherNameWords, familyNameWords, givenNameWords, vagueGivenNameWords } from './name-words.ts';

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.split(',').map((word) => word.trim()));

const certain: Readonly<Record<NamePart, ReadonlySet<string>>> = {
  first: new Set([
    ...[...givenNameWords].filter((word) => !vagueGivenNameWords.has(word)),
    ...wordsOf(
      'first name, given name, given names, first names, primer nombre, nome proprio, legal first name, spriden first name, fname, nombre de pila, preferred first name, preferred name, krstne meno, krestni jmeno, имя сотрудника, preferred given name, chosen name, nome di battesimo',
    ),
  ]),
  last: new Set([
    ...[...familyNameWords].filter((word) => word !== 'family'),
    ...wordsOf(
      'last name, family name, last names, nom de famille, legal last name, spriden last name, sn, lname, nazwisko rodowe, primer apellido, ultimo nome, nom d usage, preferred last name',
    ),
  ]),
  salutation: wordsOf(
    'salutation, anrede, mr mrs, civilite, tratamiento, appellativo, aanhef, prefix, oslovenie, osloveni, aanspr, aanspreekvorm, aanspreektitel, aanspreking, form of address, briefanrede, titre de civilite, civ, forma de tratamiento, tratamento, zwrot, zwrot grzecznosciowy, tiltale, tilltal, hitap, megszolitas, geschlecht anrede, nagovor, обращение, puhuttelu, prefisso',
  ),
  prefix: wordsOf(
    'voorv, voorvoegsel, voorvoegsels, tussenvoegsel, tussenvoegsels, tussenv, tv, vvgsl, voorv achternaam, voorvoegsel achternaam, vorsatzwort, vorsatzworter, vorsatz, namenszusatz, namensvorsatz, adelspradikat, pradikat, particule, particule nominale, particella, particula, prefix, prefisso, name prefix, surname prefix, last name prefix, family name prefix, surname particle, particle, nobiliary particle, prefijo, prefixo, predlozka, partykula, namnprefix, prefiks, vors, vorsw',
  ),
  title: wordsOf(
    'academic title, akademischer titel, titel, title, degree, akad grad, akad titel, titulo, titolo, titul, titul pred, titul pred jmenem, tytul, tytul naukowy, grado, unvan, titulatuur, titulature, titulacion academica, titulatur, akademische grade, titolo accademico',
  ),
};

/** Headings that mean one part if another column has the other part: "Nom" with "Prénom", "Nombre" with "Apellidos". */
const paired: Readonly<Record<'first' | 'last', ReadonlySet<string>>> = {
  first: new Set([...vagueGivenNameWords, 'nome', 'first']),
  last: new Set([...eitherNameWords, 'last']),
};

/** Initials are the given name if nothing else is. */
const initials: ReadonlySet<string> = wordsOf(
  'initials, init, initialen, voorletters, voorl, vrl, initiales, iniciales, iniziali, inicialy, inicjaly, iniciais, initialer, bas harfler',
);

const bare: Readonly<Record<'first' | 'last', ReadonlySet<string>>> = {
  first: wordsOf('first, given'),
  last: wordsOf('last, family'),
};

/** All headings of parts of names. */
export const nameHeadings: readonly string[] = [
  ...Object.values(certain),
  ...Object.values(paired),
  initials,
].flatMap((words) => [...words]);

export interface HeadedColumn {
  heading: string;
  values: ColumnValues;
}

/** The columns that hold parts of people's names, by their headings, their values and each other. */
export function findNameParts(columns: readonly HeadedColumn[]): Map<NamePart, number> {
  const found = new Map<NamePart, number>();
  const columnOf = (words: ReadonlySet<string>, fits: (values: ColumnValues) => boolean): number =>
    columns.findIndex(
      ({ heading, values }, index) =>
        ![...found.values()].includes(index) && words.has(heading) && fits(values),
    );
  const take = (part: NamePart, index: number): void => void (index >= 0 && found.set(part, index));
  const holdsWords = (values: ColumnValues): boolean =>
    values.share('letters') > 0.5 && values.share('email') === 0;
  for (const part of ['first', 'last'] as const) take(part, columnOf(certain[part], holdsWords));
  for (const [part, other] of [
    ['first', 'last'],
    ['last', 'first'],
  ] as const)
    if (!found.has(part) && found.has(other)) take(part, columnOf(paired[part], holdsWords));
  if (found.size === 0)
    for (const [part, index] of findQualifiedParts(columns, holdsWords)) take(part, index);
  // "Last" and "First" mean names only together.
  if (found.size === 0) {
    const [first, last] = [columnOf(bare.first, holdsWords), columnOf(bare.last, holdsWords)];
    if (first >= 0 && last >= 0)
      for (const [part, index] of [
        ['first', first],
        ['last', last],
      ] as const)
        take(part, index);
  }
  // "Jméno" alone can hold whole names.
  const [only = -1, ...others] = found.values();
  if (others.length === 0 && holdsWholeNames(columns[only]?.values)) return new Map();
  if (!found.has('first') && found.has('last')) take('first', columnOf(initials, holdsWords));
  if (found.has('last')) take('prefix', prefixColumn(columns, [...found.values()]));
  // A title or a salutation alone makes no name, and "Title" is also a name of things.
  take(
    'salutation',
    columnOf(certain.salutation, (values) => values.share('salutation') > 0.6),
  );
  take(
    'title',
    columnOf(certain.title, (values) => values.share('degree') > 0.6),
  );
  if (!found.has('first') && !found.has('last')) return new Map();
  return found;
}

const partWords: Readonly<Record<'first' | 'last', readonly string[]>> = {
  first: ['first name', 'given name', 'first', ...givenNameWords],
  last: ['last name', 'family name', 'last', ...familyNameWords, ...eitherNameWords],
};

/**
 * The first two columns of parts of names with the same words in their headings: "Nom adhérent" and "Prénom adhérent", "Student First Name" and
 * "Student Last Name". Names of other people than the row's are left.
 */
function findQualifiedParts(
  columns: readonly HeadedColumn[],
  fits: (values: ColumnValues) => boolean,
): ['first' | 'last', number][] {
  const byRest = new Map<string, Map<'first' | 'last', number>>();
  for (const [index, { heading, values }] of columns.entries()) {
    if (!fits(values) || otherPeople.test(heading)) continue;
    for (const part of ['first', 'last'] as const) {
      const word = partWords[part].find(
        (one) => heading.startsWith(`${one} `) || heading.endsWith(` ${one}`),
      );
      if (word === undefined) continue;
      const rest = heading.startsWith(`${word} `)
        ? heading.slice(word.length + 1)
        : heading.slice(0, -word.length - 1);
      const parts = byRest.get(rest) ?? new Map<'first' | 'last', number>();
      if (!parts.has(part)) parts.set(part, index);
      byRest.set(rest, parts);
      break;
    }
  }
  return [...([...byRest.values()].find((parts) => parts.size === 2) ?? [])];
}

const holdsWholeNames = (values: ColumnValues | undefined): boolean =>
  values !== undefined && values.share('name_like') > 0.7 && values.share('person') > 0.4;

/** The column of prefixes of family names, by its heading, or by values such as "van der". -1 if there is none. */
function prefixColumn(columns: readonly HeadedColumn[], taken: readonly number[]): number {
  const isPrefix = ({ values }: HeadedColumn): boolean => values.count > 0 && values.share('particle') > 0.8;
  const isFree = (index: number): boolean => !taken.includes(index);
  const headed = columns.findIndex(
    (column, index) => isFree(index) && certain.prefix.has(column.heading) && isPrefix(column),
  );
  if (headed >= 0) return headed;
  // "DE" and "LA" are codes of countries and states.
  return columns.findIndex(
    (column, index) =>
      isFree(index) &&
      isPrefix(column) &&
      column.values.shareOf((text) => /^['’]?\p{Ll}/u.test(text)) === 1 &&
      column.values.shareOf(
        (text) => /\s/.test(text) || /^(?:van|von|ter|ten|del|della|dos|das|zu)$/.test(text),
      ) > 0.4,
  );
}
