import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useCorruption } from '#renderer/api/corruption.ts';
import HomeView from '#renderer/features/home/HomeView.tsx';
import { useVerification } from '#renderer/features/workspace/verify.ts';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { registerCommands } from '#renderer/commands/registry.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { hidePopups } from '#renderer/ui/notices.tsx';
import { insightsOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

async function open() {
  const served = await serveCore();
  onTestFinished(watchChanges(queryClient));
  navigate({ kind: 'home' });
  return { served, ...draw(<HomeView />) };
}

beforeEach(() => {
  useCorruption.setState({ isCorrupt: false });
  hidePopups();
  useSeat.setState({ items: {} });
  useVerification.setState({ running: null, lastCheck: null });
});

describe('home', () => {
  it('of an empty workspace shows how to begin', async () => {
    const { hands } = await open();
    expect(await screen.findByRole('heading', { level: 1, name: 'Add your records' })).toBeTruthy();
    const ways = screen.getAllByRole('listitem').map((way) => way.textContent);
    expect(ways.slice(0, 3).map((way) => /^From (?:a spreadsheet|a FRAMES file|scratch)/.test(way))).toEqual([
      true,
      true,
      true,
    ]);
    const chosen: string[] = [];
    const commands = ['go.wizard', 'file.import'].map((id) => {
      return { id, group: 'file' as const, label: id, run: () => void chosen.push(id) };
    });
    const takeBack = registerCommands(commands);
    await hands.click(screen.getByRole('button', { name: /^From scratch/ }));
    await hands.click(screen.getByRole('button', { name: /^From a spreadsheet/ }));
    takeBack();
    expect(chosen).toEqual(['go.wizard', 'file.import']);
  });

  it('shows items as soon as they need attention, with links', async () => {
    const { hands } = await open();
    const one = (await api.entities.create({ type: 'team', data: { name: 'Thermal' } })).record;
    expect(await screen.findByRole('heading', { name: '1 thing needs attention' })).toBeTruthy();
    expect(screen.getByText('1 record belongs to no university')).toBeTruthy();
    for (const name of ['Optics', 'Radio', 'Camera']) {
      const other = (await api.entities.create({ type: 'team', data: { name } })).record;
      await api.entities.create({ type: 'interface', data: { from: one.id, to: other.id, energy_loss: 5 } });
    }
    expect(
      await screen.findByText(
        /^Losing the “Thermal” team would cost 75\s% of the knowledge people rely on/,
        undefined,
        {
          timeout: 10_000,
        },
      ),
    ).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Show answer' }));
    expect(currentAddress().view).toEqual(insightsOf('leavers'));
  });

  it('without links says so instead of claiming that all is well', async () => {
    await open();
    const university = (await api.entities.create({ type: 'university', data: { name: 'U' } })).record.id;
    const team = (name: string) =>
      api.entities.create({ type: 'team', data: { name, university_id: university } });
    const ends = [await team('Thermal'), await team('Optics')].map(({ record }) => record.id);
    expect(await screen.findByRole('heading', { level: 1, name: 'No links yet' })).toBeTruthy();
    expect(screen.queryByText(/^All links hold/)).toBeNull();
    const [from = '', to = ''] = ends;
    await api.entities.create({ type: 'interface', data: { from, to, energy_loss: 5 } });
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'No links yet' })).toBeNull());
  });

  it('verifies on request and reports the result', async () => {
    const { hands } = await open();
    await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    await hands.click(await screen.findByRole('button', { name: 'Verify workspace' }));
    expect(await screen.findByText('Last check: no problems')).toBeTruthy();
    expect(
      screen.getByText(
        /the audit chain of 2 entries is complete, and replaying it gives exactly the current 1 record/,
      ),
    ).toBeTruthy();
  });

  it('links to recovery if the chain is broken', async () => {
    onTestFinished(() => useCorruption.setState({ isCorrupt: false }));
    const { served, hands } = await open();
    await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    served.workspace.raw((db) => db.exec("UPDATE audit_logs SET actor = 'x' WHERE id = 2"));
    await hands.click(await screen.findByRole('button', { name: 'Verify workspace' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Stop working in this workspace');
    expect(screen.getByRole('button', { name: 'Close and recover…' })).toBeTruthy();
    expect(useCorruption.getState().isCorrupt).toBe(true);
    await expect(api.entities.create({ type: 'team', data: { name: 'Radio' } })).rejects.toThrow(
      'corruption was found before',
    );
  });
});
