import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.ts';

/** Where the pictures of all screens go; not part of the repository. */
export const galleryFolder = join(root, 'out', 'gallery');

/** Where those go that README and guide show. */
export const guideFolder = join(root, 'docs', 'images', 'gallery');

/** Where the pictures of the story go that `npm run demo` makes into one. */
export const demoFolder = join(root, 'out', 'demo');
export const demoPicture = join(root, 'docs', 'images', 'demo.png');

/** A picture's screen and theme, by the name of its file; undefined for another file. */
export function pictureOf(file: string): { screen: string; theme: string } | undefined {
  const found = /^(.+)-(light|dark)\.png$/.exec(file);
  return found ? { screen: found[1] as string, theme: found[2] as string } : undefined;
}

/** The screens that SCREENS names, of the environment; null where pictures of all are wanted. */
export function wantedScreens({
  SCREENS = '',
}: Readonly<Record<string, string | undefined>>): string[] | null {
  const names = SCREENS.split(',').filter((name) => name !== '');
  return names.length === 0 ? null : names;
}

/** Whether a file is a picture of one of those screens. */
export function isPictureOf(screens: readonly string[] | null, file: string): boolean {
  const picture = pictureOf(file);
  return picture !== undefined && (screens === null || screens.includes(picture.screen));
}

/** Takes the pictures of those screens out of a folder, or everything where all are taken anew; makes it where it is missing. */
export async function empty(folder: string, screens: readonly string[] | null): Promise<void> {
  if (screens === null) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder))
    if (isPictureOf(screens, file)) await rm(join(folder, file), { force: true });
}

/** A page that shows all pictures, a screen in both themes side by side. `files` are names in the page's own folder. */
export function galleryPage(files: readonly string[]): string {
  const screens = new Map<string, string[]>();
  for (const file of files.toSorted()) {
    const picture = pictureOf(file);
    if (!picture) continue;
    screens.set(picture.screen, [...(screens.get(picture.screen) ?? []), file]);
  }
  const sections = [...screens].map(([screen, pictures]) => {
    // Light comes first: dark is before it in the alphabet.
    const images = pictures
      .toReversed()
      .map((file) => `<a href="${file}"><img src="${file}" alt="${screen}, ${pictureOf(file)?.theme}"></a>`);
    return `<section id="${screen}"><h2>${screen}</h2>${images.join('')}</section>`;
  });
  const links = [...screens.keys()].map((screen) => `<a href="#${screen}">${screen}</a>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>FRAMES: every screen</title>
<style>
body { margin: 24px; background: #888; font: 14px/1.45 system-ui, sans-serif; }
nav { display: flex; flex-wrap: wrap; gap: 4px 12px; }
a { color: #000; }
img { width: calc(50% - 8px); margin-right: 8px; }
</style>
<nav>${links.join(' ')}</nav>
${sections.join('\n')}
</html>
`;
}
