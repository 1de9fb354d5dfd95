import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { percentText } from '#renderer/features/insights/sentences.ts';
import { storeItem } from '#renderer/features/play/kept-changes.ts';
import { askWhatIsDocumented } from '#renderer/features/whatif/add/LinkForm.tsx';
import { askWhoJoins, askWhoLeaves } from '#renderer/features/whatif/add/PeopleForms.tsx';
import { rowsOf } from '#renderer/features/whatif/FlowChart.tsx';
import {
  differenceText,
  effectText,
  scenarioMeasures,
  measureText,
  stepSign,
  measureTendency,
} from '#renderer/features/whatif/measures.ts';
import WhatIfView from '#renderer/features/whatif/WhatIfView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { insightsOf, whatIfOf } from '#shared/address/view.ts';
import type { SimulationResult } from '#shared/contract/simulation.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

beforeEach(() => queryClient.clear());

it('in live it offers to make a sandbox first', async () => {
  await serveCore();
  navigate(whatIfOf());
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
  onTestFinished(watchChanges(queryClient));
  const { op_id } = await api.entities.update({ type: 'team', id: 'camera', data: { size: 2 } });
  await api.entities.update({ type: 'team', id: 'power', data: { size: 3 } });
  await api.history.undoChange({ op_id: op_id ?? '' });
  navigate(whatIfOf({ terms: 1, runs: 10 }));
  const { hands } = draw(<WhatIfView />);
  const steps = within(await screen.findByRole('region', { name: 'Steps' }));
  expect((await steps.findAllByRole('listitem')).length).toBe(1);
  const table = within(await screen.findByRole('region', { name: 'Measures' }));
  expect((await table.findAllByRole('button')).length).toBeGreaterThan(0);
  expect(table.getByRole('columnheader', { name: 'Difference' })).toBeTruthy();
  expect(await screen.findByRole('heading', { name: /after one term/i })).toBeTruthy();
  expect(screen.getByText(/of students leave early in a term \(usual value\)/)).toBeTruthy();
  await hands.click(await screen.findByRole('button', { name: /^Add as step: Pair “power” with “camera”/ }));
  expect((await steps.findAllByText('+')).length).toBe(1);
  // The link is there in the sandbox, and nowhere else.
  expect((await api.entities.list({ type: 'interface' })).matched).toBe(3);
  expect((await workspace.as().entities.list({ type: 'interface' })).matched).toBe(2);
});

