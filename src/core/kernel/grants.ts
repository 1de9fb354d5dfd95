import { randomUUID } from 'node:crypto';
import { Fault } from '#shared/contract/faults.ts';

export interface Grants {
  issue: (path: string, use: 'read' | 'write') => string;
  /** Like `issue`, for a grant id that the shell created. */
  register: (grant: string, path: string, use: 'read' | 'write') => void;
  /** Returns the path; the grant stays valid. Throws GRANT_EXPIRED. */
  resolve: (grant: string, use: 'read' | 'write') => string;
  /** Returns the path and invalidates the grant. Throws GRANT_EXPIRED. */
  redeem: (grant: string, use: 'read' | 'write') => string;
  /** Tells the listeners of `onFinish` that the grant is used up. */
  finish: (grant: string) => void;
  onFinish: (listener: (grant: string) => void) => void;
}

/** Grants for files. No operation takes a path, so a window can only name files that a person chose or dropped. */
export function createGrants(): Grants {
  const grantsById = new Map<string, { path: string; use: 'read' | 'write' }>();
  const listeners: ((grant: string) => void)[] = [];
  const resolve: Grants['resolve'] = (grant, use) => {
    const registered = grantsById.get(grant);
    if (registered?.use !== use) throw new Fault('GRANT_EXPIRED', {});
    return registered.path;
  };
  return {
    issue(path, use) {
      const grant = randomUUID();
      grantsById.set(grant, { path, use });
      return grant;
    },
    register: (grant, path, use) => void grantsById.set(grant, { path, use }),
    resolve,
    redeem(grant, use) {
      const path = resolve(grant, use);
      grantsById.delete(grant);
      return path;
    },
    finish(grant) {
      for (const listener of listeners) listener(grant);
    },
    onFinish: (listener) => void listeners.push(listener),
  };
}
