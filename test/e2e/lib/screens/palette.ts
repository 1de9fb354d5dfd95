import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { floatingScreen } from './screen.ts';
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
  floatingScreen('palette', palette('', 'Home')),
  floatingScreen('palette-records', palette('autonomy', 'Autonomy')),
  floatingScreen('palette-texts', palette('batteries', 'the batteries')),
  floatingScreen('palette-nothing', palette('xyzzy', 'Nothing found for “xyzzy”')),
];
