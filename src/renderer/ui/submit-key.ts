/** The form that has the focus; where nothing in it has, that of the dialog in front. */
function formAt(target: EventTarget | null): HTMLFormElement | null {
  if (!(target instanceof Element)) return null;
  return target.closest('form') ?? target.closest('[role="dialog"]')?.querySelector('form') ?? null;
}

/** Ctrl Enter (⌘ Enter) presses the button of a form, from whichever of its fields. A form whose button cannot be pressed is left alone. */
function submitForm(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
  const button = formAt(event.target)?.querySelector<HTMLButtonElement>(
    'button[type="submit"]:not(:disabled)',
  );
  if (!button) return;
  event.preventDefault();
  button.click();
}

/** Listens for Ctrl Enter. Gives a function that ends it. */
export function submitByKey(): () => void {
  addEventListener('keydown', submitForm);
  return () => removeEventListener('keydown', submitForm);
}
