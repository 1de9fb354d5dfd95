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

/** The seat's key of a user's private views in live; `targetViewsKey` is that in the open target. */
const liveViewsKey = (user: WorkspaceUser | undefined): string =>
  `my-views:${user?.id ?? ''}:${user?.actor.id ?? ''}`;
const targetViewsKey = (user: WorkspaceUser | undefined): string => targetKey(liveViewsKey(user));

const parseViews = (item: Json | undefined): StoredViews => z.safeParse(storedViews, item).data ?? [];

const toSavedViews = (views: StoredViews, user: WorkspaceUser | undefined): readonly SavedView[] => {
  const owner = { id: user?.actor.id ?? '', name: user?.actor.name ?? '' };
  return views.map((view) => ({ ...view, owner }));
};

export function usePrivateViews(): readonly SavedView[] {
  const user = useWorkspace().data;
  const targetItem = useSeatItem(targetViewsKey(user));
  const liveItem = useSeatItem(liveViewsKey(user));
  // A sandbox starts with live's private views, and has its own after the first change.
  const item = targetItem ?? liveItem;
  return useMemo(() => toSavedViews(parseViews(item), user), [item, user]);
}

const currentUser = (): WorkspaceUser | undefined => queryClient.getQueryData<WorkspaceUser>(queryKeys.info);

function currentViews(): StoredViews {
  const { items } = useSeat.getState();
  const user = currentUser();
  return parseViews(items[targetViewsKey(user)] ?? items[liveViewsKey(user)]);
}

/** The current state of a private view, for use outside of components. */
export function privateView(id: string): SavedView | undefined {
  return toSavedViews(currentViews(), currentUser()).find((view) => view.id === id);
}

function storeViews(views: StoredViews): void {
  if (JSON.stringify(views).length > maxCharacters) throw new Error(say('views:tooManyPrivate'));
  setSeatItem(targetViewsKey(currentUser()), views);
}

export function createPrivate(view: Pick<SavedView, 'name' | 'address' | 'layout'>): string {
  const id = `${idPrefix}${crypto.randomUUID()}`;
  const now = new Date().toISOString();
  storeViews([...currentViews(), { ...view, id, created_at: now, updated_at: now }]);
  return id;
}

export function changePrivate(
  id: string,
  change: Partial<Pick<SavedView, 'name' | 'address' | 'layout'>>,
): void {
  const now = new Date().toISOString();
  storeViews(currentViews().map((view) => (view.id === id ? { ...view, ...change, updated_at: now } : view)));
}

/** Deletes a private view. Returns a function that restores it. */
export function removePrivate(id: string): () => void {
  const removed = currentViews().filter((view) => view.id === id);
  storeViews(currentViews().filter((view) => view.id !== id));
  return () => storeViews([...currentViews(), ...removed]);
}
