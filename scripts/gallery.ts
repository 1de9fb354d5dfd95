import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from './lib/electron-kinds.ts';
import { empty, galleryFolder, galleryPage, guideFolder, isPictureOf, wantedScreens } from './lib/gallery.ts';
import { reduceColours } from './lib/palette.ts';
import { toolEnv } from './lib/paths.ts';
import { readPng, writeIndexedPng } from './lib/png.ts';
import { run } from './lib/run.ts';

/** The pictures that README and guide show; they are committed, in 256 colours. */
const inGuide = [
  'home-light.png',
  'home-empty-light.png',
  'insights-light.png',
  'code-light.png',
  'code-insights-light.png',
  'repair-tasks-light.png',
  'structure-light.png',
  'models-compared-light.png',
  'dashboard-light.png',
  'dashboard-university-light.png',
  'wizard-light.png',
  'sheet-mapping-light.png',
  'sheet-problems-light.png',
  'export-list-light.png',
  'teams-light.png',
  'teams-dark.png',
  'teams-typed-chips-light.png',
  'teams-grouped-light.png',
  'teams-selected-light.png',
  'team-links-light.png',
  'record-alone-light.png',
  'network-light.png',
  'network-around-light.png',
  'matrix-light.png',
  'matrix-area-light.png',
  'molecule-light.png',
  'palette-records-light.png',
  'panes-light.png',
  'view-menu-light.png',
  'history-open-light.png',
  'preferences-light.png',
  'play-light.png',
  'play-inside-light.png',
  'play-compare-light.png',
  'whatif-light.png',
  'whatif-forecasts-light.png',
  'past-light.png',
  'past-compare-light.png',
  'versions-light.png',
  'backup-restore-light.png',
  'play-promote-light.png',
  'play-compare-network-light.png',
  'backup-records-light.png',
  'golden-compare-light.png',
  'golden-reset-light.png',
  'care-light.png',
  'care-pack-light.png',
  'team-notes-light.png',
  'ask-answer-light.png',
  'ask-request-light.png',
  'jobs-light.png',
  'recovery-salvage-light.png',
];

/**
 * Makes a picture of every screen in both themes from the built program, and a page to look through them. With SCREENS=home,teams only of
 * those: all other pictures stay as they are.
 */
async function main(): Promise<void> {
  const wanted = wantedScreens(process.env);
  const config = 'test/gallery/playwright.config.ts';
  await empty(galleryFolder, wanted);
  const code = await run('playwright', ['test', '--config', config], { env: toolEnv() });
  if (code !== 0) throw new Error(`not every picture was taken: Playwright ended with code ${code}`);
  const files = await readdir(galleryFolder);
  await writeFile(join(galleryFolder, 'index.html'), galleryPage(files));

  const shown = inGuide.filter((file) => isPictureOf(wanted, file));
  await empty(guideFolder, wanted);
  for (const file of shown) {
    const picture = readPng(await readFile(join(galleryFolder, file)));
    const { palette, indexes } = reduceColours(picture);
    await writeFile(join(guideFolder, file), writeIndexedPng(picture, palette, indexes));
  }
  console.log(`${files.length} pictures in ${galleryFolder}: open index.html there.`);
  console.log(`${shown.length} of them went to ${guideFolder}.`);
}

try {
  await main();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
