import { expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { restoreCommands, showAsList } from '#renderer/features/network/commands/useSelectionCommands.ts';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { useRestoreRequest } from '#renderer/stores/open-point.ts';
import { clearNotices, useNotices } from '#renderer/stores/notices.ts';
import { networkOf } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import { lookAt } from '../../support/target.ts';
import { edge, modelOf, node } from './support.ts';

const three = ['t1', 't2'].map((id) => node(id)).concat(node('s1', { type: 'student' }));

it('without a point in time there is nothing to restore', () => {
  expect(restoreCommands(three, undefined)).toEqual([]);
});

it('the selection in the past, or the selected link, is restored as it was then', () => {
  lookAt('then-live');
  const [several] = restoreCommands(three, undefined);
  expect(several?.label).toBe('Restore 2 teams and 1 student as of then…');
  several?.run();
  expect(useRestoreRequest.getState().ids).toEqual(['t1', 't2', 's1']);
  const [one] = restoreCommands([], edge('l1', 't1', 't2'));
  expect(one?.label).toBe('Restore as of then…');
  one?.run();
  expect(useRestoreRequest.getState().ids).toEqual(['l1']);
  expect(restoreCommands([], undefined)[0]?.enabled).toBe(false);
});

it('the list of the selection names its records', () => {
  const teams = ['t1', 't2', 't3'].map((id) => node(id));
  clearNotices();
  navigate(networkOf());
  showAsList(networkOf(), teams.slice(1), modelOf([node('f1', { type: 'faculty' }), ...teams]));
  const value = ['t2', 't3'];
  expect(currentAddress().view).toEqual({ ...listOf('team'), filters: [{ field: 'id', op: 'in', value }] });
  expect(useNotices.getState().list).toEqual([]);
});
