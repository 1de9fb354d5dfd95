import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import InsightsView from '#renderer/features/insights/InsightsView.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { insightsOf, listWithRecord } from '#shared/address/view.ts';
import type { Question } from '#shared/contract/analysis.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

/** A team in the middle of three others, of which two are linked weakly. */
async function open(question: Question) {
  await serveCore();
  onTestFinished(watchChanges(queryClient));
  const teams = await Promise.all(
    ['Radio', 'Power', 'Camera', 'Ground'].map(
      async (name) => (await api.entities.create({ type: 'team', data: { name } })).record.id,
    ),
  );
  const [radio = '', ...others] = teams;
  for (const [at, to] of others.entries())
    await api.entities.create({
      type: 'interface',
      data: { from: radio, to, energy_loss: [5, 35, 60][at] ?? 5 },
    });
  navigate(insightsOf(question));
  return { teams, ...draw(<InsightsView />) };
}

const answers = async (): Promise<HTMLElement[]> =>
  within(await screen.findByRole('region', { name: 'Answers' })).findAllByRole('button');

beforeEach(() => queryClient.clear());

describe('insights', () => {
  it('answer at once, then add confidence and interventions', async () => {
    const { hands } = await open('leavers');
    const [first] = await answers();
    expect(first?.textContent).toContain('Radio');
    expect((await screen.findAllByText(/in .* (stress )?tests$/)).length).toBeGreaterThan(0);
    expect(await screen.findByText('Simulated repairs')).toBeTruthy();
    const [plan] = screen.getAllByRole('button', { name: /^Plan repair: Pair “/ });
    await hands.click(plan as HTMLElement);
    expect(await screen.findByDisplayValue(/^Pair [A-Z][a-z]+ with [A-Z][a-z]+$/)).toBeTruthy();
  });

  it('list more on request, until all are listed', async () => {
    const { hands, teams } = await open('leavers');
    for (const size of Array.from({ length: 9 }, (_, at) => at + 2)) {
      const { record } = await api.entities.create({ type: 'team', data: { name: `Team ${size}`, size } });
      await api.entities.create({
        type: 'interface',
        data: { from: record.id, to: teams[0] ?? '', energy_loss: 5 },
      });
    }
    const rows = (): HTMLElement[] =>
      within(screen.getByRole('region', { name: 'Answers' })).getAllByRole('button', { name: /links?/ });
    await waitFor(() => expect(rows()).toHaveLength(10));
    await hands.click(await screen.findByRole('button', { name: 'Show 10 more' }));
    await waitFor(() => expect(rows()).toHaveLength(13));
    expect(screen.queryByRole('button', { name: 'Show 10 more' })).toBeNull();
  });

  it('are chosen with arrow keys; records behind the value open', async () => {
    const { hands } = await open('weak');
    expect(
      await screen.findByRole('heading', {
        name: /^Strengthening “Radio → (Camera|Ground)” would add .* to the knowledge people rely on$/,
      }),
    ).toBeTruthy();
    const [first, second] = await answers();
    await hands.click(first as HTMLElement);
    await hands.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(second);
    expect(second?.getAttribute('aria-pressed')).toBe('true');
    await hands.click(
      screen.getAllByRole('button', { name: /^Radio → (Power|Camera|Ground)$/ })[0] as HTMLElement,
    );
    const { view } = currentAddress();
    expect(view).toMatchObject({ kind: 'list', type: 'interface' });
    expect(view).toEqual(
      listWithRecord(
        'interface',
        (view.kind === 'list' && view.panel?.kind === 'record' && view.panel.id) || '',
      ),
    );
  });

  it('name only teams until an admin allows people', async () => {
    const { hands, teams } = await open('leavers');
    await api.entities.create({
      type: 'student',
      data: { name: 'Lena', team_id: teams[0] ?? '', terms_remaining: 3 },
    });
    await answers();
    expect(screen.queryByRole('radio', { name: 'People' })).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Only teams are named' }));
    expect(await screen.findByText(/^Ranking named people is meant for planning handovers/)).toBeTruthy();
    await hands.click(screen.getByRole('switch', { name: 'Name people in rankings' }));
    expect(await screen.findByRole('button', { name: 'People are named' })).toBeTruthy();
    expect((await api.analysis.ranking({})).people).toBe(true);
    expect(await screen.findByRole('radio', { name: 'People' })).toBeTruthy();
    expect(await screen.findByRole('button', { name: /Lena/ })).toBeTruthy();
  });

  it('say that nothing stands out, and what that means', async () => {
    await open('degrading');
    expect(await screen.findByText(/^Nothing stands out\. No link loses more of its people/)).toBeTruthy();
  });

  it('follow new writes', async () => {
    const { teams } = await open('leavers');
    expect((await answers())[0]?.textContent).toContain('Radio');
    await api.entities.remove({ type: 'team', id: teams[0] ?? '' });
    expect(await screen.findByText(/No links yet/)).toBeTruthy();
  });

  it('compare a sandbox with live, and make a repair a step of it', async () => {
    const { workspace, serve } = await serveCore();
    for (const id of ['radio', 'power', 'camera'])
      await api.entities.create({ type: 'team', id, data: { name: id } });
    for (const to of ['power', 'camera'])
      await api.entities.create({
        type: 'interface',
        id: to + 1,
        data: { from: 'radio', to, energy_loss: 5 },
      });
    const { id } = await take(clientOf(workspace.core), 'Plan');
    serve(await openSandbox(workspace, id));
    lookAt(id);
    onTestFinished(watchChanges(queryClient));
    await api.entities.update({ type: 'interface', id: 'camera1', data: { energy_loss: 90 } });
    navigate(insightsOf('weak'));
    const { hands } = draw(<InsightsView />);
    expect(await screen.findByText(/^0\s% in live → .*% here$/)).toBeTruthy();
    await hands.click(await screen.findByRole('button', { name: /^Add as step: Strengthen the link/ }));
    await waitFor(async () =>
      expect((await api.entities.get({ type: 'interface', id: 'camera1' })).payload['energy_loss']).toBe(15),
    );
    expect(await screen.findByText(/^Nothing stands out/)).toBeTruthy();
  });
});
