import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { chooseMenu, dropFile } from '../hands.ts';
import { noticeOf } from '../window.ts';
import { emptyScreen, escape } from './screen.ts';
import type { Screen } from './screen.ts';

const legacy = join(root, 'test', 'fixtures', 'frames_data.json');

const graph = join(root, 'test', 'core', 'transfer', 'graph', 'fixtures', 'networkx.graphml');

const table = join(root, 'test', 'fixtures', 'teams.csv');

/** Bringing a file in, step by step. The last of them writes, into a workspace of its own. */
export const transferScreens: readonly Screen[] = [
  emptyScreen('import-refused', async (running) => {
    const folder = mkdtempSync(join(tmpdir(), 'frames-screen-'));
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{"teams": [\n{"id": "team_1", "name": "A"},\n{"id": ]}');
    await dropFile(running, broken);
    await running.page.getByRole('heading', { name: '“broken.json” cannot be imported' }).waitFor();
    rmSync(folder, { recursive: true });
  }),
  emptyScreen(
    'sheet-mapping',
    async (running) => {
      await dropFile(running, table);
      await running.page.getByRole('button', { name: /^Import 12 teams/ }).waitFor();
    },
    { compared: true },
  ),
  emptyScreen('sheet-problems', async ({ page }) => {
    await page.getByRole('button', { name: '2 issues' }).click();
    await page.getByRole('button', { name: 'Read all 2 as “electrical”' }).waitFor();
  }),
  emptyScreen('import-graph', async (running) => {
    await dropFile(running, graph);
    await running.page.getByText('Import nodes without a type as').waitFor();
  }),
  emptyScreen(
    'export-all',
    async (running) => {
      await chooseMenu(running, 'file.exportAs');
      await running.page.getByRole('dialog', { name: 'Export all records' }).waitFor();
    },
    { leave: escape },
  ),
  emptyScreen('import-preview', async (running) => {
    await dropFile(running, legacy);
    await running.page.getByRole('button', { name: /^Import 25 records/ }).waitFor();
  }),
  emptyScreen('import-done', async ({ page }) => {
    await page.getByRole('button', { name: /^Import 25 records/ }).click();
    await page.getByRole('heading', { name: 'Imported “frames_data.json”' }).waitFor();
    await noticeOf(page, /Imported/).waitFor({ state: 'hidden' });
  }),
];
