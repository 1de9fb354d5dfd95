import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextEncoding } from '#shared/domain/encodings.ts';
import { decodeText } from '#core/kernel/files/encoding.ts';
import { isKnownWord } from '#core/import/table/columns/known-words.ts';

/** Encodes a text in an encoding of one byte for each letter. */
function encode(text: string, encoding: TextEncoding): Buffer {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Buffer.from(
    Array.from(text, (letter) => {
      const byte = letters.indexOf(letter);
      if (byte < 0) throw new Error(`${encoding} has no ${letter}`);
      return byte;
    }),
  );
}

const rosters: readonly (readonly [TextEncoding, string])[] = [
  [
    'windows-1250',
    'Imię;Nazwisko;Zespół\nŁukasz;Wójcik;Awionika\nMałgorzata;Śląska;Zasilanie\nPaweł;Kamiński;Łączność\nJózef;Żak;Awionika',
  ],
  ['windows-1250', 'name,team\nWałęsa Śląski,Avionics\nZbigniew Żuk,Thermal\nAnna Nowak,Thermal'],
  [
    'windows-1250',
    'Jméno;Tým\nJiří Dvořák;Avionika\nPetr Němec;Energie\nŠtěpánka Růžičková;Termika\nEva Černá;Energie',
  ],
  ['windows-1250', 'name,team\nJan Novák,Power\nTomáš Dvořák,Radio\nEva Nová,Radio'],
  [
    'windows-1250',
    'Név;Csapat\nSzűcs Győző;Avionika\nKovács Gábor;Energia\nTóth Erzsébet;Hőtan\nErdős Lőrinc;Energia',
  ],
  ['windows-1250', 'name,team\nErdős Pál,Power\nKovács Anna,Radio\nSzabó Éva,Radio'],
  ['windows-1250', 'Ime;Ekipa\nŽeljko Šarić;Radio\nMarko Đurić;Energija\nIvana Čović;Radio'],
  ['windows-1250', 'Nume;Echipa\nŞtefan Ionescu;Radio\nIonuţ Vlădescu;Energie\nAna Brâncoveanu;Energie'],
  ['windows-1251', 'Имя;Группа\nАнна Петрова;Авионика\nОлег Жуков;Энергия\nИван Щербаков;Связь'],
  ['windows-1251', 'name,team\nИВАНОВ,Radio\nПЕТРОВА,Power\nСидоров Олег,Power'],
  ['windows-1251', 'Ім’я;Команда\nОлена Шевченко;Авіоніка\nЮрій Їжакевич;Енергія\nНаталія Гончар;Зв’язок'],
  ['koi8-r', 'Имя;Группа\nАнна Петрова;Авионика\nОлег Жуков;Энергия\nИван Щербаков;Связь'],
  ['iso-8859-5', 'Имя;Группа\nАнна Петрова;Авионика\nОлег Жуков;Энергия\nИван Щербаков;Связь'],
  [
    'windows-1253',
    'Όνομα;Ομάδα\nΓιώργος Παπαδόπουλος;Ενέργεια\nΜαρία Νικολάου;Επικοινωνίες\nΑλέξης Γεωργίου;Ενέργεια',
  ],
  [
    'windows-1254',
    'Ad;Takım\nAyşe Yıldız;Aviyonik\nİbrahim Şahin;Güç\nUğur Öztürk;Haberleşme\nIşıl Çağlar;Güç',
  ],
  ['windows-1254', 'name,team\nMehmet Şahin,Radio\nAli Kaya,Power\nElif Yılmaz,Power'],
  ['windows-1257', 'Vardas;Komanda\nŽydrūnas Šimkus;Ryšiai\nRūta Žukauskienė;Energija\nAgnė Čepaitė;Ryšiai'],
  ['windows-1252', 'Prénom;Nom;Équipe\nHélène;Lefèvre;Énergie\nFrançois;Noël;Télécom\nAgnès;Benoît;Énergie'],
  ['windows-1252', 'name,team\nGeneviève Leclerc,Power\nJean Dupont,Radio\nThérèse Martin,Radio'],
  ['windows-1252', 'Name;Team\nJürgen Müller;Avionik\nKäthe Straßburger;Wärme\nSören Groß;Energie'],
  ['windows-1252', 'Nombre;Equipo\nJosé Ibáñez;Aviónica\nMaría Muñoz;Energía\nÁngel Peña;Telecomunicación'],
  ['windows-1252', 'name,team\nPeña Íñigo,Power\nAna García,Radio\nJuan Pérez,Radio'],
  [
    'windows-1252',
    'Nome;Equipe\nJoão Gonçalves;Aviônica\nInês Simões;Energia\nConceição Magalhães;Comunicação',
  ],
  ['windows-1252', 'Nome;Squadra\nNiccolò Rossi;Avionica\nGiosuè Bianchi;Energia\nLetizia Forlì;Qualità'],
  ['windows-1252', 'Navn;Hold\nSøren Kjærgård;Energi\nBjørn Ødegård;Radio\nÅse Lærke;Radio'],
  [
    'windows-1252',
    'name,team\nGuðrún Sigurðardóttir,Power\nÞórunn Jónsdóttir,Radio\nAgnar Guðmundsson,Radio',
  ],
  ['windows-1252', 'Name;Note\nAda Lovelace;Budget £500\nBob Stone;Room 4'],
  ['windows-1252', 'Name,Note\nAda Lovelace,works ½ day\nBob Stone,full time'],
  ['windows-1252', 'Name,Note\nAda Lovelace,needs 12 m² of space\nBob Stone,none'],
  ['windows-1252', 'Name,Note\nAda Lovelace,it’s “done” – 5 €\nBob Stone,none'],
  ['windows-1252', 'Name,Note\nAda Lovelace,25 °C and 3 ± 1 µm\nBob Stone,none'],
  ['macintosh', 'Name;Team\nJürgen Müller;Avionik\nKäthe Straßburger;Wärme\nSören Groß;Energie'],
  ['macintosh', 'Prénom;Nom;Équipe\nHélène;Lefèvre;Énergie\nFrançois;Noël;Télécom\nAgnès;Benoît;Énergie'],
  [
    'iso-8859-2',
    'Imię;Nazwisko;Zespół\nŁukasz;Wójcik;Awionika\nMałgorzata;Śląska;Zasilanie\nPaweł;Kamiński;Łączność',
  ],
];

