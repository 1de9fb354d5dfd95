import { describe, expect, it } from 'vitest';
import { workspaceForEach } from '../workspace.ts';
import { guessed, look, tryText } from './support.ts';

const workspace = workspaceForEach();

const partsOf = async (text: string): Promise<Record<string, string>> => {
  const view = await look(workspace, text, 'people.csv');
  return Object.fromEntries(
    view.columns.flatMap(({ name }, index) => {
      const target = (view.guesses.student ?? [])[index];
      return target?.to === 'name_part' ? [[name, target.part]] : [];
    }),
  );
};

const namesOf = async (text: string): Promise<string[]> =>
  (await tryText(workspace, text, { type: 'student' })).preview.sample.map(({ title }) => title);

const rows = [
  'Mw.;F.;Fenna;van der;Zwaluwe',
  "Dhr.;G.;Gijs;van 't;Hoog",
  'Mw.;S.;Saskia;ter;Braak',
  'Dhr.;P.;Pelle;;Achterkamp',
];

describe('the parts of names in columns', () => {
  it.each([
    ['Aanspr.;Init.;Roepnaam;Voorv.;Achternaam'],
    ['Aanhef;Voorletters;Voornaam;Tussenvoegsel;Achternaam'],
    ['Anrede;Initialen;Rufname;Vorsatzwort;Familienname'],
    ['Civilité;Initiales;Prénom;Particule;Nom de famille'],
    ['Salutation;Initials;First name;Last name prefix;Last name'],
    ['Tilltal;Initialer;Förnamn;Namnprefix;Efternamn'],
  ])('are known from the headings %s', async (heading) => {
    const [salutation = '', , first = '', prefix = '', last = ''] = heading.split(';');
    const text = [heading, ...rows].join('\n');
    expect(await partsOf(text)).toEqual({
      [salutation]: 'salutation',
      [first]: 'first',
      [prefix]: 'prefix',
      [last]: 'last',
    });
    expect(await namesOf(text)).toEqual([
      'Fenna van der Zwaluwe',
      "Gijs van 't Hoog",
      'Saskia ter Braak',
      'Pelle Achterkamp',
    ]);
  });

  it('include a prefix whose heading says nothing', async () => {
    const text = 'Vorname;Teil 2;Nachname\nIda;von;Falk\nJon;van der;Berg\nMona;;Roy\nKim;zu;Aas';
    expect(await partsOf(text)).toEqual({ Vorname: 'first', 'Teil 2': 'prefix', Nachname: 'last' });
  });

  it.each([
    ['codes of countries', 'First name;Last name;Nat\nIda;Falk;DE\nJon;Rask;LA\nMona;Roy;DE'],
    ['languages', 'First name;Last name;Language\nIda;Falk;de\nJon;Rask;la\nMona;Roy;de'],
  ])('leave %s alone', async (_, text) => {
    expect(Object.values(await partsOf(text))).toEqual(['first', 'last']);
  });

  it.each(['Jméno', 'Voornaam', 'Nachname'])(
    'are none in a single column of whole names: %s',
    async (heading) => {
      const text = `${heading};Tým\nFalk Klára;A\nRask Ondřej;A\nRys Tereza;B`;
      expect(await partsOf(text)).toEqual({});
      expect(await namesOf(text)).toEqual(['Falk Klára', 'Rask Ondřej', 'Rys Tereza']);
    },
  );

  it('take initials where no column has given names', async () => {
    const text = 'Voorletters;Tussenvoegsel;Achternaam\nF.;van der;Zwaluwe\nG.;;Hoog';
    expect(await namesOf(text)).toEqual(['F. van der Zwaluwe', 'G. Hoog']);
  });

  it('are joined as a person chose', async () => {
    const text = 'Vorname;Zusatz;Nachname\nIda;auf der;Falk\nJon;;Berg';
    const view = await look(workspace, text, 'people.csv');
    const columns = guessed(view, { type: 'student' }).columns.map((target, index) =>
      index === 1 ? ({ to: 'name_part', part: 'prefix' } as const) : target,
    );
    const { preview } = await tryText(workspace, text, { type: 'student', columns });
    expect(preview.sample.map(({ title }) => title)).toEqual(['Ida auf der Falk', 'Jon Berg']);
  });
});
