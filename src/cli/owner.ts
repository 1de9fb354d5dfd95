import { userInfo } from 'node:os';

/** The name of the first profile of a workspace that a command makes: that of the system's user. */
export function ownerName(environment: Readonly<Record<string, string | undefined>>): string {
  try {
    const { username } = userInfo();
    if (username.trim()) return username;
  } catch {
    // A user without an entry in the system's list, as in some containers: the environment may know.
  }
  return environment['USER']?.trim() || environment['LOGNAME']?.trim() || 'owner';
}