/** Names by language, for rosters of a few of them. */
const namesByLanguage: Readonly<Record<string, readonly [TextEncoding, string]>> = {
  polish: [
    'windows-1250',
    'Wałęsa,Śląski,Żuk,Łukasz,Wójcik,Kamiński,Michał,Dąbrowski,Zieliński,Szymański,Woźniak,Kozłowski,Jabłoński,Król,Wróbel,Pająk,Gąsior,Łęcki,Żółć,Grażyna,Stanisław,Rafał,Świątek,Błażej,Góra',
  ],
  czech: [
    'windows-1250',
    'Dvořák,Novák,Černý,Procházka,Kučera,Veselý,Horák,Němec,Pokorný,Růžička,Beneš,Fiala,Sedláček,Doležal,Zeman,Kolář,Navrátil,Čermák,Vaněk,Urban,Blažek,Kříž,Jiří,Tomáš,Zdeněk,Šárka,Žaneta',
  ],
  slovak: [
    'windows-1250',
    'Ľubomír,Kováč,Horváth,Baláž,Tóth,Molnár,Šimko,Ďurica,Hudák,Štefan,Ľudmila,Kráľ,Gašpar,Mišík,Kňažko',
  ],
  hungarian: [
    'windows-1250',
    'Erdős,Szűcs,Kovács,Tóth,Győző,Szabó,Németh,Horváth,Kiss,Varga,Balogh,Lőrinc,Zsófia,Gábor,Hernyák,Jenő,Ferenc,Ödön,Ágnes,Bölöni,Sárközi,Fűrész,Hegedűs,Szőke',
  ],
  croatian: [
    'windows-1250',
    'Šarić,Đurić,Čović,Horvat,Kovačević,Babić,Marić,Jurić,Novak,Vuković,Knežević,Petrović,Željko,Krešimir,Šimić,Božić,Tadić',
  ],
  romanian: [
    'windows-1250',
    'Ştefan,Ionuţ,Vlădescu,Brâncoveanu,Rădulescu,Drăgulescu,Ţepeş,Gheorghiţă,Mihăilă,Băsescu,Năstase,Cătălin',
  ],
  russian: [
    'windows-1251',
    'Иванов,Петрова,Сидоров,Щербаков,Жуков,Кузнецова,Смирнов,Попов,Васильев,Соколов,Михайлов,Новиков,Фёдоров,Морозов,Волков,Алексеева,Лебедев,Егоров,Козлов,Юрьев',
  ],
  koi: [
    'koi8-r',
    'Иванов,Петрова,Сидоров,Щербаков,Жуков,Кузнецова,Смирнов,Попов,Васильев,Соколов,Михайлов,Новиков,Морозов,Волков,Алексеева,Лебедев,Егоров,Козлов,Юрьев',
  ],
  russianCaps: [
    'windows-1251',
    'ИВАНОВ,ПЕТРОВА,СИДОРОВ,ЩЕРБАКОВ,ЖУКОВ,КУЗНЕЦОВА,СМИРНОВ,ПОПОВ,ВАСИЛЬЕВ,СОКОЛОВ,МИХАЙЛОВ,НОВИКОВ',
  ],
  ukrainian: [
    'windows-1251',
    'Шевченко,Їжакевич,Гончар,Ковальчук,Бондаренко,Кравчук,Олійник,Коваленко,Лисенко,Поліщук,Марченко,Юрій,Сергій,Євген,Наталія',
  ],
  greek: [
    'windows-1253',
    'Παπαδόπουλος,Γεωργίου,Νικολάου,Μαρία,Αλέξης,Ιωάννης,Ελένη,Δημήτρης,Κωνσταντίνος,Ωνάσης,Βασιλική,Σπύρος,Άννα,Έλενα,Χρήστος',
  ],
  turkish: [
    'windows-1254',
    'Yıldız,Şahin,Öztürk,Çağlar,Yılmaz,Kaya,Demir,Çelik,Aydın,Özdemir,Arslan,Doğan,Kılıç,Aslan,Çetin,Kara,Koç,Kurt,Özkan,Şimşek,İbrahim,Ayşe,Uğur,Işıl,Gül,Güneş,Tuğba,Erdoğan',
  ],
  lithuanian: [
    'windows-1257',
    'Žukauskienė,Šimkus,Čepaitė,Rūta,Agnė,Žydrūnas,Kazlauskas,Jankauskas,Petrauskienė,Šarūnas,Žilvinas,Brazauskas,Mažeika,Ąžuolas',
  ],
  latvian: [
    'windows-1257',
    'Bērziņš,Kalniņš,Ozoliņš,Krūmiņš,Jānis,Ēriks,Ilze,Zāle,Ģirts,Ķirsis,Šķēle,Āboliņa,Dzintars',
  ],
  french: [
    'windows-1252',
    'Lefèvre,Noël,Benoît,Hélène,François,Thérèse,Agnès,Bérénice,Côté,Gérard,Maître,Léa,Château,Ève,Geneviève,Rémy,Zoë,Besançon,Jérôme,Loïc,Anaïs,Août,Brûlé,Cœur',
  ],
  german: [
    'windows-1252',
    'Müller,Groß,Straßburger,Schäfer,Käthe,Jürgen,Söder,Köhler,Weiß,Böhm,Günther,Hüttl,Özil,Ägidius,Übelacker,Jäger,Krüger,Möller',
  ],
  spanish: [
    'windows-1252',
    'Ibáñez,Muñoz,Peña,García,Pérez,Íñigo,Ángel,Núñez,José,María,Martínez,López,Gómez,Sánchez,Ramírez,Güell,Ordóñez,Castaño,Añón',
  ],
  portuguese: [
    'windows-1252',
    'João,Gonçalves,Simões,Magalhães,Conceição,Inês,Guimarães,Assunção,Falcão,Araújo,Antônio,Luís,Márcia,Leitão,Brandão,Camões',
  ],
  italian: ['windows-1252', 'Niccolò,Giosuè,Forlì,Nicolò,Cantù,Fabrì,Rossi,Salomè,Mosè,Noè'],
  danish: [
    'windows-1252',
    'Søren,Kjærgård,Bjørn,Ødegård,Åse,Lærke,Jørgensen,Møller,Sørensen,Nørgaard,Østergaard,Grønbæk,Håkon,Pål,Åge',
  ],
  swedish: [
    'windows-1252',
    'Åsa,Björn,Sjöström,Ångström,Lindström,Östlund,Hägg,Bergström,Göran,Mårten,Håkan,Märta,Nyström',
  ],
  finnish: [
    'windows-1252',
    'Mäkinen,Hämäläinen,Järvinen,Lehtimäki,Väinö,Särkkä,Kärkkäinen,Pöyhönen,Räikkönen',
  ],
  icelandic: [
    'windows-1252',
    'Guðrún,Sigurðardóttir,Þórunn,Jónsdóttir,Guðmundsson,Sigurður,Þór,Ægir,Björk,Hörður,Ásgeir,Ýmir,Davíð',
  ],
  mac: [
    'macintosh',
    'Müller,Groß,Straßburger,Schäfer,Käthe,Jürgen,Köhler,Weiß,Böhm,Günther,Hélène,François,Noël,José,Muñoz,Peña',
  ],
  iso2: [
    'iso-8859-2',
    'Wałęsa,Śląski,Żuk,Łukasz,Wójcik,Kamiński,Michał,Dąbrowski,Zieliński,Szymański,Woźniak,Kozłowski',
  ],
  iso15: ['iso-8859-15', 'Cœur,Žižek,Šimek,Lefèvre,Noël,François,Dœuvre'],
};

