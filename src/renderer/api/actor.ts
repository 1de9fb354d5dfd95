import type { Profile } from '#shared/contract/workspace.ts';
import { windowStore } from './window-store.ts';

/** The only calls that work after the window's profile was refused. */
export interface ProfileChooser {
  listProfiles(): Promise<Profile[]>;
  /** Continues as this profile; calls that wait for the data process are then answered. */
  actAs(profile: string): Promise<void>;
}

export interface Actor {
  /** Id of the profile that the window acts as; null until the data process has confirmed it. */
  profile: string | null;
  /** Set when a new data process did not accept the profile. */
  profileChooser: ProfileChooser | null;
}

/** The acting profile. Only the client sets it, and sends it to each new data process before other calls. */
export const actorStore = windowStore<Actor>(() => ({ profile: null, profileChooser: null }));
