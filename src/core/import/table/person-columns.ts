import type { NamePart } from '#shared/contract/sheets.ts';
import type { ColumnValues } from './column-values.ts';

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.split(',').map((word) => word.trim()));

const certain: Readonly<Record<NamePart, ReadonlySet<string>>> = {
  first: wordsOf(
    'first name, given name, given names, first names, forename, vorname, vornamen, rufname, prenom, prenoms, voornaam, fornamn, имя, primer nombre, nome proprio, etunimi, fornavn, givenname, firstname, legal first name, spriden first name, fname, nombre de pila, imie, jmeno, ad',
  ),
  last: wordsOf(
    'last name, surname, family name, last names, nachname, familienname, zuname, apellidos, apellido, cognome, prijmeni, nazwisko, achternaam, efternamn, soyad, soyadi, фамилия, sobrenome, apelido, nom de famille, etternavn, efternavn, sukunimi, familyname, lastname, legal last name, spriden last name, sn, lname, prijmeni',
  ),
  salutation: wordsOf(
    'salutation, anrede, mr mrs, civilite, tratamiento, appellativo, aanhef, prefix, oslovenie, osloveni',
  ),
  title: wordsOf(
    'academic title, akademischer titel, titel, title, degree, akad grad, akad titel, titulo, titolo, titul, titul pred, titul pred jmenem, tytul, tytul naukowy, grado, unvan',
  ),
};

/** Headings that mean one part if another column has the other part: "Nom" with "Prénom", "Nombre" with "Apellidos". */
const paired: Readonly<Record<'first' | 'last', ReadonlySet<string>>> = {
  first: wordsOf('nombre, nombres, nome, ad, adi, jmeno, imie, imiona, first, given, initials'),
  last: wordsOf('nom, name, naam, namn, last, family, navn'),
};

/** All headings of parts of names. */
export const nameHeadings: readonly string[] = [...Object.values(certain), ...Object.values(paired)].flatMap(
  (words) => [...words],
);

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
