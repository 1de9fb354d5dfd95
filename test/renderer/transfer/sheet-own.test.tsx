import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { here } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { begin, bring, open, paste, settled, teams } from './sheet-hands.tsx';

beforeEach(begin);

describe('a column of dates', () => {
  const table =
    'Team name\tStart\nRadio\t2025-01-10\nPower\t2025-02-01\nArm\t2025-02-02\nBus\t03/04/2025\nHull\tsoon\n';

  it('says how many are dates, asks which figure is the day, and leads to what is none', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    expect(
      screen.getByText('Kept with each record under the name “Start”: 3 dates, 2 values to look at.'),
    ).toBeTruthy();
    expect(
      screen.getByText('“03/04/2025” in Start is a date in figures: which one is the day?'),
    ).toBeTruthy();
    expect(screen.getByText('“soon” is no date, as the others in Start are')).toBeTruthy();
    // The first rows show days as this seat writes them.
    expect(screen.getByRole('cell', { name: '10 Jan 2025' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Month first: 03/04/2025 is 4 Mar 2025' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Day first: 03/04/2025 is 3 Apr 2025' }));
    await settled();
    expect(screen.getByText('Dates with “/” in “Start” are read with the day first')).toBeTruthy();
    expect(
      screen.getByText('Kept with each record under the name “Start”: 4 dates, 1 value to look at.'),
    ).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Import 5 teams' }));
    await screen.findByText(/Counts and samples/);
    expect((await teams()).find(({ title }) => title === 'Bus')?.payload.Start).toBe('2025-04-03');
    await hands.click(screen.getByRole('button', { name: 'Show: “soon” as Start: 1 record' }));
    expect(here().view).toMatchObject({ filters: [{ field: 'own:Start', op: 'is', value: 'soon' }, {}] });
    // What was said of one file is asked again of the next, with what it was.
    await paste(table.replaceAll(/(Radio|Power|Arm|Bus|Hull)/g, '$1 2'));
    await settled();
    expect(screen.queryByText('Dates with “/” in “Start” are read with the day first')).toBeNull();
    expect(screen.getByRole('button', { name: 'Month first: 03/04/2025 is 4 Mar 2025' })).toBeTruthy();
    await hands.click(
      screen.getByRole('button', { name: 'Day first: 03/04/2025 is 3 Apr 2025 (as last time)' }),
    );
    await settled();
    await hands.click(
      screen.getByRole('button', {
        name: 'Take back: Dates with “/” in “Start” are read with the day first',
      }),
    );
    await settled();
    expect(screen.getByRole('button', { name: /^Day first/ })).toBeTruthy();
  });

  it('a correction that is none either is corrected in its turn', async () => {
    const { hands } = await open();
    await paste(table.replace('03/04/2025', '2025-03-03'));
    await settled();
    const readAs = async (text: string): Promise<void> => {
      await hands.type(screen.getByRole('textbox', { name: 'Read it as' }), `${text}{Enter}`);
      await settled();
    };
    await readAs('30.2.2026');
    expect(screen.getByText('“30.2.2026” is no date, as the others in Start are')).toBeTruthy();
    await readAs('28.2.2026');
    expect(screen.queryByText(/is no date/)).toBeNull();
    expect(screen.getByText('In “Start”, “soon” is read as “28.2.2026”')).toBeTruthy();
    expect(screen.queryByText(/“30\.2\.2026” is read/)).toBeNull();
  });

  it('says how dates with dots are read, asks about those with slashes apart, and reads dots otherwise when told to', async () => {
    const { hands } = await open();
    await paste('Team name\tStart\nRadio\t12.11.2023\nPower\t15.03.2024\nArm\t03/04/2025\nBus\t2025-01-01\n');
    await settled();
    expect(screen.getByText('“12.11.2023” is read as 12 Nov 2023: the day first.')).toBeTruthy();
    expect(screen.getByRole('heading', { name: '1 thing to look at' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Month first: 03/04/2025 is 4 Mar 2025' }));
    await settled();
    expect(screen.getByText('“12.11.2023” is read as 12 Nov 2023: the day first.')).toBeTruthy();
    expect(screen.getByText('“03/04/2025” is read as 4 Mar 2025: the month first.')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: /^1 value was read as what it most likely means/ }));
    expect(
      screen.getByText('Dates like “12.11.2023” in Start are read with the day first: 12 Nov 2023'),
    ).toBeTruthy();
    expect(
      screen.getByRole('button', { name: 'Day first: 12.11.2023 is 12 Nov 2023 (as now)' }),
    ).toBeTruthy();
    await hands.click(
      screen.getByRole('button', { name: 'Month first: 12.11.2023 is 11 Dec 2023 (1 of 2)' }),
    );
    await settled();
    expect(screen.getByText('“15.03.2024” is no date, as the others in Start are')).toBeTruthy();
    await hands.click(
      screen.getByRole('button', {
        name: 'Take back: Dates with “.” in “Start” are read with the month first',
      }),
    );
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 4 teams' }));
    await screen.findByText(/Counts and samples/);
    expect(new Set((await teams()).map(({ payload }) => payload.Start))).toEqual(
      new Set(['2023-11-12', '2024-03-15', '2025-01-01', '2025-03-04']),
    );
  });

  it('leads to those that were left as they are', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    const [noDates] = screen.getAllByRole('button', { name: '“Start” holds no dates' });
    await hands.click(noDates as HTMLElement);
    await settled();
    expect(screen.queryByText(/“soon” is no date/)).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Take back: Values in “Start” are no dates' }));
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 5 teams' }));
    await screen.findByText(/Counts and samples/);
    await hands.click(screen.getByRole('button', { name: /^Show: “03\/04\/2025”/ }));
    const { view } = here();
    expect(view).toMatchObject({ filters: [{ field: 'own:Start', op: 'contains', value: '/' }, {}] });
    if (view.kind !== 'list') throw new Error('no list');
    const { rows } = await api.entities.list({ type: 'team', filters: [...view.filters] });
    expect(rows.map(({ title }) => title)).toEqual(['Bus']);
  });
});

describe('the columns that a table has of its own', () => {
  const table = 'Team name\tStage\tMembers\tRoom\nRadio\tBuild\t4\tB1\n';

  it('are shown in the list of what came', async () => {
    const { hands } = await open();
    await bring(hands, table);
    const brought = ['name', 'own:Stage', 'size', 'own:Room'];
    expect(useSeat.getState().items['columns:team']).toEqual({ brought });
    await bring(hands, 'Team name\tDocking\nPower\tyes\n');
    expect(useSeat.getState().items['columns:team']).toEqual({
      brought: ['name', 'own:Docking', 'own:Stage', 'size', 'own:Room'],
    });
  });

  it('leave columns that were chosen as they are, and those that were taken out stay out', async () => {
    const { hands } = await open();
    const columns = ['name', 'links'];
    act(() => useSeat.setState({ items: { 'columns:team': { columns } } }));
    await bring(hands, table);
    const brought = ['name', 'own:Stage', 'size', 'own:Room'];
    expect(useSeat.getState().items['columns:team']).toEqual({ columns, brought });
    act(() => useSeat.setState({ items: { 'columns:team': { columns } } }));
    await bring(hands, table.replace('Radio', 'Power'));
    expect(useSeat.getState().items['columns:team']).toEqual({ columns });
  });

  it('change nothing where there are none, or where nothing was written', async () => {
    const { hands } = await open();
    await bring(hands, 'Team name\tMembers\nRadio\t4\n');
    expect(useSeat.getState().items['columns:team']).toBeUndefined();
  });
});
