import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { galleryFolder } from '#scripts/lib/gallery.ts';
import type { Running } from '../e2e/lib/launch.ts';
import { settled, sizeTo } from '../e2e/lib/walk.ts';

/** Makes the window as large as every picture of the gallery is. */
export const sized = (running: Running): Promise<void> => sizeTo(running, { width: 1280, height: 800 });

/** Keeps a picture of the window in the gallery once nothing moves in it. `name` ends with the theme. */
export async function keepPicture({ page }: Running, name: string): Promise<void> {
  mkdirSync(galleryFolder, { recursive: true });
  await page.mouse.move(640, 799);
  await settled(page);
  await page.screenshot({ path: join(galleryFolder, `${name}.png`) });
}
