import { join } from 'node:path';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import {
  allOf,
  exportColumns,
  ExportForm,
  fileName,
  orderOf,
} from '#renderer/features/export/exportList.tsx';
import type { Listed, ExportChoices } from '#renderer/features/export/exportList.tsx';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { exportListInput } from '#shared/contract/export-list.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

describe('what is exported of a list', () => {
  it('stands in the order of the list, its groups first', () => {
    const team = listOf('team');
    expect(orderOf(team)).toEqual([{ field: 'name', direction: 'asc' }]);
    const sort = [
      { field: 'size', direction: 'desc' as const },
      { field: 'discipline', direction: 'desc' as const },
    ];
    expect(orderOf({ ...team, sort, group: 'lifecycle' })).toEqual([
      { field: 'lifecycle', direction: 'asc' },
      ...sort,
    ]);
    expect(orderOf({ ...team, sort, group: 'discipline' })).toEqual([sort[1], sort[0]]);
  });

  it('has the columns of the list, with ids beside what they name when they are wanted', () => {
    const columns = columnsOf('interface', false).slice(0, 4);
    expect(exportColumns(columns, false).map(({ key, label }) => [key, label])).toEqual(
      columns.map(({ key, label }) => [key, label]),
    );
    expect(exportColumns(columns, true).map(({ label }) => label)).toEqual([
      'Id',
      'From',
      'From (id)',
      'To',
      'To (id)',
      ...columns.slice(2).map(({ label }) => label),
    ]);
    const bond = exportColumns(columns, false).find(({ key }) => key === 'bond_type');
    expect(bond?.values).toMatchObject({ 'codified-strong': 'codified, strong' });
  });

  it('has what is shown first, in its order, where all columns are wanted', () => {
    const all = ['name', 'size', 'own:A', 'own:B'].map((key) => ({ key }));
    const shown = ['name', 'own:B', 'size'].map((key) => ({ key }));
    expect(allOf({ shown, all }).map(({ key }) => key)).toEqual(['name', 'own:B', 'size', 'own:A']);
  });

  it('can be asked for of every column of every type', () => {
    for (const type of entityTypes) {
      const columns = exportColumns(columnsOf(type, true), true);
      const asked = { grant: 'g', format: 'csv', type, columns };
      expect(exportListInput.safeParse(asked).success, type).toBe(true);
    }
  });

  it('is written by core, whatever the type and its columns', async () => {
    const { workspace } = await serveCore();
    for (const type of entityTypes) {
      const grant = workspace.core.grants.issue(join(workspace.folder, '..', `${type}.csv`), 'write');
      const columns = exportColumns(columnsOf(type, true), true);
      const written = await follow(
        api.transfer.exportList({ grant, format: 'csv', type, deleted: 'only', columns }),
        () => {},
      );
      expect(written).toMatchObject({ file: `${type}.csv`, rows: 0, columns: columns.length });
    }
  });

  it('goes into a file named after the list and the day', () => {
    const day = new Date(2026, 10, 3);
    expect(fileName('Big teams: a/b?', 'xlsx', day)).toBe('Big teams a b 2026-11-03.xlsx');
  });
});

describe('the form', () => {
  const columns = columnsOf('team', false);
  const listed: Listed = {
    view: listOf('team'),
    name: 'Teams',
    shown: columns.slice(0, 3),
    all: columns,
    matched: 64,
    picked: { count: 2, ids: ['a', 'b'] },
  };

  function open(picked: Listed['picked']) {
    const asked: ExportChoices[] = [];
    const onWanted = (wanted: ExportChoices): Promise<void> => {
      asked.push(wanted);
      return Promise.resolve();
    };
    const drawn = draw(<ExportForm listed={{ ...listed, picked }} onCancel={() => {}} onWanted={onWanted} />);
    return { ...drawn, asked };
  }

  it('begins with what is selected, and says how much each choice is', async () => {
    const { hands, asked } = open(listed.picked);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Selected (2)' }).checked).toBe(true);
    await hands.click(screen.getByRole('radio', { name: 'Shown (64)' }));
    await hands.click(screen.getByRole('radio', { name: /^Excel/ }));
    await hands.click(screen.getByRole('radio', { name: `All (${columns.length})` }));
    await hands.click(screen.getByRole('checkbox', { name: /^Add ids/ }));
    await hands.click(screen.getByRole('button', { name: 'Choose where…' }));
    await waitFor(() =>
      expect(asked).toEqual([{ format: 'xlsx', sign: ',', rows: 'all', columns: 'all', ids: false }]),
    );
  });

  it('does not ask which rows where nothing is selected, and adds ids unless told otherwise', async () => {
    const { hands, asked } = open(null);
    expect(screen.queryByRole('radio', { name: /Selected/ })).toBeNull();
    expect(screen.getByText('Shown (64)')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Choose where…' }));
    await waitFor(() =>
      expect(asked).toEqual([{ format: 'csv', sign: ',', rows: 'all', columns: 'shown', ids: true }]),
    );
  });

  it('parts the cells as spreadsheets expect where numbers are written as the person writes them', async () => {
    useSeat.setState({ items: { 'preference.numbers': 'point' } });
    const { hands, asked } = open(null);
    const semicolons = screen.getByRole<HTMLInputElement>('radio', { name: /^CSV with semicolons/ });
    expect(semicolons.checked).toBe(true);
    await hands.click(screen.getByRole('button', { name: 'Choose where…' }));
    await hands.click(screen.getByRole('radio', { name: /^CSV with commas/ }));
    await hands.click(screen.getByRole('button', { name: 'Choose where…' }));
    await waitFor(() => expect(asked.map(({ sign }) => sign)).toEqual([';', ',']));
    useSeat.setState({ items: {} });
  });
});
