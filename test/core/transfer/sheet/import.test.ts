import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drain, refusedWith, stateOf, verified, workspaceForEach, makeWorkspace } from '../workspace.ts';
import { rawWorkbook } from '#test/support/workbook.ts';
import { bringText, guessed, teamsCsv, teamsXlsx, look, told, tryText } from './support.ts';

const workspace = workspaceForEach();

const teams = async () =>
  (
    await workspace.client.entities.list({
      type: 'team',
      limit: 100,
      sort: [{ field: 'name', direction: 'asc' }],
    })
  ).rows;

/** Reads a file with a ticket and gives what is needed to import it. */
async function chosen(path: string) {
  const source = { grant: workspace.core.grants.issue(path, 'read') };
  const { result: view } = await drain(await workspace.client.transfer.readSheet({ source }));
  return { source, view };
}

describe('typed cells of a workbook', () => {
  it('become booleans and days, in fields and custom fields', async () => {
    const cells = (...all: string[]) => `<row>${all.join('')}</row>`;
    const text = (value: string) => `<c t="str"><v>${value}</v></c>`;
    const rows = [
      cells(...['Name', 'Team', 'Semesters left', 'Team lead', 'Graduated on', 'Insured', 'Since'].map(text)),
      cells(
        ...['Ada Lund', 'Radio'].map(text),
        '<c><v>3</v></c><c t="b"><v>1</v></c><c s="1"><v>45869</v></c><c t="b"><v>0</v></c><c t="d"><v>2024-02-29T00:00:00</v></c>',
      ),
    ].join('');
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
    const path = workspace.path('people.xlsx');
    writeFileSync(path, rawWorkbook({ rows, styles }));
    const { source, view } = await chosen(path);
    await drain(
      await workspace.client.transfer.importSheet({ source, choices: guessed(view, { type: 'student' }) }),
    );
    const [student] = (await workspace.client.entities.list({ type: 'student' })).rows;
    expect(student?.payload).toMatchObject({
      is_lead: true,
      graduated_at: '2025-07-31',
      Insured: false,
      Since: '2024-02-29',
    });
  });
});

describe.each([
  ['CSV', teamsCsv],
  ['XLSX', teamsXlsx],
])('a table of teams as %s', (_, path) => {
  it('is imported in one change, undone and redone, and the log stays intact', async () => {
    const { source, view } = await chosen(path);
    expect(view).toMatchObject({ type: 'team', rows: 12, header: 1 });
    const choices = guessed(view, { values: [{ column: 2, value: 'Elec Eng', becomes: 'electrical' }] });
    const { result } = await drain(
      await workspace.client.transfer.importSheet({ source, choices, backup: true, sha256: view.sha256 }),
    );
    expect(result).toMatchObject({ verified: true, skipped: 0 });
    expect(result.created).toMatchObject({ teams: 12, universities: 5 });
    expect(await workspace.client.backups.list({})).toMatchObject([{ id: result.backup }]);

    const since = [{ field: 'updated_at', op: 'gte' as const, value: result.started_at }];
    expect((await workspace.client.entities.list({ type: 'team', filters: since })).matched).toBe(12);
    const rows = await teams();
    const panels = rows.find(({ title }) => title === 'Solar Panels');
    expect(panels?.payload).toMatchObject({ discipline: 'electrical', size: 5, experience: 16, Room: 'T-2' });
    expect(panels?.derived).toMatchObject({ university_title: 'Texas State' });
    const power = rows.find(({ title }) => title === 'Power and Harness');
    expect(power?.payload).toMatchObject({ experience: 24, description: 'Keeps the flight batteries' });
    const camera = rows.find(({ title }) => title === 'Payload Camera');
    expect(camera?.payload).toMatchObject({ imported_values: { Members: 'a few' } });
    expect(camera?.payload.size).toBeUndefined();

    const [entry] = (await workspace.client.history.list({ limit: 1 })).rows;
    expect(entry).toMatchObject({ label: 'sheet.import', params: { type: 'team', count: 17, made: 17 } });
    const before = await stateOf(workspace);
    await workspace.client.history.undo({});
    expect(await teams()).toEqual([]);
    await workspace.client.history.redo({});
    expect(await stateOf(workspace)).toEqual(before);
    expect(await verified(workspace)).toMatchObject({ ok: true });
  });
});

