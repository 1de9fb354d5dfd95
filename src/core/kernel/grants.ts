import { randomUUID } from 'node:crypto';
import { Fault } from '#shared/contract/faults.ts';

export interface Grants {
  issue: (path: string, use: 'read' | 'write') => string;
  /** As `issue` with a ticket that the shell has made. */
  register: (grant: string, path: string, use: 'read' | 'write') => void;
  /** The path behind a ticket, which stays good. Throws GRANT_EXPIRED. */
  look: (grant: string, use: 'read' | 'write') => string;
  /** The path behind a ticket, which is used up. Throws GRANT_EXPIRED. */
  redeem: (grant: string, use: 'read' | 'write') => string;
  /** What the ticket was for is done: it will not be put back. */
  finish: (grant: string) => void;
  onFinish: (listener: (grant: string) => void) => void;
}

/** Tickets for files: no operation takes a path, so a window can only name what a person has chosen or dropped. */
export function createGrants(): Grants {
  const known = new Map<string, { path: string; use: 'read' | 'write' }>();
  const listeners: ((grant: string) => void)[] = [];
  const look: Grants['look'] = (grant, use) => {
    const found = known.get(grant);
    if (found?.use !== use) throw new Fault('GRANT_EXPIRED', 'That file must be chosen again.', {});
    return found.path;
  };
  return {
    issue(path, use) {
      const grant = randomUUID();
      known.set(grant, { path, use });
      return grant;
    },
    register: (grant, path, use) => void known.set(grant, { path, use }),
    look,
    redeem(grant, use) {
      const path = look(grant, use);
      known.delete(grant);
      return path;
    },
    finish(grant) {
      for (const listener of listeners) listener(grant);
    },
    onFinish: (listener) => void listeners.push(listener),
  };
}
