import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isJsonObject } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { mayChange } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { actorStore } from '../api/actor.ts';
import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { faultData, permissionText } from '../text/faults.ts';
import { dropRefusals, notice } from '../ui/notices.tsx';
import { queryFor, queryClient } from './queries.ts';
import { useClosed } from './recover.ts';
import { setSeatItem, useSeat } from './seat.ts';
import { inPast, isLive, ownKey } from './target.ts';

export const profilesKey = 'profiles';

function remembered(): JsonObject {
  const item = useSeat.getState().items[profilesKey];
  return item !== undefined && isJsonObject(item) ? item : {};
}

export function useWorkspace() {
  return useQuery(queryFor('workspace.info', {}));
}

/** The acting profile, also in the past; undefined until known. */
export function useActor(): Profile | undefined {
  return useWorkspace().data?.actor;
}

/**
 * The acting profile with its permissions here: read-only at a point in time, no changes of live once corruption was found. Undefined until
 * known.
 */
export function useMe(): (Profile & Actor) | undefined {
  const actor = useActor();
  const closed = useClosed();
  return useMemo(() => {
    if (actor && inPast()) return { ...actor, role: 'viewer' as const, past: true };
    return actor && closed ? { ...actor, closed } : actor;
  }, [actor, closed]);
}

/** Why nobody can change anything here, as a sentence; null otherwise. */
export function useReadOnly(): string | null {
  const closed = useClosed();
  if (inPast()) return permissionText('moment_read_only');
  return closed ? permissionText('damaged_read_only') : null;
}

/** False for viewers. Other permissions depend on the record: core decides and explains. */
export function useMayChange(): boolean {
  return useMe()?.role !== 'viewer';
}

/** Why the actor may change nothing at all, as a sentence; null if they may change something. */
export function whyNothing(actor: Actor | undefined): string | null {
  // Positions in the network may be changed by everybody except viewers.
  const verdict = actor && mayChange(actor, { type: 'position', universities: [] });
  return verdict?.allowed === false ? permissionText(verdict.rule) : null;
}

/** The same for files outside of live, such as sandboxes and backups, which corruption of live does not block. */
export const whyNoFiles = (actor: Actor | undefined): string | null =>
  whyNothing(actor && { ...actor, closed: false });

/** Acts as a profile, also after the next start of this workspace. */
export async function actAs(profile: string): Promise<Profile> {
  const found = await api.workspace.actAs({ profile });
  dropRefusals();
  await remember(found.id);
  return found;
}

/** Continues as another profile after a new data process refused the current one. */
export async function goOnAs(profile: string): Promise<void> {
  await actorStore.getState().door?.enter(profile);
  await remember(profile);
}

/** A sandbox and live may have different profiles, so each remembers its own. */
const seatKey = (id: string): string => ownKey(id);

async function remember(profile: string): Promise<void> {
  const { id } = await api.workspace.info({});
  setSeatItem(profilesKey, { ...remembered(), [seatKey(id)]: profile });
  await queryClient.invalidateQueries();
}

/**
 * Restores the profile that this seat acted as last, in a new sandbox that of live. Called before any action is possible. If the profile no
 * longer exists, the first one acts and a notice says so.
 */
export async function resumeProfile(): Promise<void> {
  if (Object.keys(remembered()).length === 0) return;
  const { id, actor: first } = await api.workspace.info({});
  const profile = remembered()[seatKey(id)] ?? remembered()[id];
  if (typeof profile !== 'string' || profile === first.id) return;
  try {
    await api.workspace.actAs({ profile });
  } catch (error) {
    if (!faultData(error, 'UNKNOWN_ACTOR')) throw error;
    // A sandbox may lack the profile; live keeps it.
    if (isLive()) setSeatItem(profilesKey, { ...remembered(), [id]: first.id });
    notice({
      id: 'profile',
      title: say('profiles:gone'),
      waits: true,
      more: say('profiles:switched', { name: first.name }),
    });
  }
  await queryClient.invalidateQueries();
}
