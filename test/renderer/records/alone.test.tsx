import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { LiveBadge } from '#renderer/app/TitleBar.tsx';
import { connection } from '#renderer/api/connection.ts';
import RecordView from '#renderer/features/records/alone/RecordView.tsx';
import { back, go, here } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { layoutAt } from '#renderer/stores/tabs/layout.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { listOf, recordPage } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => {
  useSeat.setState({ items: {} });
  useTabs.setState(layoutAt(), true);
});

async function open() {
  await serveCore();
  const make = async (name: string) =>
    (await api.entities.create({ type: 'team', data: { name, size: 4 } })).record.id;
  const [thermal, comms] = [await make('Thermal'), await make('Comms')];
  await api.entities.create({
    type: 'interface',
    data: { from: thermal, to: comms, energy_loss: 30 },
  });
  act(() => go(recordPage('team', thermal)));
  const drawn = draw(<RecordView />);
  await screen.findByRole('heading', { name: 'Thermal', level: 1 });
  return { ...drawn, thermal, comms };
}

describe('a record by itself', () => {
  it('shows its parts one at a time where there is little room, and keeps which', async () => {
    const { hands, thermal } = await open();
    expect(screen.getByRole('textbox', { name: 'Size' })).toBeTruthy();
    await hands.click(screen.getByRole('tab', { name: /^Links/ }));
    expect(here().view).toEqual(recordPage('team', thermal, 'links'));
    expect(await screen.findByRole('button', { name: 'Comms' })).toBeTruthy();
    await hands.click(screen.getByRole('tab', { name: /^History/ }));
    expect(await within(screen.getByRole('tabpanel')).findByText(/Created/)).toBeTruthy();
  });

  it('says so when it is not there', async () => {
    await serveCore();
    act(() => go(recordPage('team', 'team_gone')));
    draw(<RecordView />);
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('what belongs to a record', () => {
  async function openUniversity(size: number) {
    await serveCore();
    const make = async (type: EntityType, data: JsonObject) =>
      (await api.entities.create({ type, data })).record.id;
    const summit = await make('university', { name: 'Summit' });
    const other = await make('university', { name: 'Redwood' });
    const of = { university_id: summit };
    for (let at = 1; at <= size; at += 1)
      await make('team', { name: `Team ${at}`, discipline: 'software', ...of });
    await make('team', { name: 'Elsewhere', university_id: other });
    const ada = await make('student', { name: 'Ada', ...of });
    act(() => go(recordPage('university', summit, 'members')));
    const drawn = draw(<RecordView />);
    await screen.findByRole('heading', { name: 'Summit', level: 1 });
    return { ...drawn, summit, other, ada };
  }

  it('is shown by type with how many there are, and leads to each and to all in a list', async () => {
    const { hands, summit, ada } = await openUniversity(8);
    expect(screen.getByRole('tab', { name: /^Members/ }).textContent).toBe('Members9');
    expect(await screen.findByRole('heading', { name: 'Teams 8' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Team 6' })).toBeTruthy();
    expect(screen.queryByText(/Team 7|Elsewhere/)).toBeNull();
    expect(screen.queryByRole('heading', { name: /Projects/ })).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Ada' }));
    expect(here().view).toEqual(recordPage('student', ada));
    act(() => back());
    await hands.click(await screen.findByRole('button', { name: 'Show all 8 teams in a list' }));
    expect(here().view).toEqual({
      ...listOf('team'),
      filters: [{ field: 'university_id', op: 'is', value: summit }],
    });
  });
});

describe('the badge of the title bar', () => {
  it('is Live only while the records can be reached', () => {
    connection.setState({ state: 'ready' });
    const { container } = draw(<LiveBadge />);
    expect(screen.getByText('Live')).toBeTruthy();
    expect(container.querySelector('.pill-ok')).toBeTruthy();
    act(() => connection.setState({ state: 'lost' }));
    expect(screen.getByText('Not connected')).toBeTruthy();
    expect(container.querySelector('.pill-ok')).toBeNull();
    act(() => connection.setState({ state: 'ready' }));
    expect(screen.getByText('Live')).toBeTruthy();
  });
});