/** Rosters that are not clear: they may be asked about. All others are read without a question. */
const unclear = ['Mehmet Şahin', 'Vardas;', 'Niccolò'];

const readAs = (bytes: Buffer, encoding: TextEncoding): string => new TextDecoder(encoding).decode(bytes);

describe('the guess of an encoding', () => {
  it.each(rosters)('%s: %s', (encoding, text) => {
    const bytes = encode(text, encoding);
    const decoded = decodeText(bytes, { isKnownWord });
    const readings = decoded?.readings.map((one) => readAs(bytes, one.encoding)) ?? [];
    expect(readings.length === 0 || unclear.some((name) => text.includes(name))).toBe(true);
    expect([decoded?.text, ...readings]).toContain(text);
  });

  it.each(Object.entries(namesByLanguage))(
    'is right or a question for names in %s',
    (_, [encoding, list]) => {
      const names = list.split(',');
      const property = fc.property(
        fc.subarray(names, { minLength: 3, maxLength: Math.min(12, names.length) }),
        (chosen) => {
          const text = `name,team\n${chosen.map((name) => `${name},Radio\n`).join('')}Ada Lovelace,Power\n`;
          const decoded = decodeText(encode(text, encoding), { isKnownWord });
          expect(decoded?.text === text || (decoded?.readings.length ?? 0) > 1).toBe(true);
        },
      );
      fc.assert(property);
    },
  );

  it('is a question if no offered encoding is right, and reads encodings of several bytes', () => {
    // "Müller Größe" in IBM 437, and 山田太郎 佐藤花子 in Shift JIS.
    const dos = Buffer.from('6e616d650a4d816c6c65720a477294e1650a', 'hex');
    expect(decodeText(dos)?.readings.length).toBeGreaterThan(1);
    const japanese = Buffer.from('6e616d650a8e52936391be98590a8db293a189d48e710a', 'hex');
    const readings = decodeText(japanese)?.readings ?? [];
    expect(readings.some(({ sample }) => sample.includes('山田太郎'))).toBe(true);
    const half = Buffer.from('name,note\nAda,\xbdday\n', 'latin1');
    expect(decodeText(half)?.text).toContain('½day');
  });

  it('shows the same values in each likely encoding', () => {
    const bytes = encode('name,team\nFűrész,Power\nJenő,Radio\n', 'windows-1250');
    const readings = decodeText(bytes)?.readings ?? [];
    expect(readings).toContainEqual({ encoding: 'windows-1250', sample: 'Fűrész · Jenő' });
    expect(readings).toContainEqual({ encoding: 'windows-1252', sample: 'Fûrész · Jenõ' });
  });

  it('knows the names of the workspace', () => {
    const bytes = encode('name,team\nFűrész,Power\nJenő,Radio\n', 'windows-1250');
    const decoded = decodeText(bytes, { isKnownWord: (word) => ['jeno', 'furesz'].includes(word) });
    // Folded, both readings are the same names: letters without their accents decide nothing.
    expect(decoded?.readings.length).toBeGreaterThan(1);
    const polish = encode('name,team\nPająk,Power\nGąsior,Radio\n', 'windows-1250');
    expect(decodeText(polish)?.readings.length).toBeGreaterThan(1);
    expect(decodeText(polish, { isKnownWord: (word) => ['pajak', 'gasior'].includes(word) })).toMatchObject({
      text: 'name,team\nPająk,Power\nGąsior,Radio\n',
      readings: [],
    });
  });

  it('follows the declaration of XML and HTML, and UTF-8 before it', () => {
    const xml = (label: string) => `<?xml version="1.0" encoding="${label}"?><a>Śląsk</a>`;
    const html =
      '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><table>Śląsk';
    expect(decodeText(encode(xml('ISO-8859-2'), 'iso-8859-2'))).toMatchObject({
      text: xml('ISO-8859-2'),
      isGuessed: false,
    });
    expect(decodeText(encode(html, 'windows-1250'))).toMatchObject({ text: html, isGuessed: false });
    expect(decodeText(Buffer.from(xml('ISO-8859-2')))).toMatchObject({ text: xml('ISO-8859-2') });
    expect(decodeText(encode(html, 'windows-1250'), { encoding: 'windows-1252' })?.text).toContain('Œl¹sk');
  });
});
