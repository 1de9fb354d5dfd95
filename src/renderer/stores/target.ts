import { parseTarget } from '#shared/domain/target.ts';
import { say } from '../i18n/setup.ts';

/** The target of the page: `live`, the id of a sandbox, or `then-` followed by one of these. It never changes for a page. */
export function openTarget(): string {
  return document.documentElement.dataset['target'] ?? 'live';
}

/** The workspace id of the page, the same for live, sandboxes and points in time. */
export function openWorkspace(): string {
  return document.documentElement.dataset['workspace'] ?? '';
}

/** The open sandbox, also at a point in time; null for live. */
export function openSandbox(): string | null {
  return parseTarget(openTarget())?.sandbox ?? null;
}

export function isLive(): boolean {
  return openTarget() === 'live';
}

export function inPlay(): boolean {
  return openSandbox() === openTarget();
}

/** Whether a point in time is open, which is read-only. */
export function inPast(): boolean {
  return parseTarget(openTarget())?.isPast === true;
}

/** Why an action that needs current records is impossible here, as a sentence; null if possible. */
export function whyNotNow(): string | null {
  return inPast() ? say('common:notNow') : null;
}

/** Why an action that needs current live is impossible here, as a sentence; null if possible. */
export function whyNotLive(): string | null {
  if (isLive()) return null;
  return (openSandbox() === null ? whyNotNow() : null) ?? say('common:notLive');
}

/**
 * The seat key of an item of the open target; sandboxes have their own, because their records have the same ids. The shell removes them
 * with the sandbox.
 */
export function targetKey(key: string): string {
  const sandbox = openSandbox();
  return sandbox === null ? key : `${key}:${sandbox}`;
}
