import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isJsonObject } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { mayChange } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { actor } from '../api/actor.ts';
import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { faultData, permissionText } from '../text/faults.ts';
import { dropRefusals, notice } from '../ui/notices.tsx';
import { keys, queries } from './queries.ts';
import { useClosed } from './recover.ts';
import { keep, useSeat } from './seat.ts';
import { inPast, isLive, ownKey } from './target.ts';

/** The profiles that this seat acts as: by the workspace's id, the profile's. */
export const profilesKey = 'profiles';

function remembered(): JsonObject {
  const item = useSeat.getState().items[profilesKey];
  return item !== undefined && isJsonObject(item) ? item : {};
}

export function useWorkspace() {
  return useQuery({ queryKey: keys.info, queryFn: ({ signal }) => api.workspace.info({}, { signal }) });
}

/** Who acts, whatever is looked at; undefined until that is known. */
export function useActor(): Profile | undefined {
  return useWorkspace().data?.actor;
}

/**
 * Who acts here, and what that allows here: nothing but reading where a moment is looked at, no change of live once damage was met.
 * Undefined until that is known.
 */
export function useMe(): (Profile & Actor) | undefined {
  const actor = useActor();
  const closed = useClosed();
  return useMemo(() => {
    if (actor && inPast()) return { ...actor, role: 'viewer' as const, past: true };
    return actor && closed ? { ...actor, closed } : actor;
  }, [actor, closed]);
}

/** Why nothing can be changed here by anybody, as a sentence; null where that depends on who acts. */
export function useReadOnly(): string | null {
  const closed = useClosed();
  if (inPast()) return permissionText('moment_read_only');
  return closed ? permissionText('damaged_read_only') : null;
}

/** False for who may only read. What else somebody may do depends on the record: core decides and says why. */
export function useMayChange(): boolean {
  return useMe()?.role !== 'viewer';
}

/** Why `actor` may change nothing at all, as a sentence; null for who may change something. */
export function whyNothing(actor: Actor | undefined): string | null {
  // Where records stand in the network is everybody's who may change anything.
  const verdict = actor && mayChange(actor, { type: 'position', universities: [] });
  return verdict?.allowed === false ? permissionText(verdict.rule) : null;
}

/** The same of what is written beside the records, as sandboxes and backups: damage of live keeps nobody from that. */
export const whyNoFiles = (actor: Actor | undefined): string | null =>
  whyNothing(actor && { ...actor, closed: false });

/** Acts as a profile from now on, in this workspace also after the next start. */
export async function actAs(profile: string): Promise<Profile> {
  const found = await api.workspace.actAs({ profile });
  dropRefusals();
  await remember(found.id);
  return found;
}

/** Goes on as somebody else, after a new data process did not accept who acted here. */
export async function goOnAs(profile: string): Promise<void> {
  await actor.getState().door?.enter(profile);
  await remember(profile);
}

/** A sandbox may lack a profile of live, and live one of the sandbox: each remembers its own. */
const seatKey = (id: string): string => ownKey(id);

async function remember(profile: string): Promise<void> {
  const { id } = await api.workspace.info({});
  keep(profilesKey, { ...remembered(), [seatKey(id)]: profile });
  await queries.invalidateQueries();
}

/**
 * Goes on as the profile that this seat acted as last, in a sandbox at first as in live. It is called before anybody can do anything in
 * another's name. Where that profile does not exist any more, the workspace's first acts, and a notice says so.
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
    // A sandbox may lack whom live has: there it is to be that one again.
    if (isLive()) keep(profilesKey, { ...remembered(), [id]: first.id });
    notice({
      id: 'profile',
      title: say('profiles:gone'),
      waits: true,
      more: say('profiles:switched', { name: first.name }),
    });
  }
  await queries.invalidateQueries();
}
