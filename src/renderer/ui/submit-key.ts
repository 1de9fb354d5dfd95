import { listen } from './listen.ts';

/** The focused form, else that of the front dialog. */
function formAt(target: EventTarget | null): HTMLFormElement | null {
  if (!(target instanceof Element)) return null;
  return target.closest('form') ?? target.closest('[role="dialog"]')?.querySelector('form') ?? null;
}

/** Ctrl Enter (⌘ Enter) submits a form from any of its fields, unless its button is disabled. */
function submitForm(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
  const button = formAt(event.target)?.querySelector<HTMLButtonElement>(
    'button[type="submit"]:not(:disabled)',
  );
  if (!button) return;
  event.preventDefault();
  button.click();
}

export const submitByKey = (): (() => void) => listen({ keydown: submitForm });
