import { describe, expect, it } from 'vitest';
import { workspaceForEach } from '../workspace.ts';
import { bringText, look, tryText } from './support.ts';

const workspace = workspaceForEach();

const targetsOf = async (text: string, name: string): Promise<string[]> => {
  const { type, guesses } = await look(workspace, text, name);
  return (guesses[type] ?? []).map((target) =>
    target.to === 'field' ? target.field : target.to === 'name_part' ? target.part : target.to,
  );
};

describe('the ends of links', () => {
  it.each([
    ['Von Team', 'An Team'],
    ['Team von', 'Team an'],
    ['Von (Team)', 'An (Team)'],
    ['von_team', 'an_team'],
    ['Da team', 'A team'],
    ['From Team', 'To Team'],
    ['Van team', 'Naar team'],
  ])('are those that “%s” and “%s” say, in either order', async (from, to) => {
    const rows = ['Antrieb,Avionik,15%', 'Avionik,Bahn,20%', 'Bahn,Antrieb,5%'];
    const ordered = [`${from},${to},Verlust`, ...rows].join('\n');
    expect(await targetsOf(ordered, 'min.csv')).toEqual(['from', 'to', 'energy_loss']);
    const swapped = [`${to},${from},Verlust`, ...rows].join('\n');
    expect(await targetsOf(swapped, 'min.csv')).toEqual(['to', 'from', 'energy_loss']);
  });

  it('come from a matrix of names', async () => {
    const matrix = [
      'Who tells whom,Power,Optics,Thermal,Radio',
      'Power,,0.2,0,0.1',
      'Optics,0.35,,0.15,',
      'Thermal,,0.4,,0.25',
      'Radio,0.1,,,',
    ].join('\n');
    const { view, preview } = await tryText(workspace, matrix, {
      type: 'interface',
      missing_ends: 'by_name',
    });
    expect(view.notices).toMatchObject([{ code: 'matrix', count: 7 }]);
    expect(preview).toMatchObject({ creates: 7 });
    expect(view.doubts.roles.interface).toMatchObject([{ field: 'energy_loss', columns: [2] }, {}]);
  });
});

describe('people in a table', () => {
  it('have a letter in their names: a number of people in a footer is none, and elsewhere a question', async () => {
    const text = [
      'Podtým;Jméno a příjmení;Obor;Konec',
      'EPS;Ida Novák;FEL;2026',
      'EPS;Jan Dvořák;FEL;2027',
      'OBC;4711;FIT;2027',
      'Celkem osob;19;;',
    ].join('\n');
    const { preview } = await tryText(workspace, text, { type: 'student' });
    const totals = preview.problems.filter(({ code }) => code === 'total_row');
    expect(Object.fromEntries(totals.map(({ value, action }) => [value, action]))).toEqual({
      '19': 'skipped',
      '4711': 'kept',
    });
  });

  it('have names under “Last” and “First”', async () => {
    expect(
      await targetsOf('Last,First,Team\nFox,Ann,Power\nHolt,Bo,Power\nLee,Cy,Optics\n', 'x.csv'),
    ).toEqual(['last', 'first', 'team_id']);
  });

  it('are not active if their status says that they left', async () => {
    const rows = [
      'Ada Novak;Power;aktiv',
      'Ben Holt;Power;ausgeschieden',
      'Cara Quinn;Optics;exmatrikuliert',
    ];
    await bringText(workspace, ['Name;Team;Status', ...rows].join('\n'), { type: 'student' });
    const { rows: people } = await workspace.client.entities.list({ type: 'student' });
    expect(Object.fromEntries(people.map(({ title, payload }) => [title, payload.active]))).toEqual({
      'Ada Novak': true,
      'Ben Holt': false,
      'Cara Quinn': false,
    });
  });

  it.each(['Abschluss (voraussichtlich)', 'Geplanter Abschluss', 'EXP_GRAD_TERM', 'Anticipated Grad'])(
    'graduate in the future under “%s”',
    async (heading) => {
      const text = `Name;Team;${heading}\nLena Müller;Antrieb;30.09.2027\nAda Novak;Antrieb;30.09.2026\n`;
      expect((await targetsOf(text, 'x.csv')).at(-1)).toBe('graduation_term');
    },
  );

  it('get the university that a later table says', async () => {
    await bringText(workspace, 'Name;Team\nAda Novak;Power\n', { type: 'student' });
    const { preview } = await tryText(workspace, 'Name;Team;University\nAda Novak;Power;Summit\n', {
      type: 'student',
      matching: 'update',
    });
    expect(preview).toMatchObject({ creates: 0, updates: 1 });
  });
});

it('shares next to fractions are read as such', async () => {
  const text = 'From;To;Documented\nA1;B1;3/4\nB1;C1;0\nC1;A1;1\nA1;C1;1/2\nC1;B1;0,25\n';
  await bringText(workspace, text, { type: 'interface', missing_ends: 'by_name' });
  const { rows } = await workspace.client.entities.list({ type: 'interface' });
  expect(rows.map(({ payload }) => payload.documented).toSorted((a, b) => Number(a) - Number(b))).toEqual([
    0, 25, 50, 75, 100,
  ]);
});
