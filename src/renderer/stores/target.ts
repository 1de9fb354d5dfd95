import { parseTarget } from '#shared/domain/target.ts';
import { say } from '../i18n/setup.ts';

/** The target of the page: `live`, the id of a sandbox, or `then-` followed by one of these. It never changes for a page. */
export function pageTarget(): string {
  return document.documentElement.dataset['target'] ?? 'live';
}

/** The workspace id of the page, the same for live, sandboxes and points in time. */
export function pageWorkspaceId(): string {
  return document.documentElement.dataset['workspace'] ?? '';
}

/** The open sandbox, also at a point in time; null for live. */
export function pageSandbox(): string | null {
  return parseTarget(pageTarget())?.sandbox ?? null;
}

export function isLive(): boolean {
  return pageTarget() === 'live';
}

export function inSandbox(): boolean {
  return pageSandbox() === pageTarget();
}

/** Whether a point in time is open, which is read-only. */
export function inPast(): boolean {
  return parseTarget(pageTarget())?.isPast === true;
}

/** Why an action that needs current records is impossible here, as a sentence; null if possible. */
export function whyNotNow(): string | null {
  return inPast() ? say('common:notNow') : null;
}

/** Why an action that needs current live is impossible here, as a sentence; null if possible. */
export function whyNotLive(): string | null {
  if (isLive()) return null;
  return (pageSandbox() === null ? whyNotNow() : null) ?? say('common:notLive');
}

/**
 * The seat key of an item of the open target; sandboxes have their own, because their records have the same ids. The shell removes them
 * with the sandbox.
 */
export function targetKey(key: string): string {
  const sandbox = pageSandbox();
  return sandbox === null ? key : `${key}:${sandbox}`;
}
