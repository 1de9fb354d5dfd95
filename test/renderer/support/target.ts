import { onTestFinished } from 'vitest';

/** Makes the page one of another target until the test ends: a sandbox's id, or `then-` and what it is of. */
export function lookAt(target: string): void {
  document.documentElement.dataset['target'] = target;
  onTestFinished(() => {
    delete document.documentElement.dataset['target'];
  });
}
