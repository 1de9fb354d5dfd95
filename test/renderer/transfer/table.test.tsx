import { statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { act, fireEvent, screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { openFile } from '#renderer/features/transfer/openFile.ts';
import { withCell } from '#renderer/features/transfer/choices.ts';
import { decide, leave } from '#renderer/features/transfer/run.ts';
import { tableNow } from '#renderer/features/transfer/state.ts';
import { here } from '#renderer/stores/address.ts';
import type { Served } from '../support/core.ts';
import { begin, open, paste, settled, teams, possible } from './hands.tsx';

const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures', name);

/** Looks at a file as the shell hands it over, until its rows have been checked. */
async function look({ workspace }: Served, path: string): Promise<void> {
  const grant = workspace.core.grants.issue(path, 'read');
  await act(() => openFile({ grant, name: basename(path), bytes: statSync(path).size }));
}

/** A team whose discipline and university are not written as FRAMES knows them. */
const misspelt = 'Team name\tMajor\tSchool\nRadio\tElec Eng\tBayfrnt\n';

/** Pastes it and says what both words mean. */
async function pasteAndMend(hands: UserEvent): Promise<void> {
  await paste(misspelt);
  for (const meant of ['electrical', 'Bayfront']) {
    await hands.click(screen.getByRole('button', { name: `Read it as “${meant}”` }));
    await settled();
  }
}

const chosen = (name: string): string => screen.getByRole<HTMLInputElement>('combobox', { name }).value;
async function choose(hands: UserEvent, name: string, option: string): Promise<void> {
  await hands.click(screen.getByRole('combobox', { name }));
  await hands.click(await screen.findByRole('option', { name: option }));
}

const disabled = (name: string | RegExp): boolean =>
  screen.getByRole<HTMLButtonElement>('button', { name }).disabled;

beforeEach(begin);

describe('a double click on a way to mend', () => {
  it('mends one thing: the second click is not for what has moved up', async () => {
    const { hands } = await open();
    await paste('Name\tDiscipline\nAda\tElec Eng\nBen\tElectr\n');
    await settled();
    const ways = await screen.findAllByRole('button', { name: 'Read it as “electrical”' });
    expect(ways).toHaveLength(2);
    fireEvent.click(ways[0] as HTMLElement, { detail: 1 });
    await settled();
    const left = await screen.findByRole('button', { name: 'Read it as “electrical”' });
    fireEvent.click(left, { detail: 2 });
    await settled();
    expect(screen.getByRole('button', { name: 'Read it as “electrical”' })).toBeTruthy();
    await hands.click(left);
    await settled();
    expect(screen.queryByRole('button', { name: 'Read it as “electrical”' })).toBeNull();
  });
});

describe('importing teams.xlsx', () => {
  it('shows what will come, mends two problems in place, and leads to what came', async () => {
    const { served, hands } = await open();
    await look(served, fixture('teams.xlsx'));
    expect(here().view).toEqual({ kind: 'import' });
    expect(screen.getByText(/12 teams will be added/)).toBeTruthy();
    expect(screen.getByRole('heading', { name: '2 things to look at' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Read all 2 as “electrical”' }));
    await settled();
    await hands.type(screen.getByRole('textbox', { name: 'Read it as' }), '3{Enter}');
    await settled();
    expect(screen.getByRole('heading', { name: 'Nothing to look at' })).toBeTruthy();
    expect(screen.getByText('2 corrections')).toBeTruthy();

    await hands.click(screen.getByRole('button', { name: 'Import 12 teams' }));
    expect(await screen.findByText(/Counts and samples were compared/)).toBeTruthy();
    const rows = await teams();
    expect(rows.find(({ title }) => title === 'Solar Panels')?.payload.discipline).toBe('electrical');
    expect(rows.find(({ title }) => title === 'Payload Camera')?.payload.size).toBe(3);
    await hands.click(screen.getByRole('button', { name: 'Show 12 teams' }));
    expect(here().view).toMatchObject({
      kind: 'list',
      type: 'team',
      filters: [{ field: 'updated_at', op: 'gte' }],
    });
  });
});

describe('importing a table', () => {
  it('is one change: undo takes all of it back', async () => {
    const { served, hands } = await open();
    await look(served, fixture('teams.csv'));
    await hands.click(screen.getByRole('button', { name: 'Import 12 teams' }));
    await hands.click(await possible('Undo import'));
    expect(await screen.findByText('The import of teams.csv was undone')).toBeTruthy();
    expect(await teams()).toEqual([]);
  });

  it('remembers how the columns were mapped, and guesses anew when told to', async () => {
    const { hands } = await open();
    const table = 'Team name\tRoom\nRadio\tB\n';
    await paste(table);
    await choose(hands, 'What “Room” becomes', 'Leave out');
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/Counts and samples/);
    await paste(table.replace('Radio', 'Power'));
    expect(screen.getByText(/read as last time/)).toBeTruthy();
    expect(chosen('What “Room” becomes')).toBe('Leave out');
    await hands.click(screen.getByRole('button', { name: 'Guess anew' }));
    await settled();
    expect(chosen('What “Room” becomes')).toBe('Keep as own field');
  });

  it('remembers what values meant, and asks again about what is taken back', async () => {
    const { hands } = await open();
    await api.entities.create({ type: 'university', data: { name: 'Bayfront' } });
    await pasteAndMend(hands);
    expect(screen.getByText('2 corrections')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/Counts and samples/);

    await paste(`${misspelt.replace('Radio', 'Power')}Arm\tground\t\n`);
    await settled();
    expect(screen.getByText('2 corrections')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Nothing to look at' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: /^Take back: In “Major”/ }));
    await settled();
    expect(screen.getByText('1 correction')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Guess anew' }));
    await settled();
    expect(screen.queryByText(/^\d+ correction/)).toBeNull();
    expect(screen.getByRole('heading', { name: '2 things to look at' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Guess anew' })).toBeNull();
  });

  it('finds again what came of the same file, also where single cells were mended', async () => {
    const { hands } = await open();
    await api.entities.create({ type: 'university', data: { name: 'MIT' } });
    await api.entities.create({ type: 'university', data: { name: 'Summit' } });
    const text = 'Team name\tSchool\nRadio\tM.I.T. \nPower\tM.I.T. \n';
    await paste(text);
    await settled();
    for (const line of [2, 3])
      await act(async () => decide((now) => withCell(now, { line, column: 1, value: 'MIT' })));
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 2 teams' }));
    await screen.findByText(/Counts and samples/);
    await paste(text);
    await settled();
    expect(tableNow()?.preview).toMatchObject({ creates: 0, along_count: 0, matched: { by_name: 2 } });
    expect(screen.getByText('2 corrections')).toBeTruthy();
    // Another file has other lines.
    leave();
    await paste(`${text}Bus\tMIT\n`);
    await settled();
    expect(screen.queryByText(/^\d+ correction/)).toBeNull();
  });

  it('shows what is filled in of a row that is left out, and why times stay out', async () => {
    await open();
    await paste('Team name\tRoom\tCreated\n\tA431\t2026-11-20 11:00\n');
    await settled();
    const table = screen.getByRole('region', { name: 'The first rows of the table as records' });
    expect(within(table).getByText('A431')).toBeTruthy();
    expect(screen.getByText('Stays in the file: FRAMES keeps its own times.')).toBeTruthy();
    expect(chosen('What “Created” becomes')).toBe('Leave out');
  });

  it('waits for a decision about rows that are here already', async () => {
    const { hands } = await open();
    await api.entities.create({ type: 'team', data: { name: 'Radio', size: 3 } });
    await paste('Team name\tMembers\nRadio\t7\n');
    expect(screen.getByText('1 row waits for your decision.')).toBeTruthy();
    expect(disabled('Import 1 team')).toBe(true);
    await hands.click(screen.getByRole('radio', { name: /^Update what is here/ }));
    await settled();
    expect(screen.getByText('1 team will be updated: size in 1 row.')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/Counts and samples/);
    expect((await teams()).map(({ payload }) => payload.size)).toEqual([7]);
    expect(screen.getByText(/A backup was made first, on .*\d{4}/)).toBeTruthy();
  });

  it('mends rows one by one, leaves rows out, and takes corrections back', async () => {
    const { hands } = await open();
    await paste('Team name\tMembers\nRadio\tfew\nPower\tfew\n\t4\n');
    await hands.click(screen.getByRole('button', { name: 'Row by row' }));
    const cell = screen.getByRole('textbox', { name: 'Value in line 3, column “Members”' });
    await hands.clear(cell);
    await hands.type(cell, '5{Enter}');
    await settled();
    expect(screen.getByText('Line 3, “Members”: “5”')).toBeTruthy();
    const unnamed = screen.getByText('The row has no name').closest('li') as HTMLElement;
    await hands.click(within(unnamed).getByRole('button', { name: 'Leave this row out' }));
    await settled();
    expect(screen.queryByText('The row has no name')).toBeNull();
    await hands.click(screen.getAllByRole('button', { name: /^Take back/ })[1] as HTMLElement);
    await settled();
    expect(screen.getByText('The row has no name')).toBeTruthy();
  });

  it('points names to records that are here, and makes those that are not', async () => {
    const { hands } = await open();
    await api.entities.create({ type: 'university', data: { name: 'Summit State' } });
    await paste('Team name\tSchool\nRadio\tSumit State\nPower\tCoast\n');
    expect(screen.getByText(/Not understood, so left out: university in 1 row\./)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Read it as “Summit State”' }));
    await settled();
    expect(screen.queryByText(/Not understood/)).toBeNull();
    expect(screen.getByText(/With them comes 1 university that the rows name: Coast/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Import 2 teams' }));
    await screen.findByText(/Counts and samples/);
    const names = (await teams()).map(({ derived }) => derived.university_title);
    expect(new Set(names)).toEqual(new Set(['Coast', 'Summit State']));
  });

  it('reads the table as another type, another sheet, and without headings', async () => {
    const { served, hands } = await open();
    await look(served, fixture('teams.xlsx'));
    expect(chosen('Sheet')).toBe('Teams');
    await choose(hands, 'Each row is a', 'Project');
    await settled();
    expect(screen.getByRole('button', { name: 'Import 12 projects' })).toBeTruthy();
    await choose(hands, 'Headings are in', 'No line: the table begins at once');
    await settled();
    expect(screen.getByText(/The columns are called A, B, C/)).toBeTruthy();
    expect(screen.getByRole('combobox', { name: 'What “A” becomes' })).toBeTruthy();
  });

  it('refuses what is no table, with what to do, and goes on with the next file', async () => {
    const { served } = await open();
    const path = join(served.workspace.folder, '..', 'picture.csv');
    writeFileSync(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]));
    await look(served, path);
    expect(screen.getByText(/is no table/)).toBeTruthy();

    expect(screen.getByText(/Open it in a spreadsheet program/)).toBeTruthy();
    await look(served, fixture('frames_data.json'));
    expect(screen.getByRole('button', { name: 'Import 25 records' })).toBeTruthy();
    await look(served, fixture('teams.csv'));
    expect(screen.getByRole('button', { name: 'Import 12 teams' })).toBeTruthy();
  });

  it('says so when the file has changed since, and comes back to the table', async () => {
    const { served, hands } = await open();
    const path = join(served.workspace.folder, '..', 'teams.csv');
    writeFileSync(path, 'Team name,Members\nRadio,3\n');
    await look(served, path);
    writeFileSync(path, 'Team name,Members\nRadio,4\n');
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    expect(await screen.findByText(/has changed since it was looked at/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Back to the preview' }));
    await settled();
    expect(await teams()).toEqual([]);
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/Counts and samples/);
  });
});
