import { userInfo } from 'node:os';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';

/** Returns the name for a new workspace's first profile: the system user's, cleaned and cut to the allowed length. */
export function ownerName(environment: Readonly<Record<string, string | undefined>>): string {
  const names = [systemUser(), environment['USER'], environment['LOGNAME']];
  const usableName = names.map((name) => withoutControls(name ?? '').slice(0, maxLengths.name)).find(Boolean);
  return usableName ?? 'owner';
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // In some containers the user has no entry in the system's user list. The environment can still name the user.
    return '';
  }
}
