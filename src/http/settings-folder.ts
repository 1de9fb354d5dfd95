import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's folder for settings of this computer, outside of workspaces. Window and commands share it. */
export function settingsFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { FRAMES_CONFIG, XDG_CONFIG_HOME, HOME } = environment;
  return FRAMES_CONFIG || join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'frames');
}
