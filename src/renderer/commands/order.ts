import type { Command } from './command.ts';

/** Ids, or how they begin, in the order in which people look for them in a menu: what is done most and what is usual elsewhere first. */
const places: readonly string[] = [
  ['tab.new', 'tab.reopen', 'workspace.new', 'workspace.open', 'workspace.recent.', 'workspace.sample'],
  ['go.wizard', 'file.import', 'go.import', 'file.export', 'list.export', 'workspace.'],
  ['profile.', 'file.preferences', 'tab.close'],
  ['edit.undo', 'edit.redo', 'edit.steps', 'edit.copyLink', 'edit.'],
  ['record.new', 'record.open', 'network.open', 'record.', 'network.'],
  ['view.palette', 'list.search', 'list.filter', 'list.', 'column.'],
  ['view.save', 'view.discard', 'view.rename', 'view.copyLink', 'view.delete'],
  ['view.sidebar', 'view.notices', 'tab.', 'view.larger', 'view.smaller', 'view.usualSize'],
  ['view.density', 'view.light', 'view.dark', 'view.auto', 'view.'],
  ['go.back', 'go.forward', 'tab.next', 'tab.previous', 'tab.otherPane', 'go.'],
  ['help.terms', 'help.shortcuts', 'help.tour', 'help.about'],
].flat();

/** The place of the longest entry that an id begins with; what is not named comes last. */
function rankOf(id: string): number {
  let best = -1;
  places.forEach((place, index) => {
    if (id.startsWith(place) && place.length > (places[best]?.length ?? 0)) best = index;
  });
  return best < 0 ? places.length : best;
}

/**
 * The commands as they stand in menus and lists. They come and go with what is shown, and come anew when their labels change: without
 * an order of its own a menu would be another each time. Those of one place stay in the order in which they came.
 */
export function inOrder(commands: readonly Command[]): readonly Command[] {
  const ranked = commands.map((command) => ({ command, rank: rankOf(command.id) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ command }) => command);
}
