/** Milliseconds in which a replacement of an element can take the focus. */
const replacementMs = 60;

const homeSelector = '[data-focus-home]';

function focusHome(home: Element): void {
  const startElement = home.querySelector<HTMLElement>('[data-focus-start]');
  (startElement ?? (home as HTMLElement)).focus({ preventScroll: true });
}

export function frontPane(): ParentNode {
  return document.querySelector('[data-front]') ?? document;
}

/** Focuses the main part of a view: the form of a new record, else its rows, else the view. */
export function focusView(): void {
  const form = frontPane().querySelector<HTMLElement>(
    '[data-record-panel] form[data-new] :is(input, textarea)',
  );
  const home = frontPane().querySelector(homeSelector);
  if (form) form.focus();
  else if (home) focusHome(home);
}

/** Whether the focus moved since `previous` had it; losing it or returning to the rows does not count. */
export function hasFocusMoved(previous: HTMLElement | null): boolean {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body || activeElement === previous) return false;
  return !activeElement.matches(`${homeSelector}, [data-focus-start]`);
}

/** Like `focusView` for content that just appeared; does nothing if the focus was moved meanwhile. */
export function focusViewUnlessMoved(previous: HTMLElement | null): void {
  if (!hasFocusMoved(previous)) focusView();
}

/** Maximum wait for a view to appear, in milliseconds. */
const maxWaitMs = 5000;

/** Like `focusView`, as soon as the view appears; does nothing if the focus was moved meanwhile. Returns a function that stops waiting. */
export function focusViewWhenReady(previous: HTMLElement | null = null): () => void {
  const isReady = (): boolean =>
    frontPane().querySelector(homeSelector) !== null && frontPane().querySelector('.view-coming') === null;
  const focusIfReady = (): void => {
    if (!isReady()) return;
    stop();
    focusViewUnlessMoved(previous);
  };
  const stop = (): void => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const observer = new MutationObserver(focusIfReady);
  const timer = setTimeout(stop, maxWaitMs);
  observer.observe(document.body, { childList: true, subtree: true });
  focusIfReady();
  return stop;
}

/** The button that opened the popover or menu around an element, which names it as its label. */
export function openerOf(element: Element): HTMLElement | null {
  const label = element.closest('[role="dialog"], [role="menu"]')?.getAttribute('aria-labelledby');
  const opener = label ? document.getElementById(label) : null;
  // Context menus have no button.
  return opener?.matches('button[aria-expanded]') ? opener : null;
}

/** If the focused element disappears, focuses its opener, dialog or view, or keys would reach nothing. Returns a function that stops it. */
export function restoreLostFocus(): () => void {
  let lastFocused: Element | null = null;
  let fallbacks: readonly Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    const opener = openerOf(target);
    if (opener?.getAttribute('aria-expanded') === 'false') {
      // A popover that is closed at once can fade out under the focus that it takes.
      opener.focus({ preventScroll: true });
      return;
    }
    lastFocused = target;
    const home = target.closest(homeSelector);
    const dialog = target.closest('.dialog-content');
    fallbacks = [opener, dialog, home, home?.parentElement?.closest(homeSelector)].filter(
      (one) => one instanceof Element,
    );
  };
  const isFocusLost = (): boolean =>
    lastFocused !== null &&
    !lastFocused.isConnected &&
    [null, document.body].includes(document.activeElement as HTMLElement);
  const restoreFocus = (): void => {
    timer = undefined;
    if (!isFocusLost()) return;
    const home = fallbacks.find((one) => one.isConnected) ?? frontPane().querySelector(homeSelector);
    lastFocused = null;
    if (home) focusHome(home);
  };
  const observer = new MutationObserver(() => {
    if (isFocusLost()) timer ??= setTimeout(restoreFocus, replacementMs);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  addEventListener('focusin', onFocus);
  return () => {
    observer.disconnect();
    removeEventListener('focusin', onFocus);
    clearTimeout(timer);
  };
}
