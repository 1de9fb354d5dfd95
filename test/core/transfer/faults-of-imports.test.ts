import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsedTableCache } from '#core/import/table/read/read.ts';
import { workbook } from '#test/support/workbook.ts';
import { bringText, guessed, look, tryText } from './sheet/support.ts';
import { drain, importFile, refusedWith, workspaceForEach } from './workspace.ts';

const workspace = workspaceForEach();

const list = async (type: 'interface' | 'team' | 'university' | 'student') =>
  (await workspace.client.entities.list({ type })).rows;

async function make(type: 'university' | 'team', name: string, university_id?: string): Promise<string> {
  const data = { name, ...(university_id ? { university_id } : {}) };
  return (await workspace.client.entities.create({ type, data })).record.id;
}

const link = (id: string, energyLoss: number, bondType: string) => ({
  id,
  from: 'a',
  to: id === 'l1' ? 'b' : 'c',
  energyLoss,
  bondType,
});
const teams = ['a', 'b', 'c'].map((id) => ({ id, name: `Team ${id}` }));

describe('losses given as fractions', () => {
  const file = {
    teams,
    interfaces: [link('l1', 0.6, 'fragile-temporary'), link('l2', 0.05, 'codified-strong')],
  };
  const losses = async () =>
    (await list('interface')).map(({ payload }) => Number(payload.energy_loss)).toSorted((a, b) => a - b);

  it('of a JSON file become per cent, and the plan reports it', async () => {
    const path = workspace.put(file);
    const grant = workspace.core.grants.issue(path, 'read');
    const { result: plan } = await drain(await workspace.client.transfer.preview({ grant }));
    expect(plan).toMatchObject({ loss_unit: 'fraction', report: { problems: { loss_unit_guessed: 2 } } });
    await importFile(workspace, path);
    expect(await losses()).toEqual([5, 60]);
  });

  it('stay unchanged if the person chose per cent, and a contradicting bond is a problem', async () => {
    const path = workspace.put(file);
    const grant = workspace.core.grants.issue(path, 'read');
    const options = { loss_unit: 'percent' as const };
    const { result: plan } = await drain(await workspace.client.transfer.preview({ grant, options }));
    expect(plan.report.problems).toEqual({ loss_bond: 1 });
    await importFile(workspace, path, { options });
    expect(await losses()).toEqual([0.05, 0.6]);
  });

  it.each([
    ['an own file that says its unit', { ...file, frames_units: { losses: 'percent' } }, false],
    ['losses above 1', { teams, interfaces: [link('l1', 35, 'institutional-weak')] }, false],
    ['losses that may be either', file, true],
  ])('are asked about only where nobody can tell: %s', async (_, content, asks) => {
    const grant = workspace.core.grants.issue(workspace.put(content), 'read');
    const { result: plan } = await drain(await workspace.client.transfer.preview({ grant }));
    expect(plan.asks_loss_unit).toBe(asks);
  });

  it('of a table become per cent, and one problem reports it', async () => {
    for (const name of ['Radio', 'Power', 'Bus']) await make('team', name);
    const table = 'From,To,Bond,Loss\nRadio,Power,fragile,0.6\nRadio,Bus,strong,0.05\n';
    const { preview } = await tryText(workspace, table, { type: 'interface' });
    expect(preview.share_units).toEqual({ energy_loss: 'fraction' });
    expect(preview.problems.filter(({ code }) => code === 'share_fraction')).toMatchObject([
      { value: '0.6', becomes: 60, count: 2 },
    ]);
    const said = await tryText(workspace, table, {
      type: 'interface',
      share_units: { energy_loss: 'percent' },
    });
    expect(said.preview.problems.map(({ code }) => code)).toContain('loss_bond');
    await bringText(workspace, table, { type: 'interface' });
    expect(await losses()).toEqual([5, 60]);
  });
});

describe('links of a table', () => {
  const three = async () => {
    const schools = await Promise.all(['Summit', 'Coast', 'Delta'].map((name) => make('university', name)));
    const outreach = await Promise.all(schools.map((school) => make('team', 'Outreach', school)));
    await make('team', 'Radio', schools[0]);
    return outreach;
  };

  it('follow the columns that name the universities of both ends', async () => {
    const [, coast] = await three();
    const table = 'From,From university,To,To university\nOutreach,Coast,Radio,Summit\n';
    const { preview } = await tryText(workspace, table, { type: 'interface' });
    expect(preview).toMatchObject({ creates: 1, problem_count: 0 });
    expect(preview.sample[0]?.payload.from).toBe(coast);
  });

  it('without any record at their ends are refused with the missing names', async () => {
    const table = 'From,To\nRadio,Power\n';
    const { preview } = await tryText(workspace, table, { type: 'interface' });
    expect(preview.blocked).toEqual({ reason: 'missing', names: ['Radio', 'Power'] });
    const refused = await refusedWith(bringText(workspace, table, { type: 'interface' }));
    expect(refused).toMatchObject({ code: 'INVALID', data: { issues: [{ code: 'nothing_to_import' }] } });
    expect(refused.message).toContain('"Radio"');
  });

  it('create records at their ends if chosen, each name once', async () => {
    await make('team', 'Bus');
    const table = 'From,To,Loss\nRadio,Power,0.1\nPower,Bus,0.4\n';
    await bringText(workspace, table, { type: 'interface', missing_ends: 'team' });
    const { rows: teams } = await workspace.client.entities.list({
      type: 'team',
      sort: [{ field: 'name', direction: 'asc' }],
    });
    expect(teams.map(({ title }) => title)).toEqual(['Bus', 'Power', 'Radio']);
    const { rows: links } = await workspace.client.entities.list({ type: 'interface' });
    const values = links.map(({ title, payload }) =>
      JSON.stringify([title, payload.energy_loss, payload.interface_type]),
    );
    expect(new Set(values)).toEqual(
      new Set(['["Power → Bus",40,"team-to-team"]', '["Radio → Power",10,"team-to-team"]']),
    );
  });
});

