import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { previewFile } from '#renderer/features/transfer/run.ts';
import { begin, open, paste, possible, settled } from './hands.tsx';

beforeEach(begin);

const kept = 'Share kept (100 % − loss)';
const note = 'Becomes “Knowledge lost”: 100 % minus the value.';

const losses = async () =>
  (await api.entities.list({ type: 'interface' })).rows
    .map(({ payload }) => payload.energy_loss ?? null)
    .toSorted((a, b) => Number(a) - Number(b));

const target = (name: string): string =>
  screen.getByRole<HTMLInputElement>('combobox', { name: `Import “${name}” as` }).value;

describe('a column of kept shares', () => {
  const table = (values: readonly number[]): string =>
    ['From\tTo\tRetained', ...values.map((value, index) => `T${index}\tT${index + 1}\t${value}`)].join('\n');

  it('is offered, explained and reported, taken back, and remembered', async () => {
    const { hands } = await open();
    await paste(table([0.8, 0.6]));
    await settled();
    expect(target('Retained')).toBe(kept);
    expect(screen.getByText(note)).toBeTruthy();
    await hands.click(screen.getByRole('combobox', { name: 'Names without a record' }));
    await hands.click(await screen.findByRole('option', { name: 'Create, type by name' }));
    await settled();
    await hands.click(screen.getByText(/^Values read by best guess/));
    expect(screen.getByText('“Knowledge lost” is 100 % minus the value: 0.8 becomes 20 %')).toBeTruthy();
    expect(screen.getAllByRole('cell', { name: '20 %' })).toHaveLength(1);
    await hands.click(screen.getByRole('combobox', { name: 'Import “Retained” as' }));
    await hands.click(await screen.findByRole('option', { name: 'Custom field' }));
    await settled();
    expect(screen.queryByText(note)).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Undo the change of “Retained”' }));
    await settled();
    expect(target('Retained')).toBe(kept);
    await hands.click(await possible('Import 2 links'));
    await screen.findByText(/counts and samples/);
    expect(await losses()).toEqual([20, 40]);
    // Flags would be no guess, but the reading of these headings is remembered.
    await paste(table([1, 0, 1]));
    await settled();
    expect(target('Retained')).toBe(kept);
  });
});

describe('an attribute of kept shares', () => {
  it('is shown with its reading, and becomes a custom field or another share by choice', async () => {
    const { served, hands } = await open();
    const nodes = ['a', 'b', 'c'].map((id) => ({ id, label: `Team ${id}`, type: 'team' }));
    const links = [
      { source: 'a', target: 'b', retained: 0.8 },
      { source: 'b', target: 'c', retained: 1 },
    ];
    const path = join(served.workspace.folder, '..', 'graph.json');
    writeFileSync(path, JSON.stringify({ nodes, links }));
    const grant = served.workspace.core.grants.issue(path, 'read');
    await act(() => previewFile({ grant, name: 'graph.json', bytes: statSync(path).size }));
    await settled();
    expect(target('retained')).toBe(kept);
    expect(screen.getByText(note)).toBeTruthy();
    expect(screen.getByText(/“retained” is read as 100 % minus the value: 0.8 becomes 20 %/)).toBeTruthy();
    const choose = async (option: string): Promise<void> => {
      await hands.click(screen.getByRole('combobox', { name: 'Import “retained” as' }));
      await hands.click(await screen.findByRole('option', { name: option }));
      await settled();
    };
    await choose('Custom field');
    expect(screen.queryByText(note)).toBeNull();
    await choose('100 % − “Documented”');
    expect(target('retained')).toBe('100 % − “Documented”');
    await choose(kept);
    await hands.click(await possible('Import 5 records'));
    await screen.findByText(/counts and samples match/);
    expect(await losses()).toEqual([0, 20]);
  });
});
