import { notice, reportError } from '../../ui/notices.tsx';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { RecentWorkspace } from '#shared/shell/workspace.ts';
import { setSeatItem, useSeat, flushSeat } from '../../stores/seat.ts';
import { onShellEvent, shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { parseLink, printLink } from '#shared/address/link.ts';
import { parseTarget, printTarget } from '#shared/domain/target.ts';
import { api } from '../../api/client.ts';
import { inPast, openTarget } from '../../stores/target.ts';
import { openLinkTarget, followToMoment } from '../workspace/turn.ts';
import type { Link } from '#shared/address/link.ts';
import { recordPage } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import { windowStore } from '../../api/window-store.ts';
import { faultData } from '../../text/faults.ts';
import { showLink } from '../workspace/turned.ts';

export function refuseLink(title: string, more: string): null {
  notice({ id: 'link', title, more, stays: 15_000 });
  return null;
}

/** The seat's names of recent workspaces by entry, because the shell only knows their folders. */
export const namesKey = 'workspaceNames';

const asNames = (item: Json | undefined): Readonly<Record<string, Json>> =>
  item !== undefined && isJsonObject(item) ? item : {};

const keptNow = (key: string): Readonly<Record<string, Json>> => asNames(useSeat.getState().items[key]);

export function noteName(name: string, recent: readonly RecentWorkspace[]): void {
  const place = recent.find(({ current }) => current)?.id;
  const names = keptNow(namesKey);
  if (place === undefined || names[place] === name) return;
  const known = Object.entries(names).filter(([id]) => recent.some((one) => one.id === id));
  setSeatItem(namesKey, { ...Object.fromEntries(known), [place]: name });
}

/** The recent workspaces with names; with the folder if names are equal. */
export function withNames(
  recent: readonly RecentWorkspace[],
  kept: Json | undefined,
): readonly RecentWorkspace[] {
  const names = asNames(kept);
  const nameOf = ({ id, name }: RecentWorkspace): string => {
    const known = names[id];
    return typeof known === 'string' && known !== '' ? known : name;
  };
  const all = recent.map(nameOf);
  return recent.map((one) => {
    const name = nameOf(one);
    const twice = all.filter((other) => other === name).length > 1;
    const within = twice ? (name === one.name ? one.within : one.name) : null;
    return { ...one, name, within };
  });
}

export function namedNow(recent: readonly RecentWorkspace[]): readonly RecentWorkspace[] {
  return withNames(recent, useSeat.getState().items[namesKey]);
}

export const useRecentWorkspaces = windowStore<{ list: readonly RecentWorkspace[] }>(() => ({ list: [] }));

export function followRecent(): () => void {
  return onShellEvent((event) => {
    if (event.kind === 'recent') useRecentWorkspaces.setState({ list: event.workspaces });
  });
}

const knownKey = 'workspaces';
const waitingKey = 'link';
/** Stands for the sample, which is not in the list. */
const sample = 'sample';

const known = (): Readonly<Record<string, Json>> => keptNow(knownKey);

/** Stores how to reopen this workspace, so that links to it work from others. */
export function noteWorkspace(
  { id, sample: isSample }: { id: string; sample: boolean },
  recent: readonly RecentWorkspace[],
): void {
  const place = recent.find(({ current }) => current)?.id ?? (isSample ? sample : undefined);
  if (place !== undefined && known()[id] !== place) setSeatItem(knownKey, { ...known(), [id]: place });
}

/** The name and entry of a workspace that can be opened; null if unknown or missing. */
function find(id: string): { name: string; place: string } | null {
  const place = known()[id];
  if (place === sample) return { name: say('notices:link.sample'), place };
  const found = namedNow(useRecentWorkspaces.getState().list).find((one) => one.id === place);
  return found && !found.missing ? { name: found.name, place: found.id } : null;
}

async function openThere(place: string, link: string): Promise<void> {
  try {
    // At once and separately, because the page may close before the seat is flushed.
    await shell.seat.set({ items: { [waitingKey]: link } });
    await flushSeat();
    if (place === sample) await shell.workspace.choose({ which: 'sample' });
    else await shell.workspace.openRecent({ id: place });
  } catch (error) {
    reportError(error);
  }
}

/** Reports that a link belongs to another workspace, and offers to open it if known. */
export function reportOtherWorkspace(workspace: string, here: string, link: string): void {
  const found = find(workspace);
  if (!found) {
    refuseLink(say('notices:link.elsewhere'), say('notices:link.elsewhereMore', { here }));
    return;
  }
  notice({
    id: 'link',
    title: say('notices:link.elsewhere'),
    more: say('notices:link.elsewhereKnown', { here, name: found.name }),
    action: {
      label: say('panel:links.openOther', { title: found.name }),
      run: () => void openThere(found.place, link),
    },
    stays: 30_000,
  });
}

export function takeWaiting(): string | null {
  const link = useSeat.getState().items[waitingKey];
  if (link === undefined) return null;
  setSeatItem(waitingKey, null);
  return typeof link === 'string' ? link : null;
}

/** Reports that a link needs another target (sandbox, point in time, or live), and offers to open it. */
export async function reportOtherTarget(target: string, link: string): Promise<null> {
  const { sandbox, past, at } = parseTarget(target) ?? { sandbox: null, past: false, at: null };
  const found = sandbox === null ? null : (await api.sandboxes.list({})).find(({ id }) => id === sandbox);
  if (found === undefined) return refuseLink(say('play:link.gone'), say('play:link.goneMore'));
  const more = found === null ? '' : say('play:link.toPlayMore', { name: found.name ?? found.id });
  if (past) {
    if (at === null) return refuseLink(say('notices:link.target'), say('past:link.noMoment'));
    const go = (): void => void followToMoment(sandbox, at, withoutMoment(link));
    return offer(say('past:link.open'), say('past:link.title'), more, go);
  }
  if (found === null)
    return offer(
      say('play:link.openLive'),
      say('play:link.toLive'),
      say(inPast() ? 'past:link.here' : 'play:link.toLiveMore'),
      () => void openLinkTarget(null, link),
    );
  return offer(
    say('play:link.open'),
    say('play:link.toPlay'),
    more,
    () => void openLinkTarget(sandbox, link),
  );
}

/** The link without its point in time, which is passed separately. */
function withoutMoment(link: string): string {
  const read = parseLink(link);
  const target = read && parseTarget(read.address.target);
  if (!read || !target) return link;
  return printLink({ ...read, address: { ...read.address, target: printTarget({ ...target, at: null }) } });
}

function offer(label: string, title: string, more: string, run: () => void): null {
  notice({ id: 'link', title, ...(more === '' ? {} : { more }), action: { label, run }, stays: 30_000 });
  return null;
}

function recordOf(view: View): string | null {
  if (view.kind === 'record') return view.id;
  return view.kind === 'list' && view.panel?.kind === 'record' ? view.panel.id : null;
}

/** The view with the actual record: a link may have another type for it, or it may have been deleted. */
async function withRecord(view: View, id: string): Promise<View | null> {
  try {
    const { type, deleted_at } = await api.entities.find({ id });
    if (view.kind === 'record') return recordPage(type, id, view.tab);
    if (view.kind !== 'list') return view;
    const deleted = deleted_at === null ? view.deleted : 'only';
    return type === view.type ? { ...view, deleted } : recordPage(type, id);
  } catch (error) {
    if (!faultData(error, 'NOT_FOUND')) throw error;
    return refuseLink(say('notices:link.gone'), say('notices:link.goneRecord', { id }));
  }
}

/** The view of a link; null if its subject is not here, which is then reported. */
async function settled({ address, workspace }: Link, text: string): Promise<View | null> {
  const { target, view } = address;
  if (!parseTarget(target)) {
    return refuseLink(
      say('notices:link.target'),
      say('notices:link.targetMore', { target: target.slice(0, 60) }),
    );
  }
  const { id, name } = await api.workspace.info({});
  if (workspace !== null && workspace !== id) {
    reportOtherWorkspace(workspace, name, text);
    return null;
  }
  if (target !== openTarget()) return reportOtherTarget(target, text);
  const record = recordOf(view);
  if (record !== null) return withRecord(view, record);
  if (view.kind === 'history' && view.open !== '') {
    const { total } = await api.history.list({ op_id: view.open, limit: 1 });
    if (total === 0) return refuseLink(say('notices:link.gone'), say('notices:link.goneChange'));
  }
  if (view.kind === 'list' && view.saved !== '') {
    const views = await api.views.list({});
    if (views.some((saved) => saved.id === view.saved)) return view;
    // The link includes filters and sort: they are shown without the view's name.
    refuseLink(say('notices:link.gone'), say('notices:link.goneView'));
    return { ...view, saved: '' };
  }
  return view;
}

/** Opens a link from outside in its own tab, or reports why it cannot. Does nothing else. */
export async function followLink(text: string): Promise<void> {
  const link = parseLink(text);
  if (!link) {
    refuseLink(say('notices:link.malformed'), say('notices:link.malformedMore'));
    return;
  }
  try {
    showLink(text, await settled(link, text));
  } catch (error) {
    reportError(error);
  }
}
