/** Milliseconds in which a replacement of an element may take the focus. */
const rest = 60;

const homes = '[data-focus-home]';

function bring(home: Element): void {
  const first = home.querySelector<HTMLElement>('[data-focus-start]');
  (first ?? (home as HTMLElement)).focus({ preventScroll: true });
}

export function frontPart(): ParentNode {
  return document.querySelector('[data-front]') ?? document;
}

/** Focuses the main part of a view: the form of a new record, else its rows, else the view. */
export function focusView(): void {
  const form = frontPart().querySelector<HTMLElement>(
    '[data-record-panel] form[data-new] :is(input, textarea)',
  );
  const home = frontPart().querySelector(homes);
  if (form) form.focus();
  else if (home) bring(home);
}

/** Whether the focus moved since `before` had it; losing it or returning to the rows does not count. */
export function hasFocusMoved(before: HTMLElement | null): boolean {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body || activeElement === before) return false;
  return !activeElement.matches(`${homes}, [data-focus-start]`);
}

/** Like `focusView` for content that just appeared; does nothing if the focus was moved meanwhile. */
export function focusArrived(before: HTMLElement | null): void {
  if (!hasFocusMoved(before)) focusView();
}

/** Longest time for a view to appear, in milliseconds. */
const patience = 5000;

/** Like `focusView` as soon as the view appears; does nothing if the focus was moved meanwhile. Returns a function that stops it. */
export function focusComing(before: HTMLElement | null = null): () => void {
  const isThere = (): boolean =>
    frontPart().querySelector(homes) !== null && frontPart().querySelector('.view-coming') === null;
  const look = (): void => {
    if (!isThere()) return;
    end();
    focusArrived(before);
  };
  const end = (): void => {
    watching.disconnect();
    clearTimeout(timer);
  };
  const watching = new MutationObserver(look);
  const timer = setTimeout(end, patience);
  watching.observe(document.body, { childList: true, subtree: true });
  look();
  return end;
}

/** The button that opened the popover or menu around an element, which names it as its label. */
export function openerOf(element: Element): HTMLElement | null {
  const label = element.closest('[role="dialog"], [role="menu"]')?.getAttribute('aria-labelledby');
  const named = label ? document.getElementById(label) : null;
  // Context menus have no button.
  return named?.matches('button[aria-expanded]') ? named : null;
}

/**
 * Restores the focus if its element disappears, because keys would reach nothing: to the opener of its popover, else the dialog, the panel,
 * the rows, or the view. Returns a function that stops it.
 */
export function keepFocus(): () => void {
  let last: Element | null = null;
  let around: readonly Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    const opener = openerOf(target);
    if (opener?.getAttribute('aria-expanded') === 'false') {
      // A popover that is closed at once may fade out under the focus that it takes.
      opener.focus({ preventScroll: true });
      return;
    }
    last = target;
    const home = target.closest(homes);
    const dialog = target.closest('.dialog-content');
    around = [opener, dialog, home, home?.parentElement?.closest(homes)].filter(
      (one) => one instanceof Element,
    );
  };
  const lost = (): boolean =>
    last !== null &&
    !last.isConnected &&
    [null, document.body].includes(document.activeElement as HTMLElement);
  const settle = (): void => {
    timer = undefined;
    if (!lost()) return;
    const home = around.find((one) => one.isConnected) ?? frontPart().querySelector(homes);
    last = null;
    if (home) bring(home);
  };
  const watching = new MutationObserver(() => {
    if (lost()) timer ??= setTimeout(settle, rest);
  });
  watching.observe(document.body, { childList: true, subtree: true });
  addEventListener('focusin', onFocus);
  return () => {
    watching.disconnect();
    removeEventListener('focusin', onFocus);
    clearTimeout(timer);
  };
}
