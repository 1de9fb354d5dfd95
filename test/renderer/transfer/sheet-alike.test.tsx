import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { here } from '#renderer/stores/address.ts';
import { begin, open, paste, settled, teams } from './sheet-hands.tsx';

beforeEach(begin);

const card = (text: string): HTMLElement => screen.getByText(text).closest('li') as HTMLElement;

const universities = async (): Promise<string[]> =>
  (await api.entities.list({ type: 'university' })).rows.map(({ title }) => title).toSorted();

describe('names that come along and are nearly the same', () => {
  const table =
    'Team name\tSchool\nA\tUniversity of Michigan\nB\tUniveristy of Michigan\nC\tUniversity of Michigan\nD\tPurdue\nE\tPurdue University\n';
  const michigan =
    '“Univeristy of Michigan” (1 row) and “University of Michigan” (2 rows) are nearly the same name';
  const purdue = '“Purdue University” (1 row) and “Purdue” (1 row) are nearly the same name';

  it('are things to look at, and one decision settles each pair', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    expect(screen.getByRole('heading', { name: '2 things to look at' })).toBeTruthy();
    expect(screen.getByRole('button', { name: '2 things to look at' })).toBeTruthy();
    await hands.click(
      within(card(michigan)).getByRole('button', { name: 'Both are “University of Michigan” (2 rows)' }),
    );
    await settled();
    expect(
      screen.getByText('In “School”, “Univeristy of Michigan” is read as “University of Michigan”'),
    ).toBeTruthy();
    // The rarer writing may be the right one.
    await hands.click(
      within(card(purdue)).getByRole('button', { name: 'Both are “Purdue University” (1 row)' }),
    );
    await settled();
    expect(screen.getAllByText(/No problems/).length).toBeGreaterThan(0);
    expect(
      screen.getByText(
        /With them come 2 universities that the rows name: Purdue University and University of Michigan/,
      ),
    ).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Import 5 teams' }));
    await screen.findByText(/Counts and samples/);
    expect(await universities()).toEqual(['Purdue University', 'University of Michigan']);
    expect(screen.queryByText('Still to mend')).toBeNull();
  });

  it('may both be right; what nobody decided is still to mend afterwards', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    await hands.click(within(card(purdue)).getByRole('button', { name: 'Both are right' }));
    await settled();
    expect(screen.queryByText(purdue)).toBeNull();
    expect(screen.getByText('“Purdue University” is created')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Import 5 teams' }));
    await screen.findByText(/Counts and samples/);
    await hands.click(screen.getByRole('button', { name: /^Show: “Univeristy of Michigan”/ }));
    const { view } = here();
    if (view.kind !== 'list') throw new Error('no list');
    const { rows } = await api.entities.list({ type: view.type, filters: [...view.filters] });
    expect(rows.map(({ title }) => title).toSorted()).toEqual([
      'Univeristy of Michigan',
      'University of Michigan',
    ]);
  });
});

describe('words that are on no list', () => {
  it('are right when the person says so, one or all of a column, and are no more to mend', async () => {
    const { hands } = await open();
    await paste('Team name\tDiscipline\nA\tSolar sail\nB\tFusion\nC\tPlasma\n');
    await settled();
    const sail = card('“Solar sail” is not a discipline that FRAMES knows');
    await hands.click(within(sail).getByRole('button', { name: 'Keep it' }));
    await settled();
    expect(screen.getByText('In “Discipline”, “Solar sail” is kept as it is')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Keep all 2' }));
    await settled();
    expect(screen.getAllByText(/No problems/).length).toBeGreaterThan(0);
    await hands.click(
      screen.getByRole('button', { name: 'Take back: In “Discipline”, 3 values are kept as they are' }),
    );
    await settled();
    expect(screen.getByRole('heading', { name: '3 things to look at' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Keep all 3' }));
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 3 teams' }));
    await screen.findByText(/Counts and samples/);
    expect(screen.queryByText('Still to mend')).toBeNull();
    const disciplines = new Set((await teams()).map(({ payload }) => payload.discipline));
    expect(disciplines).toEqual(new Set(['Fusion', 'Plasma', 'Solar sail']));
  });
});

describe('what a row said before', () => {
  const table = 'Team name\tDiscipline\tMembers\nRadio\tSolar sail\tfew\nPower\tFusion\t3\n';

  async function bringTwo(text: string) {
    const { hands } = await open();
    await paste(text);
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 2 teams' }));
    await screen.findByText(/Counts and samples/);
    return hands;
  }

  it('is no card again: it is folded, and what is still to mend came in with this import', async () => {
    const hands = await bringTwo(table);
    await paste(`${table.replace('\t3\n', '\t4\n')}Arm\tFusion\t1\nBus\tPlasma\t2\n`);
    await settled();
    await hands.click(screen.getByRole('radio', { name: /^Update what is here/ }));
    await settled();
    expect(screen.getByRole('heading', { name: '1 thing to look at' })).toBeTruthy();
    expect(screen.queryByText(/Not understood, so left out/)).toBeNull();
    expect(screen.queryByText(/“Solar sail” is not/)).toBeNull();
    await hands.click(
      screen.getByRole('button', { name: '3 values stand in this workspace already, just so' }),
    );
    expect(screen.getByText(/“Solar sail” is not/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: /^Import \d teams/ }));
    await screen.findByText(/Counts and samples/);
    expect(
      screen.getAllByRole('button', { name: /^Show: / }).map((one) => one.getAttribute('aria-label')),
    ).toEqual(['Show: “Plasma” as discipline: 1 record']);
    expect(screen.queryByText(/Not all was understood/)).toBeNull();
  });

  it('and stood twice is still to mend', async () => {
    const hands = await bringTwo('Team name\tMembers\nRadio\t3\nRadio\t3\n');
    await hands.click(screen.getByRole('button', { name: /^Show: “Radio”/ }));
    expect(here().view).toMatchObject({
      type: 'team',
      filters: [{ field: 'name', op: 'is', value: 'Radio' }, {}],
    });
    expect(await teams()).toHaveLength(2);
  });
});
