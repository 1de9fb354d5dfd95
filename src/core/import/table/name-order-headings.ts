const wordSet = (list: string): ReadonlySet<string> => new Set(list.split(/[,\s]+/).filter(Boolean));

/** Words for the family name in headings, folded. */
const familyWords = wordSet(
  `surname surnames lastname familyname last family nachname nachnamen familienname familiennamen zuname achternaam familienaam efternamn efternavn etternavn slaktnamn
  apellido apellidos apelido apelidos sobrenome cognome cognomi nazwisko nazwiska prijmeni priezvisko prezime priimek prezimena sukunimi vezeteknev csaladnev
  soyad soyadi perekonnanimi uzvards pavarde kenraimi фамилия прізвище презиме фамилии επωνυμο επιθετο cognom cognoms abizena eftirnafn mbiemri`,
);
/** Words for the given name; "Nom" and "Name" next to one of them mean the family name. */
const givenWords = wordSet(
  `firstname forename forenames given givenname first vorname vornamen rufname voornaam voornamen roepnaam fornamn fornavn prenom prenoms nombre nombres imie imiona
  jmeno meno ime etunimi keresztnev utonev ad adi eesnimi vards vardas prenume имя ім име имена ονομα firstnames izena emri`,
);
/** Words that mean the family name before a word for the given name, and the given name after one for the family name. */
const eitherWords = wordSet('nom nome name namn navn naam nume nimi');
const firstWords = wordSet('first eerst zuerst primero prima premier forst fyrst');

const partOf = (word: string): 'family' | 'given' | 'either' | null =>
  familyWords.has(word) ? 'family' : givenWords.has(word) ? 'given' : eitherWords.has(word) ? 'either' : null;

/** The order of names that a folded heading states: "Nazwisko i imię", "Naam (achternaam eerst)", "Vorname Nachname". Null for others. */
export function orderOfHeading(heading: string): 'family_first' | 'given_first' | null {
  if (/^(?:фио|ф и о|піб|п і б)$/u.test(heading)) return 'family_first';
  const words = heading.split(' ');
  // "Surname first", "achternaam eerst"
  const isFirst = (index: number): boolean =>
    firstWords.has(words[index + 1] ?? '') && partOf(words[index + 2] ?? '') === null;
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] === 'name' ? index + 1 : index;
    if (partOf(word) === 'family' && isFirst(next) && next + 2 >= words.length) return 'family_first';
  }
  const parts = words
    .map((word, index) =>
      word === 'name' && ['last', 'first', 'given', 'family'].includes(words[index - 1] ?? '')
        ? null
        : partOf(word),
    )
    .filter((part) => part !== null);
  const [one, other, ...more] = parts;
  if (one === undefined || other === undefined || more.length > 1) return null;
  const isGivenLast = other === 'given' || (other === 'either' && one === 'family');
  if (isGivenLast && (one === 'family' || one === 'either')) return 'family_first';
  return one === 'given' || (one === 'either' && other === 'family') ? 'given_first' : null;
}

/** Whether a heading speaks of several family names: "Apellidos y nombre". */
export const hasSeveralFamilyNames = (heading: string): boolean =>
  /\b(?:apellidos|apelidos|cognoms)\b/.test(heading);
