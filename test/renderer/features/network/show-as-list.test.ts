import { beforeEach, describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { showAsList } from '#renderer/features/network/commands/useSelectionCommands.ts';
import { go, here } from '#renderer/stores/address.ts';
import { clearNotices, useNotices } from '#renderer/stores/notices.ts';
import { networkOf } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import { modelOf, node } from './support.ts';

const teams = Array.from({ length: 600 }, (_, at) => node(`t${at}`));
const people = [node('f1', { type: 'faculty' }), node('f2', { type: 'faculty' })];
const model = modelOf([...people, ...teams]);
const told = (): unknown[] => useNotices.getState().list.map(({ title }) => title);

beforeEach(() => {
  clearNotices();
  go(networkOf());
});

describe('the list of the selection', () => {
  it('names the records', () => {
    showAsList(networkOf(), teams.slice(3, 5), model);
    const value = ['t3', 't4'];
    expect(here().view).toEqual({ ...listOf('team'), filters: [{ field: 'id', op: 'in', value }] });
    expect(told()).toEqual([]);
  });
});
