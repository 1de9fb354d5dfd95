import { screen } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { reportEnd } from '#renderer/features/versions/restore/report.ts';
import { speak } from '#renderer/i18n/setup.ts';
import { momentToSecond } from '#renderer/text/formats.ts';
import { draw } from '../support/draw.tsx';

const said = async (title: RegExp | string): Promise<string | null | undefined> =>
  (await screen.findByText(title)).closest('[id=restore]')?.textContent;

it('what was done while nobody had the file open is told in the page that begins anew', async () => {
  draw(null);
  reportEnd({ state: 'done', outcome: { what: 'vacuum', before: 4_000_000, after: 1_000_000 } });
  expect(await said('The file is compacted')).toMatch(/4 MB before, 1 MB now/);
  reportEnd({ state: 'done', outcome: { what: 'place', usual: false } });
  expect(await said('Backups lie in the new place from now on')).toMatch(/stay where they are/);
  const outcome = {
    what: 'restore',
    counts: {},
    safety: null,
    displaced: 'displaced-1',
    missing: null,
  } as const;
  reportEnd({ state: 'done', outcome });
  expect(await said(/^The backup was restored/)).toMatch(/was damaged; it lies unchanged/);
  reportEnd({ state: 'done', outcome: { ...outcome, gone: true } });
  await screen.findByText(/There was no file of the workspace before/);
  expect(screen.queryByText(/was damaged; it lies/)).toBeNull();
  reportEnd({ state: 'done', outcome: { what: 'accept', until: '2026-01-01T21:17:44.000Z' } });
  expect(await said('The file was taken as it is')).toMatch(/that were here until .* are lost/);
});

it('what was given up, or refused, is told as that', async () => {
  draw(null);
  reportEnd({ state: 'failed', what: 'vacuum', refused: { code: 'CANCELLED', data: {}, message: 'x' } });
  expect(await said('Compacting the file: cancelled')).toBeTruthy();
  const refused = { code: 'BUSY', data: {}, message: 'Somebody has it open.' };
  reportEnd({ state: 'failed', what: 'restore', refused });
  expect(await said('Restoring a backup: failed')).toMatch(/Somebody has it open/);
});

it('of a restore it is told which backup brings back what was there before, and that undo does not', async () => {
  draw(null);
  const when = momentToSecond('2026-11-22T05:01:34.774Z');
  const outcome = { counts: { teams: 2 }, safety: '20261122T050134774Z', displaced: null, missing: null };
  reportEnd({ state: 'done', outcome: { what: 'restore', ...outcome } });
  expect(await said('The backup was restored: 2 teams')).toContain(
    `What was there before is the backup of ${when} (“Before restoring”): restoring that brings it back, Undo does not.`,
  );
  reportEnd({ state: 'done', outcome: { what: 'restore', ...outcome, safety_usual: true } });
  expect(await said('The backup was restored: 2 teams')).toContain(
    'That backup lies in the folder “backups” of the workspace',
  );
  await speak('de');
  onTestFinished(() => speak('en'));
  reportEnd({ state: 'done', outcome: { what: 'salvage', ...outcome } });
  expect(await said('Gerettet, was lesbar war: 2 Teams')).toContain(
    `ist die Sicherung vom ${momentToSecond('2026-11-22T05:01:34.774Z')} („Vor dem Wiederherstellen“): Sie bringt es zurück, Rückgängig nicht.`,
  );
});
