import { wantedScreens } from '#scripts/lib/gallery.ts';
import { askScreens } from './screens/ask.ts';
import { backupScreens } from './screens/backups.ts';
import { careScreens } from './screens/care.ts';
import { codeScreens } from './screens/code.ts';
import { confirmScreens } from './screens/confirm.ts';
import { dashboardScreens } from './screens/dashboards.ts';
import { floatingScreens } from './screens/floating.ts';
import { frameScreens } from './screens/frame.ts';
import { goldenScreens } from './screens/golden.ts';
import { habitScreens } from './screens/habits.ts';
import { historyScreens } from './screens/history.ts';
import { homeScreens } from './screens/home.ts';
import { insightScreens } from './screens/insights.ts';
import { jobScreens } from './screens/jobs.ts';
import { listScreens } from './screens/lists.ts';
import { matrixScreens } from './screens/matrix.ts';
import { moleculeScreens } from './screens/molecule.ts';
import { narrowingScreens } from './screens/narrowing.ts';
import { networkScreens } from './screens/network.ts';
import { paletteScreens } from './screens/palette.ts';
import { pastScreens } from './screens/past.ts';
import { playScreens } from './screens/play.ts';
import { peopleScreens } from './screens/people.ts';
import { recordScreens } from './screens/records.ts';
import type { Ground, Screen } from './screens/screen.ts';
import { syncScreens } from './screens/sync.ts';
import { transferScreens } from './screens/transfer.ts';
import { viewScreens } from './screens/views.ts';

/** What a feature has to show; the first of them is reached from anywhere, each other one from the one before. */
const groups: readonly (readonly Screen[])[] = [
  homeScreens,
  insightScreens,
  askScreens,
  dashboardScreens,
  listScreens,
  narrowingScreens,
  viewScreens,
  recordScreens,
  floatingScreens,
  networkScreens,
  matrixScreens,
  confirmScreens,
  moleculeScreens,
  historyScreens,
  pastScreens,
  playScreens,
  backupScreens,
  goldenScreens,
  careScreens,
  jobScreens,
  peopleScreens,
  syncScreens,
  paletteScreens,
  habitScreens,
  frameScreens,
  transferScreens,
  codeScreens,
];

/** Every screen that a person can reach. A feature adds its own here: size, accessibility, pictures and gallery then see to it. */
export const screens: readonly Screen[] = groups.flat();

const names = screens.map(({ name }) => name);
const twice = names.filter((name, index) => names.indexOf(name) !== index);
// The picture of one would take the place of the other's.
if (twice.length > 0) throw new Error(`More than one screen is called ${twice.join(', ')}.`);

/** Those of a workspace; of them, when SCREENS names some (`SCREENS=home,teams`), only these. */
export const screensOn = (ground: Ground): readonly Screen[] => screens.filter(isWanted(ground));

function isWanted(ground: Ground): (screen: Screen) => boolean {
  const wanted = wantedScreens(process.env);
  return (screen) => screen.ground === ground && (wanted === null || wanted.includes(screen.name));
}

/** The same in shares of about equal size, each of whole groups; of at most about so many. */
export function sharesOn(ground: Ground, most: number): readonly (readonly Screen[])[] {
  const wanted = groups.map((all) => all.filter(isWanted(ground)));
  const total = wanted.flat().length;
  const size = total / Math.ceil(total / most);
  const shares = new Map<number, Screen[]>();
  let before = 0;
  for (const group of wanted.filter(({ length }) => length > 0)) {
    const share = Math.floor(before / size);
    shares.set(share, [...(shares.get(share) ?? []), ...group]);
    before += group.length;
  }
  return [...shares.values()];
}
