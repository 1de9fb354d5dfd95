import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { meaningIndex } from '#core/search/meaning/meaning-index.ts';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import BackupsHost from '#renderer/features/versions/BackupsHost.tsx';
import CareHost from '#renderer/features/care/CareHost.tsx';
import CareView from '#renderer/features/care/CareView.tsx';
import { findingText } from '#renderer/features/care/findings.ts';
import { refreshCare, useFullCheck } from '#renderer/features/care/useCare.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { dateTimeToSecond } from '#renderer/text/formats.ts';
import { root } from '#scripts/lib/paths.ts';
import { placeFile } from '#core/kernel/backups-folder.ts';
import { testFolder } from '#test/support/folder.ts';
import { HashEmbedder } from '#test/support/hash-embedder.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';
import { layOut } from '../support/layout.ts';

function show() {
  return draw(
    <>
      <BackupsHost />
      <CareHost />
      <CareView />
    </>,
  );
}

const line = async (name: string) =>
  within((await screen.findByRole('heading', { name, level: 3 })).closest('li') as HTMLElement);
const addTeam = (name: string) => api.entities.create({ type: 'team', data: { name } });

/** A workspace whose backups lie in `drive`. */
const placed = (drive: string) =>
  makeTemplate((workspace) => {
    const folder = join(drive, 'frames-backups-one');
    mkdirSync(folder, { recursive: true });
    writeFileSync(placeFile(workspace.folder), JSON.stringify({ format: 1, folder }));
    return Promise.resolve();
  });

beforeEach(() => {
  layOut();
  useFullCheck.setState({ running: null, lastIntactAt: null });
});

describe('data care', () => {
  it('describes the state of the file, with possible actions', async () => {
    await serveCore();
    await addTeam('Radio');
    const { hands } = show();
    expect((await line('Integrity')).getByText('OK')).toBeTruthy();
    expect((await line('Integrity')).getByText('The file is intact.')).toBeTruthy();
    expect(
      (await line('Audit chain')).getByText(/^Complete\. Changes: 2; changed records: \d+\.$/),
    ).toBeTruthy();
    expect((await line('Synced folder')).getByText('OK')).toBeTruthy();
    const backup = await line('Last backup');
    expect(backup.getByText('No backup yet.')).toBeTruthy();
    expect(backup.getByText('Warning')).toBeTruthy();
    expect(screen.getByText('1 warning.')).toBeTruthy();
    await hands.click(backup.getByRole('button', { name: 'Back up now' }));
    expect(await screen.findByText('Backup made')).toBeTruthy();
    await waitFor(() => expect(screen.getByText('Everything is in order.')).toBeTruthy());
    expect((await line('Last backup')).getByText(/^Made .*, with no changes since\.$/)).toBeTruthy();
    await addTeam('Optics');
    await refreshCare();
    await waitFor(async () =>
      expect((await line('Last backup')).getByText(/^Made .*, with changes since\.$/)).toBeTruthy(),
    );
    expect((await line('Last backup')).getByText('OK')).toBeTruthy();
  });

  it('names the content of every table of the file', async () => {
    await serveCore();
    show();
    const tables = within(await screen.findByRole('region', { name: 'Disk usage' }));
    await tables.findByText('History: changes');
    expect(tables.queryByText(/^Other: /)).toBeNull();
    expect(tables.queryByText(/_/)).toBeNull();
  });

  it('checks everything on request', async () => {
    await serveCore();
    await addTeam('Radio');
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Verify workspace' }));
    expect(await screen.findByText(/^Last full check/)).toBeTruthy();
    expect(useFullCheck.getState().running).toBeNull();
  });

  it('asks before the file is compacted, which is for admins', async () => {
    await serveCore();
    const shell = await serveShell();
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Compact file…' }));
    const asked = within(await screen.findByRole('dialog', { name: 'Compact the file?' }));
    expect(await asked.findByText(/^The file takes .*; compacting/)).toBeTruthy();
    await hands.click(asked.getByRole('button', { name: 'Compact' }));
    const { actor } = await api.workspace.info({});
    await waitFor(() => expect(shell.asked).toEqual([{ what: 'vacuum', actor: actor.id }]));
    await hands.click(await screen.findByRole('button', { name: 'Choose another folder…' }));
    await waitFor(() => expect(shell.asked).toContainEqual({ what: 'place', usual: false, actor: actor.id }));
    const editor = await api.workspace.createProfile({ name: 'Ed', role: 'editor', university_id: null });
    await actAs(editor.id);
    for (const name of ['Compact file…', 'Choose another folder…']) {
      // The page is drawn again for another profile, so the button is looked up each time.
      await waitFor(() => {
        const button = screen.getByRole('button', { name });
        expect(button.getAttribute('aria-disabled')).toBe('true');
        expect(button.title).toMatch(/admins/);
      });
    }
  });

  it('shows the backup folder, and a missing drive', async () => {
    const drive = join(testFolder(), 'drive');
    await serveCore({ template: await placed(drive) });
    await addTeam('Radio');
    const { unmount } = show();
    const place = await screen.findByRole('region', { name: 'Backup folder' });
    expect(within(place).getByText(`In ${join(drive, 'frames-backups-one')}.`)).toBeTruthy();
    expect(within(place).getByRole('button', { name: 'Use default folder' })).toBeTruthy();
    await awaitResult(api.backups.create({}), () => {});
    expect(readdirSync(join(drive, 'frames-backups-one')).length).toBeGreaterThan(0);
    void refreshCare();
    unmount();
    rmSync(drive, { recursive: true });
    const { hands } = show();
    const gone = within(await screen.findByRole('region', { name: 'Backup folder' }));
    expect((await gone.findByRole('alert')).textContent).toMatch(/is not available, so no backups are made/);
    const found = await line('Backup folder');
    expect(found.getByText('Warning')).toBeTruthy();
    // Its drive is connected again.
    mkdirSync(join(drive, 'frames-backups-one'), { recursive: true });
    await hands.click(gone.getByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(gone.queryByRole('alert')).toBeNull());
  });
});

