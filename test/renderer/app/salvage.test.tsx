import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Recovery } from '#renderer/app/Recovery.tsx';
import { Salvage } from '#renderer/app/Salvage.tsx';
import { speak } from '#renderer/i18n/setup.ts';
import { exactTime } from '#renderer/text/time.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { draw } from '../support/draw.tsx';

const [taken, damaged, other, newer] = [
  '20260101T080000000Z',
  '20260102T080000000Z',
  '20260103T080000000Z',
  '20260104T080000000Z',
];
const report: SalvageReport = {
  backup: { id: taken, made: '2026-01-01T08:00:00.000Z' },
  transactions: 3,
  until: '2026-01-01T09:00:00.000Z',
  whole: true,
  missing: null,
  tables: { teams: { found: 2, now: 2, taken: 0, left: 0 } },
  unread: 0,
  left: [],
  more: 0,
  spoiled: [damaged],
  unused: [
    { id: other, why: 'line' },
    { id: newer, why: 'unusable' },
  ],
};

afterEach(() => speak('en'));

describe('the preview of salvaging', () => {
  it('gives the time from which changes are lost, and does not claim that nothing is', () => {
    const missing = { since: '2026-01-01T09:00:00.000Z', until: '2026-01-01T21:17:44.000Z' };
    draw(<Salvage report={{ ...report, whole: false, missing }} />);
    const [since, until] = [exactTime(missing.since), exactTime(missing.until)];
    expect(screen.getByText(`Changes from ${since} to ${until} are lost.`)).toBeDefined();
    expect(screen.queryByText('No known losses.')).toBeNull();
  });

  it('reports changes that may be included in rows as possibly lost, and counts only unreadable ones', () => {
    const missing = { since: '2026-01-01T09:00:00.000Z', until: '2026-01-01T21:17:44.000Z', maybe: true };
    const { container } = draw(<Salvage report={{ ...report, whole: false, missing, unread: 402 }} />);
    const [since, until] = [exactTime(missing.since), exactTime(missing.until)];
    const said = container.textContent;
    expect(said).toContain(`Changes from ${since} to ${until} may be lost`);
    expect(said).toContain('402 records cannot be read in the file itself and may lack their latest changes');
    expect(said).not.toMatch(/are lost|0 records/);
  });
});

describe('without the backup folder', () => {
  const message = 'The backup folder is not available: connect its drive.';
  const refused = { code: 'WORKSPACE', data: { reason: 'no_backups_place' }, message };

  it('reports that, and neither missing backups nor unreadable records', () => {
    draw(
      <>
        <Recovery backups={[]} refused={refused} salvage={undefined} />
        <Salvage report={undefined} refused={refused} />
      </>,
    );
    expect(screen.getAllByText(/Connect its drive/)).toHaveLength(2);
    expect(screen.queryByText(/No backup can|Nothing in the file|Checking what/)).toBeNull();
  });
});
