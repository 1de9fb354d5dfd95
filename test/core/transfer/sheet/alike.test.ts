import { describe, expect, it } from 'vitest';
import type { SheetPreview } from '#shared/contract/sheets.ts';
import { workspaceForEach } from '../workspace.ts';
import { bringText, tryText } from './support.ts';

const workspace = workspaceForEach();

/** Names that are to look at, with what each may be in other words. */
const alike = ({ problems }: SheetPreview) =>
  problems
    .filter(({ code }) => code === 'reference_alike')
    .map(({ value, count, suggestions }) => [value, count, suggestions.map(({ label }) => label)]);

const table = (...schools: string[]): string =>
  ['Team name,School', ...schools.map((school, at) => `T${at},${school}`)].join('\n');

const universities = async (): Promise<string[]> =>
  (await workspace.client.entities.list({ type: 'university' })).rows.map(({ title }) => title).toSorted();

const schools = table(
  'University of Michigan',
  'Univeristy of Michigan',
  'University of Michigan',
  'Purdue',
  'Purdue University',
  'Ohio State',
);

describe('new names that are nearly equal', () => {
  it('are asked about: the less frequent one, with the other', async () => {
    const { preview } = await tryText(workspace, schools);
    expect(preview.along_count).toBe(5);
    expect(alike(preview)).toEqual([
      ['Univeristy of Michigan', 1, ['University of Michigan']],
      ['Purdue University', 1, ['Purdue']],
    ]);
    expect(preview.problems[0]).toMatchObject({ action: 'created', lines: [3], came: 1 });
  });

  it('become one if chosen, although neither exists', async () => {
    const values = [
      { column: 1, value: 'Univeristy of Michigan', becomes: 'University of Michigan', create: true },
      { column: 1, value: 'Purdue', becomes: 'Purdue University', create: true },
    ];
    const { preview } = await tryText(workspace, schools, { values });
    expect(alike(preview)).toEqual([]);
    expect(preview.values_used).toHaveLength(2);
    await bringText(workspace, schools, { values });
    expect(await universities()).toEqual(['Ohio State', 'Purdue University', 'University of Michigan']);
    // The next table finds it here.
    const again = await bringText(workspace, table('Univeristy of Michigan'), {
      values,
      matching: 'create',
    });
    expect(again.created).toMatchObject({ universities: 0 });
  });

  it('stay two if chosen, each pair separately', async () => {
    const keep = { column: 1, value: 'Purdue University', becomes: 'Purdue University', create: true };
    const { preview } = await tryText(workspace, schools, { values: [keep] });
    expect(alike(preview).map(([name]) => name)).toEqual(['Univeristy of Michigan']);
    expect(preview.along_count).toBe(5);
  });

  it('are no question if the table has their ids', async () => {
    const ids = ['univ_00000000-0000-7000-8000-000000000001', 'univ_00000000-0000-7000-8000-000000000002'];
    const text = `Team name,School,School (id)\nA,Purdue,${ids[0]}\nB,Purdue University,${ids[1]}\n`;
    expect(alike((await tryText(workspace, text)).preview)).toEqual([]);
  });

  it('are found among 2,000', async () => {
    const word = (at: number): string => {
      let seed = Math.imul(at + 1, 2_654_435_761) >>> 0;
      let text = '';
      for (; text.length < 8; seed = Math.imul(seed ^ (seed >>> 13), 1_540_483_477) >>> 0)
        text += 'bcdfghjklmnprstvwz'.charAt(seed % 18) + 'aeiou'.charAt((seed >>> 8) % 5);
      return text;
    };
    const names = Array.from({ length: 2000 }, (_, at) => `College of ${word(at)} ${word(at + 40_000)}`);
    const slip = (names[17] as string).replace('College', 'Colege');
    const { preview } = await tryText(workspace, table(...names, slip));
    expect(preview.along_count).toBe(2001);
    const found = preview.problems.filter(({ code }) => code === 'reference_alike');
    expect(found.map(({ value }) => value)).toContain(slip);
  });
});

describe('values of rows that are here already', () => {
  const odd = 'Team name,Discipline,Members\nRadio,Solar sail,few\nPower,Plasma,3\n';
  const odds = ({ problems }: SheetPreview) => problems.map(({ value, count, came }) => [value, count, came]);

  it('are imported with new records, not with those that have them', async () => {
    expect(odds((await tryText(workspace, odd)).preview)).toEqual([
      ['few', 1, 1],
      ['Solar sail', 1, 1],
      ['Plasma', 1, 1],
    ]);
    await bringText(workspace, odd);
    for (const matching of ['update', 'ask'] as const) {
      const { preview } = await tryText(workspace, odd, { matching });
      expect(odds(preview)).toEqual([
        ['few', 1, 0],
        ['Solar sail', 1, 0],
        ['Plasma', 1, 0],
      ]);
    }
  });
});

describe('names of link ends', () => {
  it.each([
    ['構造班', '構造'],
    ['Computador de Bordo', 'Comp. de Bordo'],
    ['Thermal', 'Thermal team'],
  ])('such as %s and %s are asked about, in both columns', async (name, short) => {
    const links = [
      'From,To,Loss',
      `${name},Optics,10`,
      `Optics,${name},20`,
      `Power,${short},30`,
      'Optics,Power,40',
    ];
    const options = { type: 'interface', missing_ends: 'by_name' } as const;
    const { preview } = await tryText(workspace, links.join('\n'), options);
    expect(alike(preview)).toEqual([[short, 1, [name]]]);
    const values = [{ column: 1, value: short, becomes: name, create: true }];
    await bringText(workspace, links.join('\n'), { ...options, values });
    const { rows } = await workspace.client.entities.list({ type: 'team' });
    expect(rows.map(({ title }) => title).toSorted()).toEqual([name, 'Optics', 'Power'].toSorted());
  });
});
