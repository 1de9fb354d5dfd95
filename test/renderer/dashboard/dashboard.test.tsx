import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import DashboardView from '#renderer/features/dashboard/DashboardView.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { dashboardOf, insightsOf, listWithRecord } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

/** Alpine has a team that Ada leaves, linked to the team of Bay, of whom nothing else is known. */
async function twoUniversities() {
  await serveCore();
  onTestFinished(watchChanges(queryClient));
  const make = async (type: 'university' | 'team' | 'student' | 'interface', data: JsonObject) =>
    (await api.entities.create({ type, data })).record.id;
  const alpine = await make('university', { name: 'Alpine' });
  const bay = await make('university', { name: 'Bay' });
  const radio = await make('team', { name: 'Radio', university_id: alpine });
  const power = await make('team', { name: 'Power', university_id: bay });
  const ada = await make('student', {
    name: 'Ada',
    university_id: alpine,
    team_id: radio,
    terms_remaining: 1,
  });
  await make('interface', { from: radio, to: power, bond_type: 'fragile-temporary' });
  return { alpine, ada };
}

const names = (): (string | undefined)[] =>
  screen
    .getAllByRole('rowheader')
    .map((cell) => cell.textContent?.split(' ·')[0])
    .slice(0, 2);

beforeEach(() => queryClient.clear());

describe('the comparison of universities', () => {
  it('counts a link between two once in the total, shows unknown values, and is sorted', async () => {
    const { alpine } = await twoUniversities();
    navigate(dashboardOf());
    const { hands } = draw(<DashboardView />);
    await screen.findByRole('heading', { name: '1 of 1 links joins two universities' });
    expect(names()).toEqual(['Alpine', 'Bay']);
    const columnAt = screen
      .getAllByRole('columnheader')
      .findIndex((one) => one.textContent === 'Links to others');
    const cells = screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[columnAt - 1]?.textContent);
    expect(cells).toEqual(['1', '1', '0', '1']);
    const bayRow = screen.getByRole('rowheader', { name: 'Bay' }).closest('tr') as HTMLElement;
    expect(within(bayRow).getAllByTitle('Unknown: no team lists members with terms')[0]?.textContent).toBe(
      '–',
    );

    await hands.click(screen.getByRole('button', { name: 'University' }));
    expect(names()).toEqual(['Bay', 'Alpine']);
    await hands.click(screen.getByRole('button', { name: 'Lose many' }));
    // What is unknown comes last either way.
    expect(names()).toEqual(['Alpine', 'Bay']);
    await hands.click(screen.getByRole('button', { name: 'Alpine' }));
    expect(currentAddress().view).toEqual(dashboardOf(alpine));
  });
});

describe('the dashboard of a university', () => {
  it('shows leavers; names open records and questions', async () => {
    const { alpine, ada } = await twoUniversities();
    navigate(dashboardOf(alpine));
    const { hands } = draw(<DashboardView />);
    await screen.findByRole('heading', { name: /^1 member of 1 team leaves by the end of/ });
    const degrading = (
      await screen.findByRole('heading', { name: 'Which links will weaken this term?' })
    ).closest('section') as HTMLElement;
    await hands.click(await within(degrading).findByRole('button', { name: 'Show 1 in Insights' }));
    expect(currentAddress().view).toEqual(insightsOf('degrading', alpine));
    // She stands among those who leave, and among those whose leaving would hurt.
    await hands.click(screen.getAllByRole('button', { name: 'Ada' })[0] as HTMLElement);
    expect(currentAddress().view).toEqual(listWithRecord('student', ada));
  });

  it('of a deleted university says so', async () => {
    const { alpine } = await twoUniversities();
    await api.entities.remove({ type: 'university', id: alpine, with_contents: true });
    navigate(dashboardOf(alpine));
    draw(<DashboardView />);
    expect(await screen.findByText('This university was not found. It may have been deleted.')).toBeTruthy();
  });
});
