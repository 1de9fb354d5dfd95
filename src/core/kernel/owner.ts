import { userInfo } from 'node:os';
import { longest, withoutControls } from '#shared/domain/limits.ts';

/** The name of the first profile of a workspace that is made: that of the system's user, as far as it can be one. */
export function ownerName(environment: Readonly<Record<string, string | undefined>>): string {
  const names = [systemUser(), environment['USER'], environment['LOGNAME']];
  const usable = names.map((name) => withoutControls(name ?? '').slice(0, longest.name)).find(Boolean);
  return usable ?? 'owner';
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list, as in some containers: the environment may know.
    return '';
  }
}
