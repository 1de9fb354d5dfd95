import { useMemo } from 'react';
import { z } from 'zod';
import { json } from '#shared/contract/json.ts';
import type { SavedView } from '#shared/contract/views.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { setSeatItem, useSeatItem, useSeat } from '../../stores/seat.ts';
import { targetKey } from '../../stores/target.ts';

const idPrefix = 'mine_';

const storedViews = z.array(
  z.object({
    id: z.string().startsWith(idPrefix),
    name: z.string(),
    address: z.string(),
    layout: json,
    created_at: z.string(),
    updated_at: z.string(),
  }),
);
type StoredViews = z.infer<typeof storedViews>;

const maxCharacters = 200_000;

/** Whether a view is private: visible to this person on this computer only. */
export function isPrivate(id: string): boolean {
  return id.startsWith(idPrefix);
}

interface WorkspaceUser {
  id: string;
  actor: Profile;
}

const liveKey = (owner: WorkspaceUser | undefined): string =>
  `my-views:${owner?.id ?? ''}:${owner?.actor.id ?? ''}`;
const keyOf = (owner: WorkspaceUser | undefined): string => targetKey(liveKey(owner));

const parseViews = (item: Json | undefined): StoredViews => z.safeParse(storedViews, item).data ?? [];

const toSavedViews = (views: StoredViews, user: WorkspaceUser | undefined): readonly SavedView[] => {
  const owner = { id: user?.actor.id ?? '', name: user?.actor.name ?? '' };
  return views.map((view) => ({ ...view, owner }));
};

export function usePrivateViews(): readonly SavedView[] {
  const owner = useWorkspace().data;
  const targetItem = useSeatItem(keyOf(owner));
  const liveItem = useSeatItem(liveKey(owner));
  // A sandbox starts with live's private views, and has its own after the first change.
  const item = targetItem ?? liveItem;
  return useMemo(() => toSavedViews(parseViews(item), owner), [item, owner]);
}

const currentOwner = (): WorkspaceUser | undefined => queryClient.getQueryData<WorkspaceUser>(queryKeys.info);
function currentViews(): StoredViews {
  const { items } = useSeat.getState();
  const owner = currentOwner();
  return parseViews(items[keyOf(owner)] ?? items[liveKey(owner)]);
}

/** The current state of a private view, for use outside of components. */
export function privateView(id: string): SavedView | undefined {
  return toSavedViews(currentViews(), currentOwner()).find((view) => view.id === id);
}

function storeViews(views: StoredViews): void {
  if (JSON.stringify(views).length > maxCharacters) throw new Error(say('views:tooManyPrivate'));
  setSeatItem(keyOf(currentOwner()), views);
}

export function createPrivate(view: Pick<SavedView, 'name' | 'address' | 'layout'>): string {
  const id = `${idPrefix}${crypto.randomUUID()}`;
  const at = new Date().toISOString();
  storeViews([...currentViews(), { ...view, id, created_at: at, updated_at: at }]);
  return id;
}

export function changePrivate(
  id: string,
  change: Partial<Pick<SavedView, 'name' | 'address' | 'layout'>>,
): void {
  const at = new Date().toISOString();
  storeViews(currentViews().map((view) => (view.id === id ? { ...view, ...change, updated_at: at } : view)));
}

/** Deletes a private view. Returns a function that restores it. */
export function removePrivate(id: string): () => void {
  const removed = currentViews().filter((view) => view.id === id);
  storeViews(currentViews().filter((view) => view.id !== id));
  return () => storeViews([...currentViews(), ...removed]);
}
