import { statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { act, screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { openFile } from '#renderer/features/transfer/openFile.ts';
import { currentAddress } from '#renderer/stores/address.ts';
import type { Served } from '../support/core.ts';
import { begin, open, paste, settled, teams } from './hands.tsx';

const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures', name);

/** Looks at a file as the shell hands it over, until its rows have been checked. */
async function look({ workspace }: Served, path: string): Promise<void> {
  const grant = workspace.core.grants.issue(path, 'read');
  await act(() => openFile({ grant, name: basename(path), bytes: statSync(path).size }));
}

const chosen = (name: string): string => screen.getByRole<HTMLInputElement>('combobox', { name }).value;
async function choose(hands: UserEvent, name: string, option: string): Promise<void> {
  await hands.click(screen.getByRole('combobox', { name }));
  await hands.click(await screen.findByRole('option', { name: option }));
}

beforeEach(begin);

describe('importing teams.xlsx', () => {
  it('previews, fixes two problems in place, and links to the imported records', async () => {
    const { served, hands } = await open();
    await look(served, fixture('teams.xlsx'));
    expect(currentAddress().view).toEqual({ kind: 'import' });
    expect(screen.getByText(/12 teams will be added/)).toBeTruthy();
    expect(screen.getByRole('heading', { name: '2 issues' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Read all 2 as “electrical”' }));
    await settled();
    await hands.type(screen.getByRole('textbox', { name: 'Read as' }), '3{Enter}');
    await settled();
    expect(screen.getByRole('heading', { name: 'No issues' })).toBeTruthy();
    expect(screen.getByText('2 corrections')).toBeTruthy();

    await hands.click(screen.getByRole('button', { name: 'Import 12 teams' }));
    expect(await screen.findByText(/counts and samples match/)).toBeTruthy();
    const rows = await teams();
    expect(rows.find(({ title }) => title === 'Solar Panels')?.payload.discipline).toBe('electrical');
    expect(rows.find(({ title }) => title === 'Payload Camera')?.payload.size).toBe(3);
    await hands.click(screen.getByRole('button', { name: 'Show 12 teams' }));
    expect(currentAddress().view).toMatchObject({
      kind: 'list',
      type: 'team',
      filters: [{ field: 'updated_at', op: 'gte' }],
    });
  });
});

describe('importing a table', () => {
  it('remembers the mapping of columns, and guesses again on request', async () => {
    const { hands } = await open();
    const table = 'Team name\tRoom\nRadio\tB\n';
    await paste(table);
    await choose(hands, 'Import “Room” as', 'Leave out');
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/counts and samples/);
    await paste(table.replace('Radio', 'Power'));
    expect(screen.getByText(/as in your last import/)).toBeTruthy();
    expect(chosen('Import “Room” as')).toBe('Leave out');
    await hands.click(screen.getByRole('button', { name: 'Guess again' }));
    await settled();
    expect(chosen('Import “Room” as')).toBe('Custom field');
  });

  it('refuses other content with advice, and continues with the next file', async () => {
    const { served } = await open();
    const path = join(served.workspace.folder, '..', 'picture.csv');
    writeFileSync(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]));
    await look(served, path);
    expect(screen.getByText(/is not a table/)).toBeTruthy();

    expect(screen.getByText(/Open it in a spreadsheet program/)).toBeTruthy();
    await look(served, fixture('frames_data.json'));
    expect(screen.getByRole('button', { name: 'Import 25 records' })).toBeTruthy();
    await look(served, fixture('teams.csv'));
    expect(screen.getByRole('button', { name: 'Import 12 teams' })).toBeTruthy();
  });

  it('reports that the file has changed since, and returns to the table', async () => {
    const { served, hands } = await open();
    const path = join(served.workspace.folder, '..', 'teams.csv');
    writeFileSync(path, 'Team name,Members\nRadio,3\n');
    await look(served, path);
    writeFileSync(path, 'Team name,Members\nRadio,4\n');
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    expect(await screen.findByText(/has changed since the preview/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Back to preview' }));
    await settled();
    expect(await teams()).toEqual([]);
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/counts and samples/);
  });
});
