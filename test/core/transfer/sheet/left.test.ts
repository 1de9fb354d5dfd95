import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LeftMatter } from '#shared/contract/left.ts';
import type { SheetChoicesInput } from '#shared/contract/sheets.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { makeWorkspace } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';
import { bringText } from './support.ts';

let workspace: Workspace;
let op_id = '';
beforeEach(async () => {
  workspace = await makeWorkspace();
});
afterEach(() => workspace.dispose());

const entities = () => workspace.client.entities;

async function bring(text: string, other: Partial<SheetChoicesInput> = {}): Promise<void> {
  ({ op_id } = await bringText(workspace, text, other));
}

async function open(...matters: LeftMatter[]): Promise<boolean[] | undefined> {
  const [answer] = await workspace.client.transfer.stillLeft({ imports: [{ op_id, matters }] });
  return answer;
}

async function named(name: string, type: EntityType = 'team'): Promise<string[]> {
  const filters = [{ field: 'name', op: 'is' as const, value: name }];
  return (await entities().list({ type, filters })).rows.map(({ id }) => id);
}
const idOf = async (name: string, type: EntityType = 'team'): Promise<string> =>
  (await named(name, type))[0] ?? '';

const power: LeftMatter = { kind: 'kept', type: 'team', field: 'discipline', value: 'Power systems' };
const size: LeftMatter = { kind: 'empty', type: 'team', field: 'size', heading: 'Size' };
const start: LeftMatter = { kind: 'days', type: 'team', field: 'own:Start', sign: '/' };
const table =
  'Name\tDiscipline\tSize\tStart\nGecko\tPower systems\tsix\t03/04/2025\nNewt\tsoftware\t\t2025-01-01\n' +
  'Frog\tsoftware\t3\tn/a\nToad\tsoftware\t3\t04/05/2025\n';

describe('what an import left to mend', () => {
  it('stands until its own records are mended, whatever others hold', async () => {
    await bring(table);
    const other = { discipline: 'Power systems', Start: '03/04/2025' };
    await entities().create({ type: 'team', data: { name: 'Later', ...other } });
    expect(await open(power, size, start)).toEqual([true, true, true]);
    const gecko = await idOf('Gecko');
    await entities().update({ type: 'team', id: gecko, data: { discipline: 'power' } });
    expect(await open(power, size, start)).toEqual([false, true, true]);
    await entities().update({ type: 'team', id: gecko, data: { size: 6, Start: '2025-04-03' } });
    expect(await open(power, size, start)).toEqual([false, false, true]);
    // What is no day stays as it is, and has a line of its own.
    await entities().update({ type: 'team', id: await idOf('Toad'), data: { Start: '2025-05-04' } });
    expect(await open(power, size, start)).toEqual([false, false, false]);
    const odd: LeftMatter = { kind: 'kept', type: 'team', field: 'own:Start', value: 'n/a' };
    expect(await open(odd)).toEqual([true]);
  });

  it('is nothing once the import is taken back, and is there again when it is done again', async () => {
    await entities().create({ type: 'team', id: 'team_1', data: { name: 'Gecko', size: null } });
    await entities().create({ type: 'team', data: { name: 'Other', discipline: 'Power systems' } });
    await bring(table, { matching: 'update' });
    expect(await open(power, size, start)).toEqual([true, true, true]);
    await workspace.client.history.undo({});
    expect(await open(power, size, start)).toEqual([false, false, false]);
    await workspace.client.history.redo({});
    expect(await open(power, size, start)).toEqual([true, true, true]);
    await workspace.client.history.undo({});
    // The team that was here has no size, as before, and gets the same word from a person.
    await entities().update({ type: 'team', id: 'team_1', data: { discipline: 'Power systems' } });
    expect(await open(power, size, start)).toEqual([false, false, false]);
  });

  it('is over with records that are deleted', async () => {
    await bring(table);
    await entities().remove({ type: 'team', id: await idOf('Gecko') });
    expect(await open(power, size, start)).toEqual([false, false, true]);
  });

  it('is a name that came twice, until one of the two is called otherwise', async () => {
    await bring('Name\tUniversity\nGecko\tSummit\ngecko\tSummit\nGecko\tDelta\n', { type: 'team' });
    await entities().create({ type: 'team', data: { name: 'Gecko' } });
    const twice: LeftMatter = { kind: 'twice', type: 'team', name: 'gecko' };
    expect(await open(twice)).toEqual([true]);
    await entities().update({ type: 'team', id: await idOf('gecko'), data: { name: 'Gecko 2' } });
    expect(await open(twice)).toEqual([false]);
  });

  it('is two names that are nearly the same, until they are not or one is gone', async () => {
    await entities().create({ type: 'university', id: 'univ_1', data: { name: 'Purdue' } });
    await bring('Name\tSchool\nA\tSummit State\nB\tSummit Stat\nC\tPurdue University\n', {
      type: 'team',
      missing: { university_id: 'create' },
    });
    const alike = (name: string, other: string, here = false): LeftMatter => {
      return { kind: 'alike', type: 'university', name, other, here };
    };
    const both = [alike('Summit Stat', 'Summit State'), alike('Purdue University', 'univ_1', true)] as const;
    expect(await open(...both)).toEqual([true, true]);
    await entities().create({ type: 'university', data: { name: 'Summit State' } });
    await entities().remove({
      type: 'university',
      id: await idOf('Summit Stat', 'university'),
      with_contents: true,
    });
    await entities().update({ type: 'university', id: 'univ_1', data: { name: 'Delta' } });
    expect(await open(...both)).toEqual([false, false]);
  });

  it('is nothing of an import that nobody knows', async () => {
    op_id = 'nobody';
    expect(await open(power, size)).toEqual([false, false]);
  });

  it('leaves the lists that somebody looks at in the cache, as does all that only counts', async () => {
    await bring(table);
    const { lists } = workspace.core.context(workspace.core.session()).services;
    const sort = [{ field: 'size', direction: 'asc' as const }];
    await entities().list({ type: 'team', sort });
    const key = JSON.stringify(['team', [], '', 'without', sort]);
    expect(lists.has(key)).toBe(true);
    for (let least = 0; least < 30; least += 1) {
      await open(power, size, start);
      const filters = [{ field: 'size', op: 'gte' as const, value: least }];
      const { matched, rows, total } = await entities().list({ type: 'team', filters, limit: 0 });
      expect({ matched, rows, total }).toEqual({ matched: least <= 3 ? 2 : 0, rows: [], total: 4 });
    }
    expect(lists.has(key)).toBe(true);
  });
});
