import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { escape } from './screen.ts';
import type { Screen } from './screen.ts';

const palette =
  (words: string, ready: string) =>
  async ({ page }: Running): Promise<void> => {
    await goTo(page, 'Home');
    await page.keyboard.press('Control+K');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').fill(words);
    await dialog.getByText(ready).first().waitFor();
  };

/** The palette: commands, records, texts of records, and nothing. */
export const paletteScreens: readonly Screen[] = [
  { name: 'palette', ground: 'sample', show: palette('', 'Home'), leave: escape },
  {
    name: 'palette-records',
    ground: 'sample',
    show: palette('autonomy', 'Autonomy'),
    leave: escape,
  },
  {
    name: 'palette-texts',
    ground: 'sample',
    show: palette('batteries', 'the batteries'),
    leave: escape,
  },
  {
    name: 'palette-nothing',
    ground: 'sample',
    show: palette('xyzzy', 'Nothing found for “xyzzy”'),
    leave: escape,
  },
];
