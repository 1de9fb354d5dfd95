import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { useRecentWorkspaces } from '../../stores/recent-workspaces.ts';
import { flush, keep, useSeat } from '../../stores/seat.ts';
import { notice, report } from '../../ui/notices.tsx';
import { refuse } from './refuse.ts';
import { namedNow } from './workspace-names.ts';

/** Under which the seat keeps which workspace goes by which entry of the recent ones. */
const knownKey = 'workspaces';
/** Under which it keeps a link that waits for its workspace to be open. */
const waitingKey = 'link';
/** Stands for the sample, which is not among the recent ones. */
const sample = 'sample';

function known(): Readonly<Record<string, Json>> {
  const kept = useSeat.getState().items[knownKey];
  return kept !== undefined && isJsonObject(kept) ? kept : {};
}

/** Notes where the workspace that is open will be found again, so that links to it can be followed from others. */
export function noteWorkspace(
  { id, sample: isSample }: { id: string; sample: boolean },
  recent: readonly RecentWorkspace[],
): void {
  const place = recent.find(({ current }) => current)?.id ?? (isSample ? sample : undefined);
  if (place !== undefined && known()[id] !== place) keep(knownKey, { ...known(), [id]: place });
}

/** The name of a workspace that can be opened from here, and its entry; null when it is not known or not there. */
function find(id: string): { name: string; place: string } | null {
  const place = known()[id];
  if (place === sample) return { name: say('notices:link.sample'), place };
  const found = namedNow(useRecentWorkspaces.getState().list).find((one) => one.id === place);
  return found && !found.missing ? { name: found.name, place: found.id } : null;
}

/** Opens a workspace; the window begins anew and then follows the link. */
async function openThere(place: string, link: string): Promise<void> {
  try {
    // At once and by itself: the page may go before what is kept is sent.
    await shell.seat.set({ items: { [waitingKey]: link } });
    await flush();
    if (place === sample) await shell.workspace.choose({ which: 'sample' });
    else await shell.workspace.openRecent({ id: place });
  } catch (error) {
    report(error, say('notices:link.failed'));
  }
}

/** Tells that a link belongs to another workspace, and offers to open that one where it is known. */
export function tellElsewhere(workspace: string, here: string, link: string): void {
  const found = find(workspace);
  if (!found) {
    refuse(say('notices:link.elsewhere'), say('notices:link.elsewhereMore', { here }));
    return;
  }
  notice({
    id: 'link',
    title: say('notices:link.elsewhere'),
    more: say('notices:link.elsewhereKnown', { here, name: found.name }),
    action: {
      label: say('notices:link.openThere', { name: found.name }),
      run: () => void openThere(found.place, link),
    },
    stays: 30_000,
  });
}

/** The link that waited for this workspace, once. */
export function takeWaiting(): string | null {
  const link = useSeat.getState().items[waitingKey];
  if (link === undefined) return null;
  keep(waitingKey, null);
  return typeof link === 'string' ? link : null;
}
