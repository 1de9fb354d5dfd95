import { wantedScreens } from '#scripts/lib/gallery.ts';
import { backupScreens } from './screens/backups.ts';
import { careScreens } from './screens/care.ts';
import { floatingScreens } from './screens/floating.ts';
import { frameScreens } from './screens/frame.ts';
import { goldenScreens } from './screens/golden.ts';
import { habitScreens } from './screens/habits.ts';
import { historyScreens } from './screens/history.ts';
import { homeScreens } from './screens/home.ts';
import { listScreens } from './screens/lists.ts';
import { narrowingScreens } from './screens/narrowing.ts';
import { networkScreens } from './screens/network.ts';
import { paletteScreens } from './screens/palette.ts';
import { pastScreens } from './screens/past.ts';
import { playScreens } from './screens/play.ts';
import { recordScreens } from './screens/records.ts';
import type { Ground, Screen } from './screens/screen.ts';
import { transferScreens } from './screens/transfer.ts';
import { viewScreens } from './screens/views.ts';

/**
 * Every screen that a person can reach, in an order in which each can be reached from the one before. A feature adds its own
 * here: size, accessibility, pictures and gallery then see to it.
 */
export const screens: readonly Screen[] = [
  ...homeScreens,
  ...listScreens,
  ...narrowingScreens,
  ...viewScreens,
  ...recordScreens,
  ...floatingScreens,
  ...networkScreens,
  ...historyScreens,
  ...pastScreens,
  ...playScreens,
  ...backupScreens,
  ...goldenScreens,
  ...careScreens,
  ...paletteScreens,
  ...habitScreens,
  ...frameScreens,
  ...transferScreens,
];

const names = screens.map(({ name }) => name);
const twice = names.filter((name, index) => names.indexOf(name) !== index);
// The picture of one would take the place of the other's.
if (twice.length > 0) throw new Error(`More than one screen is called ${twice.join(', ')}.`);

/** Those of a workspace; of them, when SCREENS names some (`SCREENS=home,teams`), only these. */
export function screensOn(ground: Ground): readonly Screen[] {
  const wanted = wantedScreens(process.env);
  return screens.filter(
    (screen) => screen.ground === ground && (wanted === null || wanted.includes(screen.name)),
  );
}
