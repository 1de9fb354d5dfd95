import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { jsonObjectIn } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { changeVerdict } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { actorStore } from '../api/actor.ts';
import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { faultData, permissionText, denialText } from '../text/faults.ts';
import { dropRefusals, notice } from '../ui/notices.tsx';
import { queryFor, queryClient } from './queries.ts';
import { useIsCorrupt } from './recovery.ts';
import { setSeatItem, useSeat } from './seat.ts';
import { inPast, isLive, targetKey } from './target.ts';

export const profilesKey = 'profiles';

const readProfiles = (): JsonObject => jsonObjectIn(useSeat.getState().items[profilesKey]);

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
  const isCorrupt = useIsCorrupt();
  return useMemo(() => {
    if (actor && inPast()) return { ...actor, role: 'viewer' as const, isPast: true };
    return actor && isCorrupt ? { ...actor, isCorrupt } : actor;
  }, [actor, isCorrupt]);
}

/** Why nothing can be changed in this window, as a sentence; null otherwise. */
export function useReadOnlyReason(): string | null {
  const isCorrupt = useIsCorrupt();
  if (inPast()) return permissionText('moment_read_only');
  return isCorrupt ? permissionText('damaged_read_only') : null;
}

/** False for viewers and at a point in time. Other permissions depend on the record: core decides and explains. */
export function useCanChange(): boolean {
  return useMe()?.role !== 'viewer';
}

/** Why the actor is not allowed to change anything, as a sentence; null if some changes are allowed. */
export function writeRefusal(actor: Actor | undefined): string | null {
  // Everybody except viewers is allowed to change positions in the network.
  return denialText(actor && changeVerdict(actor, { type: 'position', universities: [] }));
}

/** Like `writeRefusal`, for files outside of live, such as sandboxes and backups, which corruption of live does not block. */
export const fileRefusal = (actor: Actor | undefined): string | null =>
  writeRefusal(actor && { ...actor, isCorrupt: false });

/** Acts as a profile, also after the next start of this workspace. */
export async function actAs(profile: string): Promise<Profile> {
  const actor = await api.workspace.actAs({ profile });
  dropRefusals();
  await rememberProfile(actor.id);
  return actor;
}

/** Continues as another profile after a new data process refused the current one. */
export async function continueAs(profile: string): Promise<void> {
  await actorStore.getState().profileChooser?.actAs(profile);
  await rememberProfile(profile);
}

/** A sandbox and live can have different profiles, so this seat remembers one for each. */
const profileKey = (id: string): string => targetKey(id);

async function rememberProfile(profile: string): Promise<void> {
  const { id } = await api.workspace.info({});
  setSeatItem(profilesKey, { ...readProfiles(), [profileKey(id)]: profile });
  await queryClient.invalidateQueries();
}

/**
 * Restores the profile that this seat acted as last; in a new sandbox, the last one of live. Called before any action is possible. If the
 * profile no longer exists, the first one acts and a notice says so.
 */
export async function resumeProfile(): Promise<void> {
  if (Object.keys(readProfiles()).length === 0) return;
  const { id, actor: firstActor } = await api.workspace.info({});
  const profile = readProfiles()[profileKey(id)] ?? readProfiles()[id];
  if (typeof profile !== 'string' || profile === firstActor.id) return;
  try {
    await api.workspace.actAs({ profile });
  } catch (error) {
    if (!faultData(error, 'UNKNOWN_ACTOR')) throw error;
    // A sandbox can lack the profile; live keeps it.
    if (isLive()) setSeatItem(profilesKey, { ...readProfiles(), [id]: firstActor.id });
    notice({
      id: 'profile',
      title: say('profiles:gone'),
      needsAttention: true,
      more: say('profiles:switched', { name: firstActor.name }),
    });
  }
  await queryClient.invalidateQueries();
}
