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
import { makeStill } from './lib/still.ts';
import { wordsOf, written } from './lib/written.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

const fixture = (name: string): string => join(root, 'test', 'fixtures', name);

const rail = (page: Page) => page.getByRole('navigation', { name: 'Hauptnavigation' });

/** Names that people or programs gave, which no language changes. */
const own = ['Sample', 'FRAMES'];

async function chooseLanguage(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

test('German is chosen in the preferences, counts at once and stays, in the menu too', async ({ frames }) => {
  const first = await frames.start();
  const { page } = first;
  await ready(first);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await chooseMenu(first, 'file.preferences');
  await chooseLanguage(page, 'Language', 'Deutsch');
  await expect(page.getByRole('heading', { name: 'Einstellungen', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('combobox', { name: 'Sprache' })).toBeFocused();
  // What it may say is not cut, as on a computer that speaks German.
  const room = await page.getByRole('combobox', { name: 'Sprache' }).evaluate((field, text) => {
    const { fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(field);
    const pen = document.createElement('canvas').getContext('2d');
    if (pen) pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const words = pen?.measureText(text).width ?? Infinity;
    return field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - words;
  }, 'System (Deutsch)');
  expect(room).toBeGreaterThanOrEqual(0);
  await expect(rail(page).getByRole('button', { name: /^Universitäten/ })).toBeVisible();
  // The numbers of the language, as nobody has chosen others.
  await expect(page.getByRole('radio', { name: '1.250,5' })).toBeChecked();
  const german = ['Datei', 'Bearbeiten', 'Ansicht', 'Gehe zu', 'Daten', 'Hilfe'];
  await expect.poll(async () => (await readMenu(first)).map(({ label }) => label)).toEqual(german);
  // The window and the shell learn of it by two ways; the menu has all of it when both have.
  const roles = () =>
    first.app.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) =>
        (menu.submenu?.items ?? []).filter((item) => item.role).map((item) => item.label),
      ),
    );
  const wanted = ['Ausschneiden', 'Kopieren', 'Einfügen', 'FRAMES beenden'];
  await expect.poll(roles).toEqual(expect.arrayContaining(wanted));
  await frames.quit(first);

  const second = await frames.start();
  await expect(rail(second.page)).toBeVisible();
  await expect(second.page.locator('html')).toHaveAttribute('lang', 'de');
  await ready(second);
  await chooseMenu(second, 'file.preferences');
  await chooseLanguage(second.page, 'Sprache', 'English');
  await expect(second.page.getByRole('heading', { name: 'Preferences', level: 1 })).toBeVisible();
  await expect
    .poll(async () => (await readMenu(second)).map(({ label }) => label))
    .toEqual(expect.arrayContaining(['File', 'Edit', 'Help']));
});

test('a first start speaks the language of the system', async ({ frames }) => {
  const { page } = await frames.startFirst({ args: ['--lang=de'] });
  await expect(rail(page)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});

test('no English is left on the main screens, and nothing is cut off', async ({ frames }) => {
  test.setTimeout(300_000);
  const workspace = await makeStill(join(frames.folder, 'still'), 'sample');
  const userData = join(frames.folder, 'user');
  mkdirSync(userData, { recursive: true });
  const seat = { version: 1, theme: 'light', language: 'de', items: {} };
  writeFileSync(join(userData, 'seat.json'), JSON.stringify(seat));
  const found = ['teams.csv', 'frames_data.json'].map(fixture).flatMap(wordsOf);
  const names = [...own, ...found, ...(await written(workspace))].toSorted((a, b) => b.length - a.length);
  const args = ['--force-prefers-reduced-motion'];
  const running = await frames.start({ userData, workspace, args });
  const { page } = running;
  await expect(rail(page)).toBeVisible();
  await ready(running);

  const look = async (name: string): Promise<void> => {
    for (const size of sizes) {
      await sizeTo(running, size);
      await settled(page);
      expect.soft(await cutOff(page), `${name} at ${size.width}`).toEqual([]);
      expect.soft(await cutTexts(page, names), `texts cut on ${name} at ${size.width}`).toEqual([]);
    }
    expect.soft(await englishOn(page, names), `English on ${name}`).toEqual([]);
  };

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
});
