import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { chooseMenu, dropFile } from '../hands.ts';
import { noticeOf } from '../window.ts';
import { escape } from './screen.ts';
import type { Screen } from './screen.ts';

const legacy = join(root, 'test', 'fixtures', 'frames_data.json');

const graph = join(root, 'test', 'core', 'transfer', 'graph', 'fixtures', 'networkx.graphml');

const table = join(root, 'test', 'fixtures', 'teams.csv');

/** Bringing a file in, step by step. The last of them writes, into a workspace of its own. */
export const transferScreens: readonly Screen[] = [
  {
    name: 'import-refused',
    ground: 'empty',
    async show(running) {
      const folder = mkdtempSync(join(tmpdir(), 'frames-screen-'));
      const broken = join(folder, 'broken.json');
      writeFileSync(broken, '{"teams": [\n{"id": "team_1", "name": "A"},\n{"id": ]}');
      await dropFile(running, broken);
      await running.page.getByRole('heading', { name: '“broken.json” cannot be imported' }).waitFor();
      rmSync(folder, { recursive: true });
    },
  },
  {
    name: 'sheet-mapping',
    ground: 'empty',
    compared: true,
    async show(running) {
      await dropFile(running, table);
      await running.page.getByRole('button', { name: /^Import 12 teams/ }).waitFor();
    },
  },
  {
    name: 'sheet-problems',
    ground: 'empty',
    async show({ page }) {
      await page.getByRole('button', { name: '2 issues' }).click();
      await page.getByRole('button', { name: 'Read all 2 as “electrical”' }).waitFor();
    },
  },
  {
    name: 'import-graph',
    ground: 'empty',
    async show(running) {
      await dropFile(running, graph);
      await running.page.getByText('Import nodes without a type as').waitFor();
    },
  },
  {
    name: 'export-all',
    ground: 'empty',
    async show(running) {
      await chooseMenu(running, 'file.exportAs');
      await running.page.getByRole('dialog', { name: 'Export all records' }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'import-preview',
    ground: 'empty',
    async show(running) {
      await dropFile(running, legacy);
      await running.page.getByRole('button', { name: /^Import 25 records/ }).waitFor();
    },
  },
  {
    name: 'import-done',
    ground: 'empty',
    async show({ page }) {
      await page.getByRole('button', { name: /^Import 25 records/ }).click();
      await page.getByRole('heading', { name: 'Imported “frames_data.json”' }).waitFor();
      await noticeOf(page, /Imported/).waitFor({ state: 'hidden' });
    },
  },
];
