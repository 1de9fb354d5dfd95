import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { askWhoLeaves } from '#renderer/features/whatif/add/LeaveForm.tsx';
import { rowsOf } from '#renderer/features/whatif/chart.ts';
import { stepSign, tendency, measures } from '#renderer/features/whatif/measures.ts';
import WhatIfView from '#renderer/features/whatif/WhatIfView.tsx';
import { go } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { whatIfOf } from '#shared/address/view.ts';
import type { SimulationResult } from '#shared/contract/analysis.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

beforeEach(() => queries.clear());

it('in live it offers to make a sandbox first', async () => {
  await serveCore();
  go(whatIfOf());
  const { hands } = draw(<WhatIfView />);
  await hands.click(await screen.findByRole('button', { name: 'New scenario…' }));
  expect(await screen.findByRole('dialog', { name: 'New sandbox' })).toBeTruthy();
});

it('in a sandbox it lists the steps that stand, simulates both, and a repair becomes a step', async () => {
  const { workspace, serve } = await serveCore();
  for (const id of ['radio', 'power', 'camera'])
    await api.entities.create({ type: 'team', id, data: { name: id } });
  for (const to of ['power', 'camera'])
    await api.entities.create({ type: 'interface', data: { from: 'radio', to, energy_loss: 5 } });
  const { id } = await take(clientOf(workspace.core), 'No camera');
  serve(await openSandbox(workspace, id));
  lookAt(id);
  onTestFinished(watchChanges(queries));
  const { op_id } = await api.entities.update({ type: 'team', id: 'camera', data: { size: 2 } });
  await api.entities.update({ type: 'team', id: 'power', data: { size: 3 } });
  await api.history.undoChange({ op_id: op_id ?? '' });
  go(whatIfOf({ terms: 1, runs: 10 }));
  const { hands } = draw(<WhatIfView />);
  const steps = within(await screen.findByRole('region', { name: 'Steps' }));
  expect((await steps.findAllByRole('listitem')).length).toBe(1);
  const table = within(await screen.findByRole('region', { name: 'Measures' }));
  expect((await table.findAllByRole('button')).length).toBeGreaterThan(0);
  await hands.click(await screen.findByRole('button', { name: /^Add as step: Pair “power” with “camera”/ }));
  expect((await steps.findAllByText('+')).length).toBe(1);
  // The link is there in the sandbox, and nowhere else.
  expect((await api.entities.list({ type: 'interface' })).matched).toBe(3);
  expect((await workspace.as().entities.list({ type: 'interface' })).matched).toBe(2);
});

const band = (median: number) => ({ median, low: median - 0.1, high: median + 0.1 });
const result = (passed: number, medians: readonly number[]): SimulationResult =>
  ({ passed, series: { nothing: medians.map(band), scenario: [] } }) as unknown as SimulationResult;

it('the line of a scenario in which terms have passed begins after them', () => {
  const rows = rowsOf(
    [
      { key: 'live', label: 'Live', result: result(0, [0.9, 0.7, 0.5]) },
      { key: 'play', label: 'Play', result: result(1, [0.8, 0.6]) },
      { key: 'late', label: 'Late', result: undefined },
    ],
    2,
  );
  expect(rows.map(({ live, play, late }) => [live, play, late])).toEqual([
    [0.9, null, null],
    [0.7, 0.8, null],
    [0.5, 0.6, null],
  ]);
});

it('a value is worse or better by what its measure wants, and only where that is seen', () => {
  const row = (key: string) => measures.find((one) => one.key === key) as (typeof measures)[number];
  const now = {
    reach: 0.6,
    links: 9,
    single_bearer: 2,
    bridges: 6,
    modularity: 0.4,
    undocumented: 0.5,
    cohort_gaps: 3,
    people: 7,
  };
  expect(tendency(row('reach'), { ...now, reach: 0.5 }, now)).toBe('worse');
  expect(tendency(row('bridges'), { ...now, bridges: 5 }, now)).toBe('better');
  expect(tendency(row('reach'), { ...now, reach: 0.601 }, now)).toBeNull();
  // There are fewer only because people went.
  expect(tendency(row('bridges'), { ...now, bridges: 5, people: 6 }, now)).toBeNull();
});

it('a step has the sign of what it does', () => {
  const sign = (label: string, params = {}) => stepSign({ label, params });
  expect(sign('students.advanced')).toBe('passes');
  expect(sign('records.change', { created: 2 })).toBe('added');
  expect(sign('interface.update')).toBe('changed');
  expect(sign('team.delete')).toBe('removed');
});

it('students who leave with their team become inactive, as the dialog says', async () => {
  await serveCore();
  await api.entities.create({ type: 'team', id: 'radio', data: { name: 'Radio' } });
  for (const name of ['Dmitri', 'Ada'])
    await api.entities.create({ type: 'student', id: name, data: { name, team_id: 'radio' } });
  const { hands } = draw(null);
  act(askWhoLeaves);
  const dialog = within(await screen.findByRole('dialog', { name: 'Who leaves?' }));
  await hands.type(dialog.getByLabelText('Who leaves?', { selector: 'input' }), 'Rad');
  await hands.click(await screen.findByRole('option', { name: /Radio/ }));
  expect(
    dialog.getByRole<HTMLInputElement>('checkbox', { name: 'Remove the teams’ listed members too' }).checked,
  ).toBe(true);
  await hands.click(dialog.getByRole('button', { name: 'Add as step' }));
  await waitFor(async () =>
    expect((await api.entities.get({ type: 'student', id: 'Dmitri' })).payload['active']).toBe(false),
  );
  expect((await api.entities.get({ type: 'student', id: 'Ada' })).deleted_at).toBeNull();
  expect((await api.entities.list({ type: 'team' })).matched).toBe(0);
});
