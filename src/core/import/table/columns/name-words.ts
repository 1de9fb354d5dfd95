const wordSet = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Words for the family name in headings, folded. */
export const familyNameWords = wordSet(
  `surname surnames lastname familyname family nachname nachnamen familienname familiennamen zuname achternaam familienaam efternamn efternavn etternavn slaktnamn slektsnavn geslachtsnaam
  apellido apellidos apelido apelidos sobrenome cognome cognomi nazwisko nazwiska prijmeni priezvisko prezime priimek prezimena sukunimi vezeteknev csaladnev
  soyad soyadi perekonnanimi uzvards pavarde kenraimi фамилия прізвище презиме фамилии επωνυμο επιθετο cognom cognoms abizena eftirnafn mbiemri 姓 氏 성`,
);

/** Words for the given name. */
export const givenNameWords = wordSet(
  `firstname firstnames forename forenames givenname given vorname vornamen rufname voornaam voornamen roepnaam fornamn tilltalsnamn fornavn kaldenavn prenom prenoms nombre nombres imie imiona
  jmeno meno ime etunimi kutsumanimi keresztnev utonev ad adi eesnimi vards vardas prenume имя ім име имена ονομα izena emri 名 이름`,
);

/** Words for the given name that are also words for any name: "Nombre" of a team. */
export const vagueGivenNameWords = wordSet('nombre meno ime given');

/** Words for a name that mean the family name next to a word for the given name, and the given name next to one for the family name. */
export const eitherNameWords = wordSet('nom nome name naam navn namn nume nimi');
