import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { reportEnd } from '#renderer/features/versions/restore/report.ts';
import { draw } from '../support/draw.tsx';

const said = async (title: RegExp | string): Promise<string | null | undefined> =>
  (await screen.findByText(title)).closest('[id=restore]')?.textContent;

it('work done while the file was closed is reported after the reload', async () => {
  draw(null);
  reportEnd({ state: 'done', outcome: { what: 'vacuum', before: 4_000_000, after: 1_000_000 } });
  expect(await said('File compacted')).toMatch(/4 MB before, 1 MB now/);
  reportEnd({ state: 'done', outcome: { what: 'place', usual: false } });
  expect(await said('Backup folder changed')).toMatch(/were not moved/);
  const outcome = {
    what: 'restore',
    counts: {},
    safety: null,
    displaced: 'displaced-1',
    missing: null,
  } as const;
  reportEnd({ state: 'done', outcome });
  expect(await said(/^Backup restored/)).toMatch(/corrupt file is kept next to the backups/);
  reportEnd({ state: 'done', outcome: { ...outcome, gone: true } });
  await screen.findByText(/The workspace had no file before/);
  expect(screen.queryByText(/corrupt file is kept/)).toBeNull();
  reportEnd({ state: 'done', outcome: { what: 'accept', until: '2026-01-01T21:17:44.000Z' } });
  expect(await said('File accepted as it is')).toMatch(/Changes until .* are lost/);
});
