import type { EntityType } from '#shared/domain/types.ts';
import { adjustList, here } from '../../stores/address.ts';
import { goesAlong, keeping } from '../../stores/alongside.ts';
import { paneOf } from '../../stores/tabs/layout.ts';
import { useTabs } from '../../stores/tabs/store.ts';
import type { Current } from './current.ts';
import { forgetLayout, takeAlong } from './layout.ts';
import { begin, begunAs } from './opened.ts';
import { addressOf, savable, sortOf } from './place.ts';
import type { Savable } from './place.ts';
import { readAgain } from './saved.ts';

/** What a tab shows of the same sort as a view, as long as the tab is open. */
function shownIn(tab: string, like: Savable): Savable | null {
  if (!paneOf(useTabs.getState(), tab)) return null;
  const shown = savable(here(tab).view);
  return shown && sortOf(shown) === sortOf(like) ? shown : null;
}

/** Shows what a tab shows as that saved view, or as none (''). */
function showAs(tab: string, { kind }: Savable, saved: string): void {
  if (kind === 'list') adjustList({ saved }, tab);
  else begin(tab, kind, saved);
}

/**
 * Shows what was just saved as that view, with what was arranged for it. When saving is undone, it is shown as before, its columns
 * included; when that is redone, as the view again. Gives the type whose lists have
 * their columns of before, if any.
 */
export function showSaved(
  { view, saved }: Current,
  { tab, id, op }: { tab: string; id: string; op: string | null },
): EntityType | null {
  const before = begunAs(tab, view);
  let apart: EntityType | null = null;
  showAs(tab, view, id);
  const laid = keeping(() => {
    if (saved) forgetLayout(saved.id);
    if (view.kind === 'list' && saved === null && takeAlong(view.type, tab)) apart = view.type;
  });
  if (op === null) return apart;
  goesAlong(op, async (direction) => {
    if (direction === 'redo') await readAgain();
    laid(direction);
    const shown = shownIn(tab, view);
    if (!shown) return;
    if (direction === 'undo' && begunAs(tab, shown) === id) showAs(tab, shown, before);
    // Who has gone on to something else meanwhile stays there.
    const same = begunAs(tab, shown) === before && addressOf(shown) === addressOf(view);
    if (direction === 'redo' && same) showAs(tab, shown, id);
  });
  return apart;
}