describe('universities of a JSON file that are here by name', () => {
  const file = {
    universities: [{ id: 'u9', name: 'summit' }],
    teams: [{ id: 't1', name: 'Radio', university_id: 'u9' }],
  };

  it('are the same, and their records belong to the existing one', async () => {
    const id = await make('university', 'Summit');
    await importFile(workspace, workspace.put(file), { force: true });
    expect((await list('university')).map(({ title }) => title)).toEqual(['Summit']);
    expect((await list('team'))[0]?.payload.university_id).toBe(id);
  });

  it('are new ones if chosen', async () => {
    await make('university', 'Summit');
    await importFile(workspace, workspace.put(file), { force: true, options: { universities: 'new' } });
    expect(await list('university')).toHaveLength(2);
  });
});

describe('a workbook', () => {
  const sheets = {
    Cover: [['Roster of 2026'], ['Author', 'Jane Doe']],
    Links: [
      ['From', 'To'],
      ['Radio', 'Power'],
    ],
    Teams: [
      ['Team', 'Members'],
      ['Radio', 5],
      ['Power', 4],
      ['Total', 9],
    ],
    People: [
      ['First name', 'Last name', 'Team'],
      ['Ana', 'Silva', 'Radio'],
    ],
  };
  const source = async () => {
    const path = workspace.path('roster.xlsx');
    writeFileSync(path, await workbook(sheets));
    return { grant: workspace.core.grants.issue(path, 'read') };
  };
  const viewOf = async (grant: { grant: string }, sheet: number | null) =>
    (
      await drain(
        await workspace.client.transfer.readSheet({ source: grant, layout: { sheet, header: null } }),
      )
    ).result;

  it('lists all its sheets and does not take its cover for records', async () => {
    const view = await viewOf(await source(), null);
    expect(view.sheets).toEqual(['Cover', 'Links', 'Teams', 'People']);
    expect(view.sheet).not.toBe(0);
  });

  it('does not take a title for headings, although it names the content', async () => {
    const path = workspace.path('roster.xlsx');
    const cover = [['Roster'], ['Author', 'Jane Doe']];
    writeFileSync(path, await workbook({ Cover: cover, Teams: sheets.Teams, People: sheets.People }));
    const view = await viewOf({ grant: workspace.core.grants.issue(path, 'read') }, null);
    expect(view).toMatchObject({ sheet: 1, type: 'team' });
  });

  it('brings several sheets as one change, whatever their order', async () => {
    const grant = await source();
    const of = async (sheet: number) => {
      const view = await viewOf(grant, sheet);
      const skip = sheet === 2 ? [4] : [];
      return { layout: { sheet, header: null }, choices: guessed(view, { skip }) };
    };
    const [links, groups, people] = [await of(1), await of(2), await of(3)];
    const planned = { source: grant, ...links, others: [groups, people] };
    const { result: preview } = await drain(await workspace.client.transfer.previewSheet(planned));
    expect(preview).toMatchObject({ creates: 1, blocked: null });
    expect(preview.others).toMatchObject([
      { sheet: 2, writes: 2, skipped: 1 },
      { sheet: 3, writes: 1 },
    ]);
    const { result } = await drain(await workspace.client.transfer.importSheet(planned));
    expect(result.created).toMatchObject({ teams: 2, students: 1, interfaces: 1 });
    expect((await list('student')).map(({ title }) => title)).toEqual(['Ana Silva']);
    await workspace.client.history.undo({});
    expect([...(await list('team')), ...(await list('student'))]).toEqual([]);
  });
});

describe('custom columns of numbers', () => {
  const costs = async () => (await list('team')).map(({ payload }) => payload.Cost);

  it.each([
    ['with semicolons', 'Team;Cost\nA;980,00\nB;1.250,50\n', [1250.5, 980]],
    ['with commas, quoted', 'Team,Cost\nA,"980,00"\nB,"12,5"\n', [12.5, 980]],
    ['with points', 'Team,Cost\nA,980.00\nB,12\n', [12, 980].map((one) => (one === 980 ? '980.00' : '12'))],
  ])('are numbers %s', async (_, table, expected) => {
    await bringText(workspace, table);
    expect((await costs()).map(Number).toSorted((a, b) => a - b)).toEqual(
      expected.map(Number).toSorted((a, b) => a - b),
    );
    expect((await costs()).every((cost) => typeof cost === 'number')).toBe(true);
  });

  it('of codes stay texts', async () => {
    await bringText(workspace, 'Team,Phone\nA,0171\nB,42\n');
    expect((await list('team')).map(({ payload }) => payload.Phone)).toEqual(
      expect.arrayContaining(['0171', '42']),
    );
  });
});

describe('a parsed file', () => {
  it('is parsed once for all looks at it, and dropped with the import', async () => {
    const tables = parsedTableCache(workspace.core.services);
    const table = 'Team\nRadio\n';
    const { sha256 } = await look(workspace, table);
    const kept = tables.get(`${sha256} 0`);
    expect(kept).toBeDefined();
    await tryText(workspace, table);
    expect(tables.get(`${sha256} 0`)).toBe(kept);
    await bringText(workspace, table);
    expect(tables.get(`${sha256} 0`)).toBeUndefined();
  });
});
