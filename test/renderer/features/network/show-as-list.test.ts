import { beforeEach, describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { showAsList } from '#renderer/features/network/commands/showAsList.ts';
import { go, here } from '#renderer/stores/address.ts';
import { clearNotices, useNotices } from '#renderer/stores/notices.ts';
import { networkOf } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import { modelOf, node } from './support.ts';

const teams = Array.from({ length: 600 }, (_, at) => node(`t${at}`));
const people = [node('f1', { type: 'faculty' }), node('f2', { type: 'faculty' })];
const model = modelOf([...people, ...teams]);
const filter = { field: 'lifecycle', op: 'is' as const, value: 'incoming' };
const told = (): unknown[] => useNotices.getState().list.map(({ title }) => title);

beforeEach(() => {
  clearNotices();
  go(networkOf());
});

describe('the list of what is selected', () => {
  it('names the records', () => {
    showAsList(networkOf(), teams.slice(3, 5), model);
    const value = ['t3', 't4'];
    expect(here().view).toEqual({ ...listOf('team'), filters: [{ field: 'id', op: 'in', value }] });
    expect(told()).toEqual([]);
  });

  it('is of the kind that most of them are, and says what is left out', () => {
    showAsList(networkOf(), [...people, ...teams.slice(0, 3)], model);
    expect(here().view).toMatchObject({ type: 'team', filters: [{ value: ['t0', 't1', 't2'] }] });
    expect(told()).toEqual(['Listed 3 of 5: the teams']);
  });

  it('goes by the filters where all of a kind are selected, however many', () => {
    const filters = [{ type: 'team' as const, filter }];
    showAsList(networkOf({ filters }), teams, model);
    expect(here().view).toEqual({ ...listOf('team'), filters: [filter] });
    expect(told()).toEqual([]);
  });

  it('says so where a list cannot name as many', () => {
    showAsList(networkOf(), teams.slice(0, 550), model);
    const { view } = here();
    expect(view.kind === 'list' && view.filters[0]?.value).toHaveLength(500);
    expect(told()).toEqual(['Listed 500 of 550: the teams']);
  });

  it('is what is shown where nothing is selected: with its filters, or around a record by name', () => {
    showAsList(networkOf({ types: ['team'], filters: [{ type: 'team', filter }] }), [], model);
    expect(here().view).toEqual({ ...listOf('team'), filters: [filter] });
    showAsList(networkOf({ types: ['faculty'], focus: 'f1' }), [], modelOf(people));
    const value = ['f1', 'f2'];
    expect(here().view).toEqual({ ...listOf('faculty'), filters: [{ field: 'id', op: 'in', value }] });
  });
});