describe('importing a table', () => {
  it('uses the ticket up, and gives it back when the import is refused', async () => {
    const { source, view } = await chosen(teamsCsv);
    const choices = guessed(view);
    const wrong = workspace.client.transfer.importSheet({ source, choices, sha256: 'other' }).then(drain);
    expect(await refusedWith(wrong)).toMatchObject({
      code: 'BAD_FILE',
      data: { reason: 'changed_since_preview' },
    });
    await drain(await workspace.client.transfer.importSheet({ source, choices }));
    const again = workspace.client.transfer.importSheet({ source, choices }).then(drain);
    expect(await refusedWith(again)).toMatchObject({ code: 'GRANT_EXPIRED' });
  });

  it('is refused until rows with existing names are decided', async () => {
    await workspace.client.entities.create({ type: 'team', data: { name: 'Radio', size: 3 } });
    const table = 'Team name,Members\nRadio,9\n';
    expect(await refusedWith(bringText(workspace, table))).toMatchObject({ code: 'INVALID' });
    const updated = await bringText(workspace, table, { matching: 'update' });
    expect(updated.updated).toMatchObject({ teams: 1 });
    expect((await teams()).map(({ payload }) => payload.size)).toEqual([9]);
    expect(await bringText(workspace, table, { matching: 'update' })).toMatchObject({ op_id: '' });
    expect(await bringText(workspace, table, { matching: 'skip' })).toMatchObject({ op_id: '', skipped: 1 });
    expect((await bringText(workspace, table, { matching: 'create' })).created).toMatchObject({ teams: 1 });
    expect(await teams()).toHaveLength(2);
  });

  it('brings a deleted record back when the table names its id', async () => {
    const {
      record: { id },
    } = await workspace.client.entities.create({ type: 'team', data: { name: 'Radio', size: 3 } });
    await workspace.client.entities.remove({ type: 'team', id });
    const result = await bringText(workspace, `Id,Team name,Members\n${id},Radio,7\n`);
    expect(result.restored).toMatchObject({ teams: 1 });
    expect((await teams())[0]?.payload).toMatchObject({ size: 7 });
    expect(await verified(workspace)).toMatchObject({ ok: true });
  });

  it('cancels without a trace', async () => {
    const { source, view } = await chosen(teamsCsv);
    const stop = new AbortController();
    const stream = await workspace.client.transfer.importSheet(
      { source, choices: guessed(view) },
      { signal: stop.signal },
    );
    stop.abort();
    expect(await refusedWith(drain(stream))).toMatchObject({ code: 'CANCELLED' });
    expect(await teams()).toEqual([]);
  });

  it('imports links by the names of their ends, with bond and kind', async () => {
    await bringText(workspace, 'Team name,School\nRadio,Summit\nPower,Summit\nPower,Redwood\n');
    const links = 'From,To,Bond\nRadio,Power (Redwood),strong\nRadio,Powr,weak\n';
    const result = await bringText(workspace, links, { type: 'interface' });
    expect(result.created).toMatchObject({ interfaces: 1 });
    const [link] = (await workspace.client.entities.list({ type: 'interface' })).rows;
    expect(link).toMatchObject({
      title: 'Radio → Power',
      payload: { bond_type: 'codified-strong', energy_loss: 5, interface_type: 'team-to-team' },
    });
  });
});

const table = [
  'Date,Who,With,Type,Topic',
  '2026-03-02,Ada Kim,Power,Meeting,Interface review',
  '2026-03-05 14:30,"Ada Kim; Ben Ortiz",Dr. Lin,E-mail,',
  '2026-03-09,Power,Ben Ortiz,review,',
  '2026-03-10,Nobody Known,,chat,',
].join('\n');

async function filled() {
  const workspace = await makeWorkspace();
  const { entities } = workspace.client;
  const make = async (
    type: 'university' | 'team' | 'student' | 'faculty',
    id: string,
    name: string,
    more = {},
  ) => entities.create({ type, id, data: { name, ...more } });
  await make('university', 'uni', 'Summit');
  await make('team', 'power', 'Power', { university_id: 'uni' });
  await make('student', 'ada', 'Ada Kim', { university_id: 'uni', team_id: 'power' });
  await make('student', 'ben', 'Ben Ortiz', { university_id: 'uni' });
  await make('faculty', 'lin', 'Dr. Lin', { university_id: 'uni' });
  return workspace;
}

it('is known by its headings, and read with its people, day and university', async () => {
  const workspace = await filled();
  expect((await look(workspace, table)).type).toBe('contact');
  const { preview } = await tryText(workspace, table);
  expect(told(preview)).toEqual([
    'people_missing | 2026-03-10 · Nobody Known · chat | 5 | skipped',
    'converted | E-mail | 3 | converted',
  ]);
  const first = await bringText(workspace, table);
  expect(first.created).toMatchObject({ contacts: 3 });
  const sort = [{ field: 'date', direction: 'asc' as const }];
  const { rows } = await workspace.client.entities.list({ type: 'contact', sort });
  expect(rows.map(({ payload }) => payload)).toMatchObject([
    { date: '2026-03-02', who: ['ada'], with: ['power'], kind: 'meeting', university_id: 'uni' },
    { date: '2026-03-05 14:30', who: ['ada', 'ben'], with: ['lin'], kind: 'message', university_id: 'uni' },
    { date: '2026-03-09', who: ['power'], with: ['ben'], kind: 'review', university_id: 'uni' },
  ]);
  const again = await bringText(workspace, `${table}\n2026-03-11,Ben Ortiz,Power,review,`);
  expect(again.created).toMatchObject({ contacts: 1 });
});
