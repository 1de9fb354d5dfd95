import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { cutTexts } from './lib/cut.ts';
import { englishOn } from './lib/german.ts';
import { chooseMenu, dropFile, readMenu, ready } from './lib/hands.ts';
import { settled, sizeTo } from './lib/walk.ts';
import { cutOff } from './lib/overflow.ts';
import { copyStill } from './lib/still.ts';
import { wordsOf, written } from './lib/written.ts';

/** The smallest window in which no text may be cut. */
const size = { width: 1024, height: 700 };

const fixture = (name: string): string => join(root, 'test', 'fixtures', name);

const rail = (page: Page) => page.getByRole('navigation', { name: 'Hauptnavigation' });

/** Names that people or programs gave, which no language changes. */
const own = ['Sample', 'FRAMES'];

test('the window speaks the language of the system: no English is left on the main screens, and nothing is cut off', async ({
  frames,
}) => {
  test.setTimeout(300_000);
  const workspace = await copyStill(join(frames.folder, 'still'), 'sample');
  const userData = join(frames.folder, 'user');
  mkdirSync(userData, { recursive: true });
  const seat = { version: 1, theme: 'light', items: {} };
  writeFileSync(join(userData, 'seat.json'), JSON.stringify(seat));
  const found = ['teams.csv', 'frames_data.json'].map(fixture).flatMap(wordsOf);
  const names = [...own, ...found, ...(await written(workspace))].toSorted((a, b) => b.length - a.length);
  const args = ['--force-prefers-reduced-motion', '--lang=de'];
  const running = await frames.start({ userData, workspace, args });
  const { page } = running;
  await expect(rail(page)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await ready(running);
  const labels = async (): Promise<string[]> => (await readMenu(running)).map(({ label }) => label);
  await expect.poll(labels).toEqual(['Datei', 'Bearbeiten', 'Ansicht', 'Gehe zu', 'Daten', 'Hilfe']);

  const look = async (name: string): Promise<void> => {
    await settled(page);
    expect.soft(await cutOff(page), name).toEqual([]);
    expect.soft(await cutTexts(page, names), `texts cut on ${name}`).toEqual([]);
    expect.soft(await englishOn(page, names), `English on ${name}`).toEqual([]);
  };

  await sizeTo(running, size);
  await look('home');
  for (const list of ['university', 'project', 'faculty', 'student', 'interface', 'team']) {
    await chooseMenu(running, `go.${list}`);
    await expect(page.getByRole('grid')).toBeVisible();
    await look(list);
  }
  await page.getByRole('grid').getByRole('gridcell').nth(1).click();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('complementary', { name: 'Datensatz' })).toBeVisible();
  await look('record');
  await page.getByRole('tab', { name: /^Verbindungen/ }).click();
  await look('record-links');
  await page.getByRole('tab', { name: 'Verlauf' }).click();
  await look('record-history');
  await dropFile(running, fixture('teams.csv'));
  await expect(page.getByRole('heading', { name: '„teams.csv“ importieren' })).toBeVisible();
  await look('sheet');
  await page.getByRole('button', { name: /\d Probleme?$/ }).click();
  await look('sheet-problems');
  await dropFile(running, fixture('frames_data.json'));
  await expect(page.getByRole('heading', { name: '„frames_data.json“ importieren' })).toBeVisible();
  await look('import');
  for (const [id, title] of [
    ['go.network', 'Netzwerk'],
    ['go.history', 'Verlauf'],
    ['file.preferences', 'Einstellungen'],
    ['help.shortcuts', 'Tastenkürzel'],
    ['help.about', 'Über FRAMES'],
    ['help.terms', 'Hilfe'],
    ['go.wizard', 'Von Grund auf beginnen'],
  ] as const) {
    await chooseMenu(running, id);
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await look(id.replace('.', '-'));
  }
  await chooseMenu(running, 'go.matrix');
  await page.getByRole('radiogroup', { name: 'Inhalt' }).getByText('Fachkenntnis').click();
  await page.getByRole('columnheader', { name: 'adhesives 1 Person' }).click();
  await expect(page.getByRole('button', { name: 'In Erkenntnissen zeigen' })).toBeVisible();
  await look('matrix-area');

  await test.step('another language is chosen in the preferences, and shown at once, in the menu too', async () => {
    // The window and the shell learn of it by two ways; the menu has all of it when both have.
    const roles = () =>
      running.app.evaluate(({ Menu }) =>
        (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) =>
          (menu.submenu?.items ?? []).filter((item) => item.role).map((item) => item.label),
        ),
      );
    const wanted = ['Ausschneiden', 'Kopieren', 'Einfügen', 'FRAMES beenden'];
    await expect.poll(roles).toEqual(expect.arrayContaining(wanted));
    await chooseMenu(running, 'file.preferences');
    await expect(page.getByRole('radio', { name: '1.250,5' })).toBeChecked();
    await page.getByRole('combobox', { name: 'Sprache' }).click();
    await page.getByRole('option', { name: 'English', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Preferences', level: 1 })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('combobox', { name: 'Language' })).toBeFocused();
    await expect.poll(labels).toEqual(expect.arrayContaining(['File', 'Edit', 'Help']));
  });
});
