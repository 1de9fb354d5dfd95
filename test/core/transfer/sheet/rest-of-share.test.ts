import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnTarget, SheetChoicesInput } from '#shared/contract/sheets.ts';
import type { Json } from '#shared/domain/json.ts';
import { headingsByField, restHeadings } from '#core/model/interchange/heading-words.ts';
import { plainHeading } from '#core/model/interchange/headings.ts';
import { drain, makeWorkspace, refusedWith, workspaceForEach } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';
import { bringText, look, tryText } from './support.ts';

const workspace = workspaceForEach();

const restOfLoss: ColumnTarget = { to: 'rest_of', field: 'energy_loss' };
const loss: ColumnTarget = { to: 'field', field: 'energy_loss' };
const options: Partial<SheetChoicesInput> = { type: 'interface', missing_ends: 'team' };

/** A table of links with a value each: T0 to T1, T1 to T2 and so on. */
const links = (heading: string, ...values: (string | number)[]): string =>
  [`From;To;${heading}`, ...values.map((value, index) => `T${index};T${index + 1};${value}`)].join('\n');

/** The field of each link, by its source. */
async function fieldOfLinks(field: string, of: Workspace = workspace): Promise<Record<string, Json>> {
  const { rows } = await of.client.entities.list({ type: 'interface', limit: 200 });
  return Object.fromEntries(
    rows
      .map(({ title, payload }) => [title.split(' ')[0] ?? '', payload[field] ?? null] as const)
      .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
  );
}

async function lossesOf(text: string, other: Partial<SheetChoicesInput> = {}): Promise<Json[]> {
  await bringText(workspace, text, { ...options, ...other });
  return Object.values(await fieldOfLinks('energy_loss'));
}

const targetOf = async (text: string, column = 2): Promise<ColumnTarget | undefined> =>
  (await look(workspace, text)).guesses.interface?.[column];

describe('a column of kept shares', () => {
  it.each([
    ['Retained', [0.8, 1, 0, 0.05], [20, 0, 100, 95]],
    ['Wissen erhalten', ['75 %', '100 %', '0 %'], [25, 0, 100]],
    ['Wissen erhalten in Prozent', [75, 100, 0], [25, 0, 100]],
    ['% retained', [5, 8], [95, 92]],
    ['Share of knowledge kept', [0.333333, 0.5], [66.6667, 50]],
    ['Transfer efficiency', ['0,8', '0,25'], [20, 75]],
    ['kennisbehoud', [80, 95], [20, 5]],
    ['Transfer rate', ['3/5', '4 of 5', '5/5', '0/5'], [40, 20, 0, 100]],
    ['保持率', [0.9, 0.4], [10, 60]],
    ['引継率', ['8割', '2割5分'], [20, 75]],
    ['유지율', [90, 40], [10, 60]],
    ['Wissen erhalten / Retained', [0.9, 0.4], [10, 60]],
  ])('named “%s” is the rest of the loss', async (heading, values, losses) => {
    const text = links(heading, ...values);
    expect(await targetOf(text)).toEqual(restOfLoss);
    expect(await lossesOf(text)).toEqual(losses);
  });

  it('stays unknown where a cell is blank, and is never a loss of 100 %', async () => {
    expect(await lossesOf(links('Retained', 0.8, '', 'N/A', 0.5))).toEqual([20, null, null, 50]);
  });

  it('is reported once with an example that shows both unit and direction', async () => {
    const { preview } = await tryText(workspace, links('Retained', 1, 0, 0.8, 0.6), options);
    expect(preview.share_units).toEqual({ energy_loss: 'fraction' });
    expect(preview.report.problems).toEqual({ share_rest: 4 });
    expect(preview.problems.filter(({ code }) => code.startsWith('share'))).toMatchObject([
      {
        code: 'share_rest',
        column: 2,
        field: 'energy_loss',
        value: '0.8',
        becomes: 20,
        count: 4,
        action: 'converted',
        weight: 'minor',
      },
    ]);
  });

  it('is in the unit that is chosen for the field', async () => {
    const values = [0.8, 0.6];
    const share_units = { energy_loss: 'percent' as const };
    expect(await lossesOf(links('Retained', ...values), { share_units })).toEqual([99.2, 99.4]);
  });

  it('keeps a value that is no share apart', async () => {
    const share_units = { energy_loss: 'fraction' as const };
    const { preview } = await tryText(workspace, links('Retained', 0.8, 80, '20 %', 'most'), {
      ...options,
      share_units,
    });
    expect(preview.sample.map(({ payload }) => payload.energy_loss)).toEqual([20, undefined, 80, undefined]);
    expect(preview.report.problems).toMatchObject({ out_of_range: 1, not_a_number: 1 });
    expect(preview.sample[1]?.payload.imported_values).toEqual({ Retained: '80' });
  });

  it('takes a number among marks for a mark without its maximum', async () => {
    expect(await lossesOf(links('Retained', '3/5', '4/5', 4))).toEqual([40, 20, null]);
  });

  it('is compared with the bond as a loss', async () => {
    const text = 'From;To;Bond;Retained\nT0;T1;strong;0.1\nT1;T2;fragile;0.4';
    const { preview } = await tryText(workspace, text, options);
    expect(preview.problems.filter(({ code }) => code === 'loss_bond')).toMatchObject([
      { lines: [2], column: 3, value: '90 %' },
    ]);
  });

  it('settles the question for a column of losses', async () => {
    const values = [0.8, 0.6, 0.5, 0.9];
    expect((await look(workspace, links('Odd', ...values))).doubts.roles.interface?.[0]?.field).toBe(
      'energy_loss',
    );
    const roles = (await look(workspace, links('Retained', ...values))).doubts.roles.interface ?? [];
    expect(roles.map(({ field }) => field)).not.toContain('energy_loss');
  });

  it('is undone and imported again without a change', async () => {
    const text = links('Retained', 0.8, 0.6);
    await bringText(workspace, text, options);
    const { preview } = await tryText(workspace, text, { ...options, matching: 'update' });
    expect(preview).toMatchObject({ unchanged: 2, writes: 0 });
    await workspace.client.history.undo({});
    expect(await fieldOfLinks('energy_loss')).toEqual({});
  });
});

