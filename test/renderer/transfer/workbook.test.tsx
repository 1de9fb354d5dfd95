import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseOtherSheets, previewFile, changeSheetLayout } from '#renderer/features/transfer/run.ts';
import { currentTable, useImport } from '#renderer/features/transfer/state.ts';
import { workbook } from '#test/support/workbook.ts';
import { begin, open, possible, settled } from './hands.tsx';

beforeEach(begin);

const sheets = {
  Links: [
    ['From', 'To', 'Bond'],
    ['Radio', 'Power', 'codified, strong'],
    ['Radio', 'Bus', 'unheard of'],
  ],
  Teams: [
    ['Team name', 'University', 'Area', 'Stage'],
    ['Radio', 'Summit', 'software', 'Build'],
    ['Power', 'Summit', 'Magic', 'Test'],
    ['Bus', 'Summit', 'software', ''],
    ['', 'Summit', 'software', 'Build'],
  ],
};

/** Looks at the links of the workbook, with its teams chosen besides. */
async function look(content: Readonly<Record<string, string[][]>>) {
  const opened = await open();
  const path = join(opened.served.workspace.folder, '..', 'programme.xlsx');
  writeFileSync(path, await workbook(content));
  const grant = opened.served.workspace.core.grants.issue(path, 'read');
  await act(() => previewFile({ grant, name: 'programme.xlsx', bytes: statSync(path).size }));
  await settled();
  await act(() => changeSheetLayout({ sheet: 0, header: null }));
  await settled();
  await act(() => chooseOtherSheets([1]));
  await settled();
  return opened;
}

describe('a workbook with several sheets', () => {
  it('has the same counts for a sheet whichever is shown, and all of them before it starts', async () => {
    const { hands } = await look(sheets);
    const inside = currentTable()?.preview;
    const outside = inside?.others[0];
    expect(inside).toMatchObject({ type: 'interface', creates: 2, along_count: 0, to_decide: 1 });
    const teams = { type: 'team', creates: 3, along_count: 1, skipped: 1, writes: 4, to_decide: 2 };
    expect(outside).toMatchObject(teams);
    expect(
      screen.getByText(/^3 teams and 2 links will be added\. .* \(Summit\)\. 1 row is left out/),
    ).toBeTruthy();
    expect(screen.getByText(/“Teams”: 3 teams\. .*2 issues/)).toBeTruthy();
    expect(screen.getByRole('button', { name: '3 issues' })).toBeTruthy();
    await act(() => changeSheetLayout({ sheet: 1, header: null }));
    await settled();
    expect(currentTable()?.preview).toMatchObject(teams);
    expect(screen.getByRole('heading', { name: '2 issues' })).toBeTruthy();
    expect(screen.getByRole('button', { name: '3 issues' })).toBeTruthy();
    await hands.click(await possible('Import 6 records'));
    await screen.findByText(/counts and samples/);
    expect(useImport.getState()).toMatchObject({
      result: { created: { interfaces: 2, teams: 3, universities: 1 } },
    });
  });

  it('keeps the heading row of a sheet while another one is shown', async () => {
    const { Links, Teams } = sheets;
    await look({ Links: [['Links of spring', 'Draft', 'v2'], ...Links], Teams });
    await act(() => changeSheetLayout({ sheet: 0, header: 2 }));
    await settled();
    const before = currentTable()?.view;
    expect(before).toMatchObject({ header: 2, rows: 2 });
    for (const sheet of [1, 0]) {
      await act(() => changeSheetLayout({ sheet, header: null }));
      await settled();
    }
    expect(currentTable()).toMatchObject({ view: before, layout: { header: 2 }, preview: { creates: 2 } });
  });
});
