import { describe, expect, it, test } from 'vitest';
import { statedUnit } from '#core/import/table/columns/heading-match.ts';
import { workspaceForEach } from '../workspace.ts';
import { planned } from '../graph/support.ts';
import { bringText, told, tryText } from './support.ts';

test.each([
  ['Kennisverlies (0-5)', 'of_5'],
  ['Loss 1 to 10', 'of_10'],
  ['Verlust (Skala 0–4)', 'of_4'],
  ['Perte /5', 'of_5'],
  ['Pérdida (de 10)', 'of_10'],
  ['Loss (out of 7 points)', 'of_7'],
  ['Verlust (0-100)', 'percent'],
  ['Loss (0..1)', 'fraction'],
  ['Loss %', 'percent'],
  ['Loss', null],
  ['Team 5', null],
  ['Loss 2025', null],
])('the heading “%s” states %s', (heading, unit) => expect(statedUnit(heading)).toBe(unit));

const workspace = workspaceForEach();
const links = (heading: string, ...losses: string[]): string =>
  ['From;To;' + heading, ...losses.map((loss, index) => `Team ${'ABCDEFG'[index]}x;Team Zx;${loss}`)].join(
    '\n',
  );
const options = { type: 'interface', missing_ends: 'by_name' } as const;

const lossesOf = async (): Promise<unknown[]> => {
  const { rows } = await workspace.client.entities.list({ type: 'interface' });
  return rows
    .toSorted((a, b) => a.title.localeCompare(b.title))
    .map(({ payload }) => payload.energy_loss ?? null);
};

describe('losses on a scale', () => {
  it('are converted as the heading says, which is said', async () => {
    const text = links('Kennisverlies (0-5)', '1', '0,5', '5', '0', 'onbekend');
    const { preview } = await tryText(workspace, text, options);
    expect(preview.share_units).toEqual({ energy_loss: 'of_5' });
    expect(preview.problems).toContainEqual(
      expect.objectContaining({ code: 'share_fraction', value: '1', becomes: 20 }),
    );
    await bringText(workspace, text, options);
    expect(await lossesOf()).toEqual([20, 10, 100, 0, null]);
  });

  it('are asked about if no value is above 5 or 10 and nothing says what they are', async () => {
    const text = links('Loss', '1', '3', '2', '4,5');
    const { preview } = await tryText(workspace, text, options);
    expect(preview.share_units).toEqual({ energy_loss: 'percent' });
    expect(preview.share_scales).toEqual({ energy_loss: 'of_5' });
    expect(preview.problems).toContainEqual(
      expect.objectContaining({ code: 'share_small', value: '4,5', weight: 'decide' }),
    );
    await bringText(workspace, text, { ...options, share_units: { energy_loss: 'of_5' } });
    expect(await lossesOf()).toEqual([20, 60, 40, 90]);
  });

  it.each([
    ['percent in the heading', links('Loss %', '1', '3', '2', '4')],
    ['a greater value', links('Loss', '1', '3', '2', '14')],
    ['a per cent sign', links('Loss', '1 %', '3 %', '2 %', '4 %')],
    ['fractions', links('Loss', '0,1', '0,3', '1')],
  ])('are not with %s', async (_, text) => {
    const { preview } = await tryText(workspace, text, options);
    expect(told(preview).join()).not.toContain('share_small');
  });

  it('are converted in graphs too', () => {
    const nodes = [{ id: 'Optics' }, { id: 'Power' }];
    const edge = (loss: number) => ({ source: 'Optics', target: 'Power', 'loss (0-5)': loss });
    const plan = planned({ nodes, links: [edge(1), edge(4.5)] });
    expect(plan.records.flatMap(({ payload }) => payload.energy_loss ?? [])).toEqual([20, 90]);
    const plain = { nodes, links: [{ source: 'Optics', target: 'Power', loss: 4 }] };
    expect(planned(plain)).toMatchObject({ asks_loss_unit: true, loss_scale: 'of_5' });
    expect(planned(plain, { loss_unit: 'of_5' }).records.at(-1)?.payload.energy_loss).toBe(80);
  });
});