describe('values that are no shares', () => {
  it.each([
    ['flags', ['1', '0', '1', '1']],
    ['words', ['yes', 'no', 'yes', 'yes']],
    ['points', ['4', '2', '5', '1']],
    ['counts', ['250', '12', '40', '1200']],
    ['names', ['Ada', 'Ben', 'Cleo', 'Dora']],
  ])('leave the column a custom field: %s', async (_, values) => {
    expect(await targetOf(links('Retained', ...values))).toEqual({ to: 'own', name: 'Retained' });
  });
});

describe('a table with both', () => {
  const both = 'From;To;Retained;Loss\nT0;T1;0.8;20\nT1;T2;0.7;35';

  it('takes the column of the loss, and the other for a custom field', async () => {
    expect(await targetOf(both, 3)).toEqual(loss);
    expect(await targetOf(both)).toEqual({ to: 'own', name: 'Retained' });
    expect(await lossesOf(both)).toEqual([20, 35]);
  });

  it('takes what a person chooses', async () => {
    const source = { text: both, name: 'teams.csv' };
    const chosen = { 2: restOfLoss };
    const layout = { sheet: null, header: null };
    const read = await workspace.client.transfer.readSheet({ source, layout, chosen });
    const columns = (await drain(read)).result.guesses.interface ?? [];
    expect(columns.slice(2)).toEqual([restOfLoss, { to: 'own', name: 'Loss' }]);
    expect(await lossesOf(both, { columns, chosen: [2] })).toEqual([20, 30]);
  });

  it('is refused if both become the field', async () => {
    const columns = [
      { to: 'field' as const, field: 'from' },
      { to: 'field' as const, field: 'to' },
      restOfLoss,
      loss,
    ];
    const refused = await refusedWith(bringText(workspace, both, { ...options, columns }));
    expect(refused).toMatchObject({ code: 'INVALID', data: { issues: [{ code: 'twice' }] } });
  });
});

describe('a column chosen by hand', () => {
  const columns = (target: ColumnTarget): ColumnTarget[] => [
    { to: 'field', field: 'from' },
    { to: 'field', field: 'to' },
    target,
  ];

  it('is the rest of any share', async () => {
    const text = links('Odd', 0.3, 1);
    await bringText(workspace, text, {
      ...options,
      columns: columns({ to: 'rest_of', field: 'documented' }),
    });
    expect(Object.values(await fieldOfLinks('documented'))).toEqual([70, 0]);
  });

  it('is a custom field again', async () => {
    const text = links('Retained', 0.8, 0.6);
    await bringText(workspace, text, { ...options, columns: columns({ to: 'own', name: 'Retained' }) });
    expect(await fieldOfLinks('energy_loss')).toEqual({ T0: null, T1: null });
  });

  it.each(['importance', 'nothing', 'from'])('is refused as the rest of %s', async (field) => {
    const refused = await refusedWith(
      bringText(workspace, links('Odd', 1), { ...options, columns: columns({ to: 'rest_of', field }) }),
    );
    expect(refused).toMatchObject({ code: 'INVALID', data: { issues: [{ path: 'columns.2' }] } });
  });
});

it('a loss that is chosen to be a fraction never exceeds 100 %, and keeps its per cent sign', async () => {
  const share_units = { energy_loss: 'fraction' as const };
  expect(await lossesOf(links('Loss', 0.5, 80, '20 %', 1), { share_units })).toEqual([50, null, 20, 100]);
});

describe('the headings of rests', () => {
  const all = Object.values(restHeadings).flat();

  it('are folded, and no headings of other fields of a link', () => {
    for (const heading of all) expect(plainHeading(heading).normalize('NFC'), heading).toBe(heading);
    const fields = ['energy_loss', 'documented', 'bond_type', 'interface_type', 'from', 'to', 'importance'];
    const taken = new Set(fields.flatMap((field) => headingsByField[field] ?? []));
    expect(all.filter((heading) => taken.has(heading))).toEqual([]);
  });
});

it('a table of losses and one of kept shares give the same links', async () => {
  const share = fc.oneof(
    fc.constantFrom(0, 100, 50),
    fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 10_000),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(share, { freq: 4 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('percent' as const, 'fraction' as const),
      async (losses, unit) => {
        const written = (value: number): string =>
          (unit === 'percent' ? value : value / 100).toFixed(8).replace(/\.?0+$/, '');
        const column = (read: (lost: number) => number): string[] =>
          losses.map((lost) => (lost === null ? '' : written(read(lost))));
        const read = async (target: ColumnTarget, values: readonly string[]) => {
          const other = await makeWorkspace();
          const columns: ColumnTarget[] = [
            { to: 'field', field: 'from' },
            { to: 'field', field: 'to' },
            target,
          ];
          const share_units = { energy_loss: unit };
          await bringText(other, links('Value', ...values), { ...options, columns, share_units });
          return fieldOfLinks('energy_loss', other);
        };
        const kept = await read(
          restOfLoss,
          column((lost) => 100 - lost),
        );
        expect(kept).toEqual(
          await read(
            loss,
            column((lost) => lost),
          ),
        );
      },
    ),
    { numRuns: 15 },
  );
});
