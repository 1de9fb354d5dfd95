import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from './lib/electron-kinds.ts';
import { demoFolder, demoPicture } from './lib/gallery.ts';
import { reduceColours } from './lib/palette.ts';
import { toolEnv } from './lib/paths.ts';
import { readPng, writeAnimation } from './lib/png.ts';
import { run } from './lib/run.ts';

/** Plays a short story in the built program and makes the animated picture of the README. */
async function main(): Promise<void> {
  const config = 'test/gallery/playwright.config.ts';
  const code = await run('playwright', ['test', '--config', config], { env: { ...toolEnv(), DEMO: '1' } });
  if (code !== 0) throw new Error(`the story did not come to its end: Playwright ended with code ${code}`);
  const names = readdirSync(demoFolder).toSorted();
  const pictures = names.map((name) => readPng(readFileSync(join(demoFolder, name))));
  const [{ width, height } = { width: 0, height: 0 }] = pictures;
  // All pictures share one palette, so they are reduced as one tall picture.
  const pixels = Buffer.concat(pictures.map((picture) => picture.pixels));
  const { palette, indexes } = reduceColours({ width, height: height * pictures.length, pixels });
  const frames = names.map((name, at) => ({
    indexes: indexes.subarray(at * width * height, (at + 1) * width * height),
    ms: Number(/-(\d+)\.png$/.exec(name)?.[1]),
  }));
  const file = writeAnimation({ width, height }, palette, frames);
  writeFileSync(demoPicture, file);
  console.log(`${demoPicture}: ${frames.length} pictures, ${(file.length / 1000).toFixed(0)} kB`);
}

try {
  await main();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
