import { create } from 'zustand';
import type { Profile } from '#shared/contract/workspace.ts';

/** What can be done while nobody acts: the window's profile was refused, and nothing else is let through. */
export interface Door {
  profiles(): Promise<Profile[]>;
  /** Goes on as that profile; what waits for the data process is then answered. */
  enter(profile: string): Promise<void>;
}

export interface Actor {
  /** Id of the profile that the window shows and acts as; null until the data process has said who it is. */
  profile: string | null;
  /** Set when a new data process did not accept the profile. */
  door: Door | null;
}

/** Who acts here. A new data process has to be told again, before anything else. Set by the client only. */
export const actor = create<Actor>()(() => ({ profile: null, door: null }));
