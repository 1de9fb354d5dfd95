import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectionStore } from '#renderer/api/connection.ts';
import { ConnectionNotice } from '#renderer/app/ConnectionNotice.tsx';
import { useSeat } from '#renderer/stores/seat.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { WorkspacePeople } from '#shared/shell/events.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

const people: WorkspacePeople = {
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
  more: { people?: WorkspacePeople | null; folder?: string; salvage?: SalvageReport },
): void {
  const refused = { code: 'WORKSPACE', data: { reason, until: '2026-11-20T08:30:00.000Z' }, message: 'no' };
  connectionStore.setState({ state: 'lost', failure: { reason, refused, backups, ...more } });
  draw(<ConnectionNotice />);
}

beforeEach(() => useSeat.setState({ items: {} }));

describe('which workspace cannot be reached', () => {
  it('is named with its folder, also in the title of the window, and the folder is shown', async () => {
    await serveCore();
    const { asked } = await serveShell();
    document.title = 'FRAMES';
    lose('damaged', { people, folder: 'wsA' });
    expect(screen.getByText('Workspace “Ground station” in folder “wsA”')).toBeTruthy();
    expect(document.title).toBe('Ground station – FRAMES');
    fireEvent.click(screen.getByRole('button', { name: 'Show folder' }));
    await waitFor(() => expect(asked).toEqual([{ what: 'reveal' }]));
  });
});
