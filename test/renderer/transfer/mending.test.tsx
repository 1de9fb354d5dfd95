import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { leaveImport } from '#renderer/features/transfer/run.ts';
import { currentTable } from '#renderer/features/transfer/state.ts';
import { currentAddress } from '#renderer/stores/address.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { begin, open, paste, settled, teams } from './hands.tsx';

beforeEach(begin);

describe('values that were not understood', () => {
  it('are listed before the import and first after it, and their list can be reopened', async () => {
    const { hands } = await open();
    await paste('Team name\tMembers\nRadio\tfew\nPower\t4\n');
    await settled();
    expect(screen.getByText(/Not recognised and left out: “Size” in 1 row\./)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Import 2 teams' }));
    await screen.findByText(/counts and samples/);
    expect(screen.getByText(/Not recognised and left out: “Size” in 1 row\./)).toBeTruthy();
    const before = useTabs.getState().panes.flatMap(({ tabs }) => tabs).length;
    await hands.click(screen.getByRole('button', { name: 'Show: Empty “Size”: 1' }));
    expect(currentAddress().view).toMatchObject({ kind: 'list', type: 'team' });
    const tabs = useTabs.getState().panes.flatMap((pane) => pane.tabs);
    expect(tabs).toHaveLength(before + 1);
  });
});

describe('values with another interpretation', () => {
  it('show it in the input', async () => {
    const { hands } = await open();
    await paste('Team name\tDiscipline\nRadio\tMaschinenbau\n');
    await settled();
    await hands.click(screen.getByText('Values read by best guess: 1'));
    const card = screen.getByText('“Maschinenbau” is read as mechanical').closest('li') as HTMLElement;
    const box = within(card).getByRole<HTMLInputElement>('textbox', { name: 'Read as' });
    expect(box.placeholder).toBe('mechanical');
  });
});

describe('other values in a date field', () => {
  it('is listed, and may be kept, one by one or all at once', async () => {
    const { hands } = await open();
    await paste('Student\tGraduated\nAda\tlast Tuesday\nBen\tsoon\nEva\t2026-11-31\n');
    await settled();
    expect(currentTable()?.choices.columns[1]).toEqual({ to: 'field', field: 'graduated_at' });
    const card = screen.getByText(/“last Tuesday” in “.+” is not a date/).closest('li') as HTMLElement;
    expect(within(card).queryByRole('button', { name: /No dates/ })).toBeNull();
    const impossible = screen.getByText(/“2026-11-31” in/).closest('li') as HTMLElement;
    expect(within(impossible).queryByRole('button', { name: 'Keep' })).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Keep all 2' }));
    await settled();
    expect(currentTable()?.preview?.problems.map(({ value }) => value)).toEqual(['2026-11-31']);
  });
});

describe('letters that were lost before the file came here', () => {
  it('are asked about: one types the intended value, or keeps it', async () => {
    const { hands } = await open();
    await paste('Team name\tSchool\nWoda ?ukasz\tT?bingen\nRadio\tMÃ¼nchen\n');
    await settled();
    const card = (value: string): HTMLElement =>
      screen.getByText(`“${value}” may have lost or garbled letters`).closest('li') as HTMLElement;
    for (const [value, meant] of [
      ['Woda ?ukasz', 'Woda Łukasz'],
      ['T?bingen', 'Tübingen'],
    ] as const) {
      await hands.type(within(card(value)).getByRole('textbox', { name: 'Read as' }), `${meant}{Enter}`);
      await settled();
    }
    await hands.click(within(card('MÃ¼nchen')).getByRole('button', { name: 'Keep' }));
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 2 teams' }));
    await screen.findByText(/counts and samples/);
    expect((await teams()).map(({ title }) => title).toSorted()).toEqual(['Radio', 'Woda Łukasz']);
    const { rows } = await api.entities.list({ type: 'university' });
    expect(rows.map(({ title }) => title).toSorted()).toEqual(['MÃ¼nchen', 'Tübingen']);
  });
});

describe('two new names that are nearly the same', () => {
  it('become the proposed one, or stay two', async () => {
    const { hands } = await open();
    const names = 'Team name\tSchool\nA\tPurdue\nB\tPurdue\nC\tPurdue University\n';
    await paste(names);
    await settled();
    expect(screen.getByText('“Purdue University” and “Purdue” are almost the same name')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Read as “Purdue”' }));
    await settled();
    expect(currentTable()?.preview).toMatchObject({ along_count: 1 });
    await hands.click(screen.getByRole('button', { name: /^Undo: / }));
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Keep' }));
    await settled();
    expect(currentTable()?.preview).toMatchObject({ along_count: 2 });
    expect(screen.getByRole('heading', { name: 'No issues' })).toBeTruthy();
  });
});

describe('corrections of an import that was not finished', () => {
  const table = 'Team name\tDiscipline\nRadio\tElec Eng\nPower\tElectr\n';
  const back = 'Your earlier corrections of this table are applied.';

  it('are back when the same table is opened again, may be dropped, and are forgotten once it is imported', async () => {
    const { hands } = await open();
    const again = async (text = table): Promise<void> => {
      act(leaveImport);
      await paste(text);
      await settled();
    };
    const mend = async (): Promise<void> => {
      await hands.click(screen.getAllByRole('button', { name: 'Read as “electrical”' })[0] as HTMLElement);
      await settled();
      await hands.click(await screen.findByRole('button', { name: 'Leave this row out' }));
      await settled();
    };
    await again();
    await mend();
    const { choices } = currentTable() ?? {};
    await again(`${table}Arm\tElectr\n`);
    expect(currentTable()?.choices).toMatchObject({ values: [], skip: [] });
    await again();
    expect(currentTable()?.choices).toEqual(choices);
    expect(screen.getByText(back)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Start over' }));
    await settled();
    expect(screen.queryByText(back)).toBeNull();
    await again();
    expect(currentTable()?.choices).toMatchObject({ values: [], skip: [] });
    await mend();
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/counts and samples/);
    await again();
    expect(currentTable()?.choices.skip).toEqual([]);
    expect(screen.queryByText(back)).toBeNull();
  });
});
