/** Fields that are to have the focus; a button that comes late takes none, as Enter may be down by then. */
const fields = ':is(input, textarea)[data-autofocus]:not(:disabled)';

/**
 * Gives the focus to the field of a dialog that comes only when something was read. Until then the dialog itself keeps it, and not its X.
 * It is left alone once somebody moved it. Gives a function that ends it.
 */
export function focusField(place: HTMLElement): () => void {
  const dialog = place.closest<HTMLElement>('[role="dialog"]') ?? place;
  const focus = (): void => {
    const field = place.querySelector<HTMLElement>(fields);
    if (!field) return;
    end();
    if (!place.contains(document.activeElement) || document.activeElement === place)
      field.focus({ preventScroll: true });
  };
  const watching = new MutationObserver(focus);
  const onFocus = ({ target }: FocusEvent): void => {
    if (target instanceof Node && !place.contains(target)) place.focus({ preventScroll: true });
  };
  const onMove = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key === 'Tab') end();
  };
  const end = (): void => {
    watching.disconnect();
    dialog.removeEventListener('focusin', onFocus);
    removeEventListener('keydown', onMove, true);
    removeEventListener('pointerdown', onMove, true);
  };
  watching.observe(place, { childList: true, subtree: true });
  dialog.addEventListener('focusin', onFocus);
  addEventListener('keydown', onMove, true);
  addEventListener('pointerdown', onMove, true);
  return end;
}