describe('findings', () => {
  it('has words for every code that core has', () => {
    const folder = join(root, 'src/core/care');
    const source = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const codes = [...source.matchAll(/'((?:[a-z]+)\.(?:[a-z_]+))'/g)]
      .map(([, code]) => code ?? '')
      .filter((code) => !code.startsWith('workspace.') && !/\.(json|log|sqlite)$/.test(code));
    expect(codes.length).toBeGreaterThan(20);
    for (const code of codes) {
      const [id = ''] = code.split('.');
      const params = { count: 2, bytes: 1, wal: 1, free: 1, needed: 1, transactions: 1, rows: 1, days: 7 };
      const texts = {
        folder: 'f',
        error: 'e',
        problem: 'p',
        who: 'w',
        client: 'c',
        documents: 'd',
        newest: '2026-01-05T09:00:00Z',
      };
      const moments = {
        made: '2026-01-05T09:00:00Z',
        at: '2026-01-05T09:00:00Z',
        since: '2026-01-05T09:00:00Z',
      };
      const text = findingText({ id, state: 'good', code, params: { ...params, ...texts, ...moments } });
      expect([code, text]).not.toEqual([code, code]);
      expect(text).not.toContain('{{');
    }
  });

  it.each(['backup.replaced', 'backup.apart'])('distinguishes the two backups of %s by seconds', (code) => {
    const [made, since] = ['2026-01-05T09:00:12.000Z', '2026-01-05T09:00:05.000Z'];
    const text = findingText({ id: 'backup', state: 'good', code, params: { made, since } });
    expect(text).toContain(`The backup of ${dateTimeToSecond(made)} holds replaced records`);
    expect(text).toContain(dateTimeToSecond(since));
  });

  it('turns search by meaning on and off', async () => {
    const { workspace } = await serveCore();
    meaningIndex(workspace.core.services, () => new HashEmbedder());
    await addTeam('Radio');
    await addTeam('Thermal control');
    const { hands } = show();
    const index = within(await screen.findByRole('region', { name: 'Search index' }));
    await index.findByText('Search by meaning (English) is off.');
    await hands.click(index.getByRole('button', { name: 'Train' }));
    await index.findByText('Search by meaning (English) is on: 2 of 2 texts, model letters.');
    await hands.click(index.getByRole('button', { name: 'Delete index' }));
    await index.findByText('Search by meaning (English) is off.');
    expect(index.getByText('The index is not built. The next search builds it.')).toBeTruthy();
  });
});
