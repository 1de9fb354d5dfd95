import { notice, reportError } from '../../ui/notices.tsx';
import { jsonObjectIn } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { setSeatItem, useSeat, flushSeat } from '../../stores/seat.ts';
import { onShellEvent, shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { parseLink, printLink } from '#shared/address/link.ts';
import { parseTarget, printTarget } from '#shared/domain/target.ts';
import { api } from '../../api/client.ts';
import { inPast, pageTarget } from '../../stores/target.ts';
import { openLinkTarget, openLinkAtPoint } from '../workspace/switch-target.ts';
import type { Link } from '#shared/address/link.ts';
import { recordPage } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import { windowStore } from '../../api/window-store.ts';
import { faultData } from '../../text/faults.ts';
import { showLink } from '../workspace/opened-page.ts';

export function reportLinkProblem(title: string, detail: string): null {
  notice({ id: 'link', title, more: detail, stays: 15_000 });
  return null;
}

/** The seat item with the names of recent workspaces by the id of their list entry: the shell only knows their folders. */
export const namesKey = 'workspaceNames';

const seatObject = (key: string): JsonObject => jsonObjectIn(useSeat.getState().items[key]);

export function storeName(name: string, recent: readonly RecentWorkspace[]): void {
  const entryId = recent.find(({ current }) => current)?.id;
  const names = seatObject(namesKey);
  if (entryId === undefined || names[entryId] === name) return;
  const listedNames = Object.entries(names).filter(([id]) => recent.some((entry) => entry.id === id));
  setSeatItem(namesKey, { ...Object.fromEntries(listedNames), [entryId]: name });
}

/** The recent workspaces with their stored names; with the folder where names are equal. */
export function withNames(
  recent: readonly RecentWorkspace[],
  storedNames: Json | undefined,
): readonly RecentWorkspace[] {
  const names = jsonObjectIn(storedNames);
  const nameOf = ({ id, name }: RecentWorkspace): string => {
    const storedName = names[id];
    return typeof storedName === 'string' && storedName !== '' ? storedName : name;
  };
  const allNames = recent.map(nameOf);
  return recent.map((workspace) => {
    const name = nameOf(workspace);
    const isAmbiguous = allNames.filter((other) => other === name).length > 1;
    // Without a stored name, the folder is the name, so its parent distinguishes it.
    const folder = name === workspace.name ? workspace.within : workspace.name;
    return { ...workspace, name, within: isAmbiguous ? folder : null };
  });
}

export function withStoredNames(recent: readonly RecentWorkspace[]): readonly RecentWorkspace[] {
  return withNames(recent, useSeat.getState().items[namesKey]);
}

export const useRecentWorkspaces = windowStore<{ list: readonly RecentWorkspace[] }>(() => ({ list: [] }));

export function watchRecent(): () => void {
  return onShellEvent((event) => {
    if (event.kind === 'recent') useRecentWorkspaces.setState({ list: event.workspaces });
  });
}

const entriesKey = 'workspaces';
const pendingLinkKey = 'link';
/** The entry of the sample workspace, which is not in the list. */
const sampleEntry = 'sample';

const storedEntries = (): JsonObject => seatObject(entriesKey);

/** Stores the list entry of this workspace, so that links to it can be opened from other workspaces. */
export function storeEntry(
  { id, sample: isSample }: { id: string; sample: boolean },
  recent: readonly RecentWorkspace[],
): void {
  const entryId = recent.find(({ current }) => current)?.id ?? (isSample ? sampleEntry : undefined);
  if (entryId !== undefined && storedEntries()[id] !== entryId)
    setSeatItem(entriesKey, { ...storedEntries(), [id]: entryId });
}

/** The name and entry of a workspace that can be opened; null if unknown or missing. */
function findWorkspace(id: string): { name: string; entryId: string } | null {
  const entryId = storedEntries()[id];
  if (entryId === sampleEntry) return { name: say('notices:link.sample'), entryId };
  const workspace = withStoredNames(useRecentWorkspaces.getState().list).find(
    (entry) => entry.id === entryId,
  );
  return workspace && !workspace.missing ? { name: workspace.name, entryId: workspace.id } : null;
}

async function openWorkspace(entryId: string, link: string): Promise<void> {
  try {
    // The link is stored at once and separately, because the page can close before the seat is flushed.
    await shell.seat.set({ items: { [pendingLinkKey]: link } });
    await flushSeat();
    if (entryId === sampleEntry) await shell.workspace.choose({ which: 'sample' });
    else await shell.workspace.openRecent({ id: entryId });
  } catch (error) {
    reportError(error);
  }
}

/** Reports that a link belongs to another workspace, and offers to open it if known. */
export function reportOtherWorkspace(workspace: string, currentName: string, link: string): void {
  const otherWorkspace = findWorkspace(workspace);
  if (!otherWorkspace) {
    reportLinkProblem(
      say('notices:link.elsewhere'),
      say('notices:link.elsewhereMore', { here: currentName }),
    );
    return;
  }
  notice({
    id: 'link',
    title: say('notices:link.elsewhere'),
    more: say('notices:link.elsewhereKnown', { here: currentName, name: otherWorkspace.name }),
    action: {
      label: say('panel:links.openOther', { title: otherWorkspace.name }),
      run: () => void openWorkspace(otherWorkspace.entryId, link),
    },
    stays: 30_000,
  });
}

export function takePendingLink(): string | null {
  const link = useSeat.getState().items[pendingLinkKey];
  if (link === undefined) return null;
  setSeatItem(pendingLinkKey, null);
  return typeof link === 'string' ? link : null;
}

/** Reports that a link needs another target (sandbox, point in time, or live), and offers to open it. */
export async function reportOtherTarget(target: string, link: string): Promise<null> {
  const { sandbox, isPast, at: pointId } = parseTarget(target) ?? { sandbox: null, isPast: false, at: null };
  const otherSandbox =
    sandbox === null ? null : (await api.sandboxes.list({})).find(({ id }) => id === sandbox);
  if (otherSandbox === undefined) return reportLinkProblem(say('play:link.gone'), say('play:link.goneMore'));
  const detail =
    otherSandbox === null ? '' : say('play:link.toPlayMore', { name: otherSandbox.name ?? otherSandbox.id });
  if (isPast) {
    if (pointId === null) return reportLinkProblem(say('notices:link.target'), say('past:link.noMoment'));
    const openPoint = (): void => void openLinkAtPoint(sandbox, pointId, withoutPoint(link));
    return offerToOpen(say('past:link.open'), say('past:link.title'), detail, openPoint);
  }
  if (otherSandbox === null)
    return offerToOpen(
      say('play:link.openLive'),
      say('play:link.toLive'),
      say(inPast() ? 'past:link.here' : 'play:link.toLiveMore'),
      () => void openLinkTarget(null, link),
    );
  return offerToOpen(
    say('play:link.open'),
    say('play:link.toPlay'),
    detail,
    () => void openLinkTarget(sandbox, link),
  );
}

/** The link without its point in time, which is passed separately. */
function withoutPoint(link: string): string {
  const linkParts = parseLink(link);
  const target = linkParts && parseTarget(linkParts.address.target);
  if (!linkParts || !target) return link;
  return printLink({
    ...linkParts,
    address: { ...linkParts.address, target: printTarget({ ...target, at: null }) },
  });
}

function offerToOpen(label: string, title: string, detail: string, run: () => void): null {
  notice({
    id: 'link',
    title,
    ...(detail === '' ? {} : { more: detail }),
    action: { label, run },
    stays: 30_000,
  });
  return null;
}

function recordIdOf(view: View): string | null {
  if (view.kind === 'record') return view.id;
  return view.kind === 'list' && view.panel?.kind === 'record' ? view.panel.id : null;
}

/** The view with the current type and deletion of the record; null after reporting that the record does not exist. */
async function withRecord(view: View, id: string): Promise<View | null> {
  try {
    const { type, deleted_at } = await api.entities.find({ id });
    if (view.kind === 'record') return recordPage(type, id, view.tab);
    if (view.kind !== 'list') return view;
    const deleted = deleted_at === null ? view.deleted : 'only';
    return type === view.type ? { ...view, deleted } : recordPage(type, id);
  } catch (error) {
    if (!faultData(error, 'NOT_FOUND')) throw error;
    return reportLinkProblem(say('notices:link.gone'), say('notices:link.goneRecord', { id }));
  }
}

/** The view of a link; null after reporting why it cannot be shown in this target. */
async function viewOfLink({ address, workspace }: Link, linkText: string): Promise<View | null> {
  const { target, view } = address;
  if (!parseTarget(target)) {
    return reportLinkProblem(
      say('notices:link.target'),
      say('notices:link.targetMore', { target: target.slice(0, 60) }),
    );
  }
  const { id, name } = await api.workspace.info({});
  if (workspace !== null && workspace !== id) {
    reportOtherWorkspace(workspace, name, linkText);
    return null;
  }
  if (target !== pageTarget()) return reportOtherTarget(target, linkText);
  const recordId = recordIdOf(view);
  if (recordId !== null) return withRecord(view, recordId);
  if (view.kind === 'history' && view.open !== '') {
    const { total } = await api.history.list({ op_id: view.open, limit: 1 });
    if (total === 0) return reportLinkProblem(say('notices:link.gone'), say('notices:link.goneChange'));
  }
  if (view.kind === 'list' && view.saved !== '') {
    const views = await api.views.list({});
    if (views.some((saved) => saved.id === view.saved)) return view;
    // The link includes filters and sort: they are shown without the view's name.
    reportLinkProblem(say('notices:link.gone'), say('notices:link.goneView'));
    return { ...view, saved: '' };
  }
  return view;
}

/** Opens a link from outside in its own tab, or reports why the link cannot be opened. */
export async function followLink(linkText: string): Promise<void> {
  const link = parseLink(linkText);
  if (!link) {
    reportLinkProblem(say('notices:link.malformed'), say('notices:link.malformedMore'));
    return;
  }
  try {
    showLink(linkText, await viewOfLink(link, linkText));
  } catch (error) {
    reportError(error);
  }
}
