import { expect, test } from 'vitest';
import { missingLines, salvageLines } from '#cli/output/salvage.ts';

test('what salvaging gives names the later backups that it does not begin with, and why', () => {
  const lines = salvageLines({
    backup: { id: '20260101T080000000Z', made: '2026-01-01T08:00:00.000Z' },
    transactions: 3,
    until: null,
    whole: false,
    missing: { since: '2026-01-01T08:00:00.000Z', until: '2026-01-01T21:17:44.000Z' },
    tables: {},
    unread: 0,
    left: [],
    more: 0,
    spoiled: ['20260102T080000000Z'],
    unused: [
      { id: '20260103T080000000Z', why: 'line' },
      { id: '20260104T080000000Z', why: 'unusable' },
    ],
    closed: ['/drive/frames-backups-w'],
  });
  expect(lines).toContain('Lost: the changes after 2026-01-01 08:00:00 until 2026-01-01 21:17:44 (UTC).');
  expect(lines.slice(-4)).toEqual([
    'Backup 20260102T080000000Z is damaged or cannot be read, and was not used.',
    'Later backup 20260103T080000000Z was not used: the history that could be read does not lead to it.',
    'Later backup 20260104T080000000Z was not used: it cannot be read, or is of a newer program.',
    '! The folder of backups /drive/frames-backups-w cannot be read: none in it was used.',
  ]);
});

test('changes that records in the file itself may have are not said to be lost', () => {
  const missing = { since: '2026-01-01T08:00:00.000Z', until: '2026-01-01T21:17:44.000Z', maybe: true };
  expect(missingLines(missing)).toEqual([
    'May be lost: the changes after 2026-01-01 08:00:00 until 2026-01-01 21:17:44 (UTC), but for what could be read in the file itself.',
  ]);
});

test('an older copy is called that, and no part of its log unreadable', () => {
  const tables = { teams: { found: 3, now: 3, taken: 0, left: 0 } };
  const lines = salvageLines({
    backup: { id: '20260101T080000000Z', made: '2026-01-01T08:00:00.000Z' },
    transactions: 0,
    until: '2026-01-01T08:00:00.000Z',
    whole: false,
    missing: null,
    older: { until: '2026-01-01T07:00:00.000Z' },
    tables,
    unread: 0,
    left: [],
    more: 0,
    spoiled: [],
    unused: [],
  });
  expect(lines.slice(2)).toEqual([
    'The file is an older copy: its log ends at 2026-01-01 07:00:00 (UTC), and the backup has all of it and goes on from there.',
    'Nothing of its tables is taken: what the backup has is newer.',
  ]);
});
