import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { connectionStore } from '#renderer/api/connection.ts';
import { ConnectionNotice } from '#renderer/app/ConnectionNotice.tsx';
import { Recovery } from '#renderer/app/Recovery.tsx';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { RecoverableBackup, WorkspacePeople } from '#shared/shell/events.ts';
import { exactTime } from '#renderer/text/time.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

const made = (day: number, more: Partial<RecoverableBackup>): RecoverableBackup => ({
  id: `202611${day}T083000000Z`,
  made: `2026-11-${day}T08:30:00.000Z`,
  reason: day === 20 ? 'reset' : 'daily',
  counts: { team: day },
  verified: null,
  until: null,
  later: true,
  another: false,
  replaced: false,
  ...more,
});
const show = (...backups: RecoverableBackup[]) =>
  draw(<Recovery backups={backups} salvage={undefined} />).container;
const offered = (): string | null => screen.getByTitle(/2026/).getAttribute('title');

describe('a backup in the recovery window', () => {
  it('has a shield only if a check found it intact', () => {
    const shields = ([true, null, false] as const).map((verified) => {
      const container = show(made(20, { verified }));
      return container.querySelectorAll('.recovery-good').length;
    });
    expect(shields).toEqual([1, 0, 0]);
    expect(screen.getAllByText('Not checked since it was made.')).toHaveLength(1);
  });

  it('is preselected if checked and as complete, else the newest not known to be damaged', () => {
    const [damaged, unchecked] = [made(20, { verified: false }), made(19, { later: false })];
    show(damaged, unchecked, made(18, { verified: true, later: false }));
    expect(offered()).toBe(exactTime('2026-11-18T08:30:00.000Z'));
  });

  const given = { found: 1, now: 1, left: 0 };
  const salvaged = (transactions: number, taken: number, id = made(20, {}).id): SalvageReport => ({
    backup: { id, made: made(20, {}).made },
    transactions,
    until: null,
    whole: true,
    missing: null,
    tables: { teams: { ...given, taken } },
    unread: 0,
    left: [],
    more: 0,
    spoiled: [],
    unused: [],
  });
  it.each([
    [salvaged(2, 0), 'Salvaging keeps 2 more changes; see below.'],
    [salvaged(0, 1), 'Salvaging adds 1 record from the file; see below.'],
    [salvaged(0, 0), null],
    [salvaged(2, 0, made(19, {}).id), null],
  ])('says what salvaging is known to keep beyond it, and nothing else', (salvage, line) => {
    const { container } = draw(<Recovery backups={[made(20, {})]} salvage={salvage} />);
    const lines = [...container.querySelectorAll('p')].map(({ textContent }) => textContent);
    expect(lines.filter((one) => one.includes('Salvaging'))).toEqual(line === null ? [] : [line]);
  });
});

describe('which workspace cannot be reached', () => {
  it('is named with its folder, also in the title of the window, and the folder is shown', async () => {
    useSeat.setState({ items: {} });
    await serveCore();
    const { asked } = await serveShell();
    document.title = 'FRAMES';
    const profiles: WorkspacePeople['profiles'] = [{ id: 'ada', name: 'Ada', role: 'admin' }];
    const people = { workspace: 'w', name: 'Ground station', profiles };
    const reason = 'damaged';
    const refused = { code: 'WORKSPACE', data: { reason, until: made(20, {}).made }, message: 'no' };
    const failure = { reason, refused, backups: [made(20, {})], people, folder: 'wsA' };
    connectionStore.setState({ state: 'lost', failure });
    draw(<ConnectionNotice />);
    expect(screen.getByText('Workspace “Ground station” in folder “wsA”')).toBeTruthy();
    expect(document.title).toBe('Ground station – FRAMES');
    fireEvent.click(screen.getByRole('button', { name: 'Show folder' }));
    await waitFor(() => expect(asked).toEqual([{ what: 'reveal' }]));
  });
});
