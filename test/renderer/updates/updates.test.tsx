import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import PreferencesView from '#renderer/features/preferences/PreferencesView.tsx';
import { useUpdates } from '#renderer/stores/updates.ts';
import type { UpdateState } from '#shared/shell/updates.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

const update = {
  version: '0.2.0',
  released: '2026-11-26T08:00:00.000Z',
  notes: 'The window starts faster.',
  size: 112_000_000,
  url: 'https://frames.example/updates/FRAMES-0.2.0-x64.AppImage',
  command: null,
};
const state: UpdateState = {
  version: '0.1.0',
  means: 'replace',
  managed: false,
  automatic: true,
  channel: 'stable',
  hasPrevious: false,
  status: { status: 'idle' },
};

async function show(more: Partial<UpdateState>) {
  layOut();
  await serveCore();
  const drawn = draw(<PreferencesView />);
  act(() => useUpdates.setState({ updates: { ...state, ...more } }));
  return { ...drawn, section: within(screen.getByRole('region', { name: 'Updates' })) };
}

describe('updates in preferences', () => {
  it.each([
    [{}, 'Check now'],
    [{ status: { status: 'available', update } }, 'Download'],
    [{ status: { status: 'available', update }, means: 'manual' }, 'Download in the browser'],
    [{ status: { status: 'downloading', update, received: 56_000_000 } }, 'Cancel'],
    [{ status: { status: 'ready', update } }, 'Restart now'],
    [{ status: { status: 'failed', problem: 'forged', parameters: {}, update: null } }, 'Check now'],
    [{ hasPrevious: true }, 'Go back…'],
  ] as const)('offer, for %o: %s', async (more, button) => {
    const { section } = await show(more);
    expect(section.queryByRole('button', { name: button })).not.toBeNull();
  });

  it('name the versions and the day of a refused manifest', async () => {
    const failed = { status: 'failed', update: null } as const;
    const rolledBack = { offered: '0.1.0', seen: '0.2.0' };
    const { section } = await show({ status: { ...failed, problem: 'rolled-back', parameters: rolledBack } });
    expect(section.queryByText(/offers version 0\.1\.0, but offered 0\.2\.0 before/)).not.toBeNull();
    const expired = { date: '2026-11-26T08:00:00.000Z' };
    act(() =>
      useUpdates.setState({
        updates: { ...state, status: { ...failed, problem: 'expired', parameters: expired } },
      }),
    );
    expect(section.queryByText(/expired on .*26.*2026/)).not.toBeNull();
  });

  it('show the progress and the release notes', async () => {
    const { section } = await show({ status: { status: 'downloading', update, received: 56_000_000 } });
    expect(section.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50');
    expect(section.queryByText('The window starts faster.')).not.toBeNull();
  });

  it('show the command for a package of the system', async () => {
    const command = "curl -fLO 'https://frames.example/updates/FRAMES.deb'";
    const { section } = await show({
      means: 'package',
      status: { status: 'available', update: { ...update, command } },
    });
    expect(section.queryByText(command)).not.toBeNull();
    expect(section.queryByRole('button', { name: 'Copy command' })).not.toBeNull();
    expect(section.queryByRole('button', { name: 'Download' })).toBeNull();
  });

  it.each([{ managed: true }, { means: 'none' }] as const)('offer nothing for %o', async (more) => {
    const { section } = await show(more);
    expect(section.queryAllByRole('button')).toEqual([]);
  });

  it('report before going back that there is no backup to restore', async () => {
    const { hands, section } = await show({ version: '0.1.0', hasPrevious: true });
    await hands.click(section.getByRole('button', { name: 'Go back…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Go back to the previous version' }));
    expect(await dialog.findByText(/has no backup from before the update/)).toBeTruthy();
  });
});
