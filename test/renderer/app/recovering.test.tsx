import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { connection } from '#renderer/api/connection.ts';
import { ConnectionNotice } from '#renderer/app/ConnectionNotice.tsx';
import { useSeat } from '#renderer/stores/seat.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { People } from '#shared/shell/process.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

const people: People = {
  workspace: 'w',
  name: 'Ground station',
  profiles: [
    { id: 'ada', name: 'Ada', role: 'admin' },
    { id: 'vic', name: 'Vic', role: 'viewer' },
  ],
};
const backups = [
  {
    id: '20261120T083000000Z',
    made: '2026-11-20T08:30:00.000Z',
    reason: 'daily',
    counts: { team: 1 },
    verified: true,
    until: null,
    later: false,
    another: false,
    replaced: false,
  },
];
function lose(
  reason: string,
  more: { people?: People | null; folder?: string; salvage?: SalvageReport },
): void {
  const refused = { code: 'WORKSPACE', data: { reason, until: '2026-11-20T08:30:00.000Z' }, message: 'no' };
  connection.setState({ state: 'lost', failure: { reason, refused, backups, ...more } });
  draw(<ConnectionNotice />);
}
const isDisabled = (name: string): boolean =>
  screen.getByRole<HTMLButtonElement>('button', { name }).disabled;
const acting = (): string => screen.getByRole<HTMLInputElement>('combobox', { name: 'In the name of' }).value;

beforeEach(() => useSeat.setState({ items: {} }));

describe('which workspace cannot be reached', () => {
  it('is named with its folder, also in the title of the window, and the folder is shown', async () => {
    await serveCore();
    const { asked } = await serveShell();
    document.title = 'FRAMES';
    lose('damaged', { people, folder: 'wsA' });
    expect(screen.getByText('Workspace “Ground station” in the folder “wsA”')).toBeTruthy();
    expect(document.title).toBe('Ground station – FRAMES');
    fireEvent.click(screen.getByRole('button', { name: 'Show the folder' }));
    await waitFor(() => expect(asked).toEqual([{ what: 'reveal' }]));
  });
});

describe('in whose name records are recovered', () => {
  it('is the profile that acted last here, and a viewer is told that it takes an admin', () => {
    useSeat.setState({ items: { profiles: { w: 'vic', other: 'ada' } } });
    lose('strange_log', { people });
    expect(acting()).toBe('Vic (Viewer)');
    expect(screen.getByText(/is for admins/)).toBeTruthy();
    expect(['Set it aside and open', 'Restore this backup'].map(isDisabled)).toEqual([true, true]);
    fireEvent.click(screen.getByRole('combobox', { name: 'In the name of' }));
    fireEvent.click(screen.getByRole('option', { name: 'Ada (Admin)', hidden: true }));
    expect(screen.queryByText(/is for admins/)).toBeNull();
    expect(['Set it aside and open', 'Restore this backup'].map(isDisabled)).toEqual([false, false]);
  });

  it('is the first profile where nobody acted here yet, and waits until it is known', () => {
    lose('damaged', { people });
    expect(acting()).toBe('Ada (Admin)');
    expect(isDisabled('Restore this backup')).toBe(false);
  });

  it('goes on and says so where nobody can tell', () => {
    lose('damaged', { people: null });
    expect(screen.getByText(/Nobody can tell who acts/)).toBeTruthy();
    expect(isDisabled('Restore this backup')).toBe(false);
  });

  it('says of an older file that it is whole, and of none that it is damaged', () => {
    lose('behind', { people });
    expect(screen.getByText(/whole in itself, but not the newest/)).toBeTruthy();
    expect(screen.queryByText(/damaged/)).toBeNull();
  });
});

describe('a file of another workspace in the place of this one’s', () => {
  const salvage: SalvageReport = {
    backup: null,
    transactions: 1,
    until: null,
    whole: false,
    missing: { since: null, until: null },
    tables: {},
    unread: 0,
    left: [],
    more: 0,
    spoiled: [],
    unused: [],
  };

  it('is said to be one where it is salvaged and taken, and that is what one agrees to', () => {
    lose('another_line', { people, salvage: { ...salvage, another: true } });
    expect(screen.getByText(/^It is the file of another workspace\./)).toBeTruthy();
    expect(screen.getByText(/take the place of this one/)).toBeTruthy();
    expect(screen.queryByText(/not the newest/)).toBeNull();
    const agreed = screen.getByRole('checkbox', { name: 'I know that it is another workspace’s file' });
    expect(isDisabled('Open with this file')).toBe(true);
    fireEvent.click(agreed);
    expect(isDisabled('Open with this file')).toBe(false);
  });
});
