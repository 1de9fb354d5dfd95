import type { Profile } from '#shared/contract/workspace.ts';
import { windowStore } from './window-store.ts';

/** The only calls that work after the window's profile was refused. */
export interface Door {
  profiles(): Promise<Profile[]>;
  /** Continues as this profile; calls that wait for the data process are then answered. */
  enter(profile: string): Promise<void>;
}

export interface Actor {
  /** Id of the profile that the window acts as; null until the data process has confirmed it. */
  profile: string | null;
  /** Set when a new data process did not accept the profile. */
  door: Door | null;
}

/** The acting profile. Each new data process must be told first. Set by the client only. */
export const actorStore = windowStore<Actor>(() => ({ profile: null, door: null }));
