import { onTestFinished } from 'vitest';

/** Makes the page one of another target until the test ends: a sandbox's id, or `then-` and what it is of. */
export function lookAt(target: string): void {
  document.documentElement.dataset['target'] = target;
  onTestFinished(() => {
    delete document.documentElement.dataset['target'];
  });
}

/** Does something in a page of another target: what comes after it is in live's. */
export function tellIn(target: string, tell: () => void): void {
  document.documentElement.dataset['target'] = target;
  tell();
  delete document.documentElement.dataset['target'];
}

/** Makes the page one of another workspace until the test ends. */
export function lookInto(workspace: string): void {
  document.documentElement.dataset['workspace'] = workspace;
  onTestFinished(() => {
    delete document.documentElement.dataset['workspace'];
  });
}
