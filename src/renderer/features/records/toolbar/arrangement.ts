/** How the toolbar of a list stands in the room it has. */
export interface Arrangement {
  /** One: everything side by side. Two: what the list is and what can be done, then how it is narrowed. Three: filters have their own. */
  lines: 1 | 2 | 3;
  /** How many steps of what is seldom needed wait behind the button with the dots. */
  folded: number;
  /** Whether the search has room for a single word only. */
  short: boolean;
  /** Whether there is room for what narrows the list, and for its title. */
  narrowing: boolean;
  title: boolean;
}

/** What the parts of the toolbar want, in px; a part that is not there wants 0. */
export interface Wanted {
  title: number;
  search: number;
  /** The search with a single word in it. */
  short: number;
  /** Filters, the way to another one, and to save them. */
  chips: number;
  /** How it is arranged: groups, columns. */
  arrange: number;
  /** What can be done with it: with everything in sight, then with ever more behind the button with the dots. */
  deeds: readonly number[];
}

const edges = 24;
const gap = 8;

/** What parts take beside each other, with the edges of the toolbar. */
function across(...parts: readonly number[]): number {
  return parts.filter((part) => part > 0).reduce((sum, part) => sum + part + gap, edges - gap);
}

/** The fewest steps that have to wait behind the dots so that the others stand beside `parts`; null when even then there is no room. */
function foldedIn(room: number, deeds: readonly number[], ...parts: readonly number[]): number | null {
  const found = deeds.findIndex((width) => across(...parts, width) <= room);
  return found < 0 ? null : found;
}

/**
 * The toolbar of a list in `room` px: as few lines as there can be, and no button without its word. What is seldom needed goes behind
 * the dots before a second line is begun. While the room is not known (0) it is one line with everything.
 */
export function arrangedIn(room: number, wanted: Wanted): Arrangement {
  const { title, search, short, chips, arrange, deeds } = wanted;
  const all = { narrowing: true, title: true };
  if (room <= 0) return { lines: 1, folded: 0, short: false, ...all };
  for (const width of [search, short]) {
    const beside = foldedIn(room, deeds, title, width, chips, arrange);
    if (beside !== null) return { lines: 1, folded: beside, short: width !== search, ...all };
  }
  const folded = foldedIn(room, deeds, title) ?? deeds.length - 1;
  if (across(search, chips, arrange) <= room) return { lines: 2, folded, short: false, ...all };
  if (across(short, chips, arrange) <= room) return { lines: 2, folded, short: true, ...all };
  return { lines: 3, folded, short: across(search, arrange) > room, ...all };
}

/**
 * The same while records are selected: `picked` is what can be done with them, in place of what can be done with the list. There are as
 * many lines as before, or the rows would move under the pointer; in a single one what narrows the list makes room.
 */
export function selectingIn(room: number, wanted: Wanted, picked: readonly number[]): Arrangement {
  const before = arrangedIn(room, wanted);
  if (room <= 0) return before;
  const { title, search, chips } = wanted;
  const [whole = 0] = picked;
  if (before.lines === 1 && across(title, search, chips, whole) <= room) return { ...before, folded: 0 };
  const folded = foldedIn(room, picked, title);
  return {
    ...before,
    narrowing: before.lines > 1,
    title: folded !== null,
    folded: folded ?? foldedIn(room, picked) ?? picked.length - 1,
  };
}

/** Whether filters can take `whole` px, to be read whole, where nothing else then stands otherwise. */
export function hasRoomFor(
  whole: number,
  arranged: (wanted: Wanted) => Arrangement,
  wanted: Wanted,
): boolean {
  const [now, then] = [arranged(wanted), arranged({ ...wanted, chips: whole })];
  return (
    now.lines === then.lines &&
    now.folded === then.folded &&
    now.short === then.short &&
    now.narrowing === then.narrowing &&
    now.title === then.title
  );
}
