import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { chooseRows, changeChoices, leaveImport, showPart } from '#renderer/features/transfer/run.ts';
import { currentTable, useImport } from '#renderer/features/transfer/state.ts';
import { begin, open, paste, possible, settled } from './hands.tsx';

beforeEach(begin);

const roster = [
  'Name\tArt\tTeam\tUniversity\tRole',
  'Ada\tStudentin\tRadio\tAlpha\tTests',
  'Dr. Cleo Novak\tProfessorin\tRadio\tAlpha\tHead',
  'Ben\tStudent\tPower\tAlpha\tBoards',
  'Dia\tStudent\tPower\tAlpha\t',
].join('\n');

/** The roster, as it was checked. */
async function look(text = roster) {
  const opened = await open();
  await paste(text);
  await settled();
  return opened;
}

const types = (): string[] => {
  const table = currentTable();
  return table ? [table.choices.type, ...table.others.map(({ choices }) => choices.type)] : [];
};

describe('a table with a column of types', () => {
  it('is imported as records of each type in one change', async () => {
    const { hands } = await look();
    expect(types()).toEqual(['student', 'faculty']);
    expect(screen.getByText(/^1 faculty member and 3 students will be added\./)).toBeTruthy();
    expect(screen.getByRole('combobox', { name: 'Import “Art” as' })).toHaveProperty(
      'value',
      'Type of the row',
    );
    await hands.click(await possible('Import 7 records'));
    await screen.findByText(/counts and samples/);
    const created = { faculty: 1, students: 3, teams: 2, universities: 1 };
    expect(useImport.getState()).toMatchObject({ result: { created, skipped: 0 } });
    expect((await api.history.list({ limit: 9 })).rows.map(({ label }) => label)).toContain('sheet.import');
  });

  it('reports left-out rows of all types, and remaining problems', async () => {
    const { hands } = await look(`${roster}\nTotal\t4 people\nStand: 3.11.2026`);
    await hands.click(await possible('Import 7 records'));
    await screen.findByText(/counts and samples/);
    expect(screen.getByRole('button', { name: '2 rows are left out.' })).toBeTruthy();
    expect(screen.getByText(/“Total” looks like a total/)).toBeTruthy();
    expect(screen.getByText(/“Stand: 3.11.2026” looks like a heading or footer/)).toBeTruthy();
    expect(screen.getByText('“Head” as role: 1')).toBeTruthy();
  });

  it('shows the rows of each type with their decisions', async () => {
    const { hands } = await look();
    const parts = within(screen.getByRole('radiogroup', { name: 'Rows shown below' }));
    expect(parts.getByRole('radio', { name: '3 students' })).toMatchObject({ checked: true });
    await hands.click(screen.getByRole('button', { name: '1 issue' }));
    await settled();
    expect(types()).toEqual(['faculty', 'student']);
    expect(screen.getByRole('heading', { name: '1 issue' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Keep' }));
    await settled();
    act(() => showPart('student'));
    await settled();
    expect(currentTable()?.preview).toMatchObject({ to_decide: 0, others: [{ to_decide: 0 }] });
  });

  it('asks once about common values of its parts', async () => {
    await look();
    act(() => changeChoices({ matching: 'skip', university: null, decimals: 'comma' }));
    act(() =>
      changeChoices((now) => ({
        ...now,
        skip: [2],
        values: [
          { column: 3, value: 'Alpha', becomes: 'Alpha', create: true },
          { column: 4, value: 'Head', becomes: 'Boss', create: true },
        ],
      })),
    );
    expect(currentTable()?.others[0]?.choices).toMatchObject({
      type: 'faculty',
      matching: 'skip',
      decimals: 'comma',
      skip: [2],
      // In the other part the column of roles is a field.
      values: [{ column: 3, value: 'Alpha' }],
    });
  });

  it('can be imported as one type, and by its column again', async () => {
    await look();
    act(() => chooseRows('student'));
    await settled();
    expect(types()).toEqual(['student']);
    expect(currentTable()?.preview).toMatchObject({ creates: 3, skipped: 1 });
    expect(currentTable()?.preview?.report.problems).toMatchObject({ other_type: 1 });
    act(() => chooseRows(null));
    await settled();
    expect(types()).toEqual(['student', 'faculty']);
  });

  it('restores the decisions about each part', async () => {
    await look();
    act(() => showPart('faculty'));
    await settled();
    act(() =>
      changeChoices((now) => ({
        ...now,
        values: [{ column: 4, value: 'Head', becomes: 'pi', create: false }],
      })),
    );
    await settled();
    act(() => showPart('student'));
    await settled();
    leaveImport();
    await paste(roster);
    await settled();
    expect(types()).toEqual(['student', 'faculty']);
    expect(currentTable()).toMatchObject({
      isResumed: true,
      others: [{ choices: { values: [{ column: 4, becomes: 'pi' }] } }],
    });
  });
});
