import { parseTarget } from '#shared/domain/target.ts';
import { say } from '../i18n/setup.ts';

/** What the page is of, as it was served: `live`, the id of a sandbox, or `then-` and one of the two. A page never becomes one of another. */
export function openTarget(): string {
  return document.documentElement.dataset['target'] ?? 'live';
}

/** Id of the workspace that the page is of, as it was served: live, its sandboxes and its past have the same. */
export function openWorkspace(): string {
  return document.documentElement.dataset['workspace'] ?? '';
}

/** The sandbox that is open, or that the moment that is open is of; null for live. */
export function openSandbox(): string | null {
  return parseTarget(openTarget())?.sandbox ?? null;
}

/** Whether this is live as it is now, which some things are done in alone. */
export function isLive(): boolean {
  return openTarget() === 'live';
}

/** Whether this is Play, where nothing touches live. */
export function inPlay(): boolean {
  return openSandbox() === openTarget();
}

/** Whether what is open is looked at as it was at a moment, which is only read. */
export function inPast(): boolean {
  return parseTarget(openTarget())?.past === true;
}

/** Why what needs the records as they are now cannot be done here, as a sentence; null where it can. */
export function whyNotNow(): string | null {
  return inPast() ? say('common:notNow') : null;
}

/** The same of what is done in live alone; who goes back to now from a sandbox's past is not in live. */
export function whyNotLive(): string | null {
  if (isLive()) return null;
  return (openSandbox() === null ? whyNotNow() : null) ?? say('common:notLive');
}

/**
 * The key under which the seat keeps something of what is open: of a sandbox apart from live's, whose records have the same ids. The shell
 * lets it go with the sandbox.
 */
export function ownKey(key: string): string {
  const sandbox = openSandbox();
  return sandbox === null ? key : `${key}:${sandbox}`;
}