it('shows the item of Insights that the sandbox was made for, with its values there and in live', async () => {
  const { workspace, serve } = await serveCore();
  for (const id of ['radio', 'power', 'camera'])
    await api.entities.create({ type: 'team', id, data: { name: id } });
  for (const to of ['power', 'camera'])
    await api.entities.create({
      type: 'interface',
      id: `to-${to}`,
      data: { from: 'radio', to, energy_loss: 5 },
    });
  const { id } = await take(clientOf(workspace.core), 'Written');
  storeItem(id, { ...insightsOf('leavers'), item: 'camera' });
  serve(await openSandbox(workspace, id));
  lookAt(id);
  await api.entities.update({ type: 'interface', id: 'to-camera', data: { documented: 90 } });
  const valueIn = async (of?: 'live'): Promise<string> => {
    const input = { question: 'leavers', quick: true, ...(of && { of }) } as const;
    const { items } = await awaitResult(api.analysis.insights(input), () => {});
    return percentText(items.find(({ id, ids = [id] }) => ids.includes('camera'))?.value ?? 0);
  };
  const [live, here] = [await valueIn('live'), await valueIn()];
  expect(live).not.toBe(here);
  navigate(whatIfOf({ terms: 1, runs: 10 }));
  draw(<WhatIfView />);
  const region = within(await screen.findByRole('region', { name: 'The item you came from' }));
  const values = `${live} in live → ${here} here`.replaceAll('\u00a0', ' ');
  expect(await region.findByText(values)).toBeTruthy();
  expect(region.getByRole('button', { name: 'camera' })).toBeTruthy();
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

it('a value is worse or better by its measure, if visible', () => {
  const row = (key: string) =>
    scenarioMeasures.find((one) => one.key === key) as (typeof scenarioMeasures)[number];
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
  expect(measureTendency(row('reach'), { ...now, reach: 0.5 }, now)).toBe('worse');
  expect(measureTendency(row('bridges'), { ...now, bridges: 5 }, now)).toBe('better');
  expect(measureTendency(row('reach'), { ...now, reach: 0.6001 }, now)).toBeNull();
  // There are fewer only because people went.
  expect(measureTendency(row('bridges'), { ...now, bridges: 5, people: 6 }, now)).toBeNull();
});

it('a step has the sign of its effect', () => {
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

it('describes the effect of the steps with the points of the chart, and nothing without steps', () => {
  const difference = { low: 0, high: 0.16, better: 0.94 };
  const effectOf = (median: number, changed: object = {}, passed = 0, first?: object): string => {
    const played = { ...result(passed, [0.5, 0.4, 0.3 + median]), difference: [] as object[] };
    played.difference[2] = { ...difference, median, ...changed };
    if (first) played.difference[1] = first;
    return effectText(result(0, [0.5, 0.4, 0.3, 0.2]), played as unknown as SimulationResult, 2 + passed);
  };
  expect(effectOf(0.11, { low: 0.05 })).toBe(
    'After 2 terms, these steps change knowledge flow by +11 points (better in 94\u00a0% of runs)',
  );
  expect(effectOf(-0.03, { low: -0.09, high: -0.01, better: 0.04 })).toMatch(
    /by −3.0 points \(better in only 4/,
  );
  // A term has passed in the scenario: it ends where live does.
  expect(effectOf(0.11, { low: 0.05 }, 1)).toMatch(
    /^After 3 terms, these steps change knowledge flow by \+11/,
  );
  // The band has zero in it.
  expect(effectOf(0.11, { low: -0.01 })).toMatch(
    /^No measurable effect on knowledge flow after 2 terms: \+11 points, from −1.0 to \+16 in 80 % of runs \(better in 94/,
  );
  expect(effectOf(0.004, {}, 0, { low: 0.01, high: 0.05, median: 0.03, better: 1 })).toMatch(
    /^No measurable .*The largest effect is \+3.0 points after term 1 \(better in 100\s% of runs\)$/,
  );
  expect(effectOf(0, { high: 0, better: 0 })).toBe(
    'No effect on knowledge flow after 2 terms. Areas of expertise are not part of it',
  );
});

it('a measure that is not known is no number, and differs from nothing', () => {
  const now = {
    reach: null,
    links: 0,
    single_bearer: 0,
    bridges: 0,
    modularity: null,
    undocumented: null,
    cohort_gaps: 0,
    people: 7,
  };
  expect(measureText('reach', null)).toBe('–');
  expect(differenceText('reach', { ...now, reach: 0.5 }, now)).toBe('–');
  expect(differenceText('people', { ...now, people: 4 }, now)).toBe('−3');
  const [reach] = scenarioMeasures;
  expect(reach && measureTendency(reach, { ...now, reach: 0.5 }, now)).toBeNull();
});

it('newcomers join a team, and a link is documented, as one step each', async () => {
  await serveCore();
  for (const id of ['radio', 'power'])
    await api.entities.create({ type: 'team', id, data: { name: `Team ${id}` } });
  const link = { from: 'radio', to: 'power', energy_loss: 35 };
  await api.entities.create({ type: 'interface', id: 'link', data: link });
  const { hands } = draw(null);
  act(askWhoJoins);
  const joins = within(await screen.findByRole('dialog', { name: 'Add newcomers' }));
  await hands.type(joins.getByLabelText('Team', { selector: 'input' }), 'radio');
  await hands.click(await screen.findByRole('option', { name: /radio/ }));
  await hands.clear(joins.getByLabelText('Number of newcomers'));
  await hands.type(joins.getByLabelText('Number of newcomers'), '3');
  await hands.click(joins.getByRole('button', { name: 'Add as step' }));
  await waitFor(async () => expect((await api.entities.list({ type: 'student' })).matched).toBe(3));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  act(askWhatIsDocumented);
  const documents = within(await screen.findByRole('dialog', { name: 'Document a link' }));
  await hands.type(documents.getByLabelText('Record', { selector: 'input' }), 'radio');
  await hands.click(await screen.findByRole('option', { name: /radio/ }));
  await hands.selectOptions(await documents.findByLabelText('Link'), 'link');
  await hands.click(documents.getByRole('button', { name: 'Add as step' }));
  await waitFor(async () =>
    expect((await api.entities.get({ type: 'interface', id: 'link' })).payload['documented']).toBe(80),
  );
});
