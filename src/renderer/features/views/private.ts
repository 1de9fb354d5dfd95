import { useMemo } from 'react';
import { z } from 'zod';
import { json } from '#shared/contract/json.ts';
import type { SavedView } from '#shared/contract/views.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { setSeatItem, useKept, useSeat } from '../../stores/seat.ts';
import { ownKey } from '../../stores/target.ts';

const prefix = 'mine_';

const kept = z.array(
  z.object({
    id: z.string().startsWith(prefix),
    name: z.string(),
    address: z.string(),
    layout: json,
    created_at: z.string(),
    updated_at: z.string(),
  }),
);
type Mine = z.infer<typeof kept>;

const most = 200_000;

/** Whether a view is private: visible to this person on this computer only. */
export function isPrivate(id: string): boolean {
  return id.startsWith(prefix);
}

interface Owner {
  id: string;
  actor: Profile;
}

const liveKey = (owner: Owner | undefined): string => `my-views:${owner?.id ?? ''}:${owner?.actor.id ?? ''}`;
const keyOf = (owner: Owner | undefined): string => ownKey(liveKey(owner));

const read = (item: Json | undefined): Mine => z.safeParse(kept, item).data ?? [];

const asSaved = (mine: Mine, ownedBy: Owner | undefined): readonly SavedView[] => {
  const owner = { id: ownedBy?.actor.id ?? '', name: ownedBy?.actor.name ?? '' };
  return mine.map((view) => ({ ...view, owner }));
};

export function usePrivateViews(): readonly SavedView[] {
  const owner = useWorkspace().data;
  const own = useKept(keyOf(owner));
  const lives = useKept(liveKey(owner));
  // A sandbox starts with live's private views, and has its own after the first change.
  const item = own ?? lives;
  return useMemo(() => asSaved(read(item), owner), [item, owner]);
}

const currentOwner = (): Owner | undefined => queryClient.getQueryData<Owner>(queryKeys.info);
function now(): Mine {
  const { items } = useSeat.getState();
  const owner = currentOwner();
  return read(items[keyOf(owner)] ?? items[liveKey(owner)]);
}

/** The current state of a private view, for use outside of components. */
export function privateView(id: string): SavedView | undefined {
  return asSaved(now(), currentOwner()).find((view) => view.id === id);
}

function write(next: Mine): void {
  if (JSON.stringify(next).length > most) throw new Error(say('views:tooManyPrivate'));
  setSeatItem(keyOf(currentOwner()), next);
}

export function createPrivate(view: Pick<SavedView, 'name' | 'address' | 'layout'>): string {
  const id = `${prefix}${crypto.randomUUID()}`;
  const at = new Date().toISOString();
  write([...now(), { ...view, id, created_at: at, updated_at: at }]);
  return id;
}

export function changePrivate(
  id: string,
  change: Partial<Pick<SavedView, 'name' | 'address' | 'layout'>>,
): void {
  const at = new Date().toISOString();
  write(now().map((view) => (view.id === id ? { ...view, ...change, updated_at: at } : view)));
}

/** Deletes a private view. Returns a function that restores it. */
export function removePrivate(id: string): () => void {
  const removed = now().filter((view) => view.id === id);
  write(now().filter((view) => view.id !== id));
  return () => write([...now(), ...removed]);
}
