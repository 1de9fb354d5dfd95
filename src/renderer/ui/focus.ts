/** How long what comes in the place of an element may take to claim the focus, in milliseconds. */
const rest = 60;

const homes = '[data-focus-home]';

function bring(home: Element): void {
  const first = home.querySelector<HTMLElement>('[data-focus-start]');
  (first ?? (home as HTMLElement)).focus({ preventScroll: true });
}

/** The pane that keys act on, else the whole page. */
export function frontPart(): ParentNode {
  return document.querySelector('[data-front]') ?? document;
}

/** Brings the focus to what a view is there for: the form of a new record, else its rows, else the view itself. */
export function focusView(): void {
  const form = frontPart().querySelector<HTMLElement>(
    '[data-record-panel] form[data-new] :is(input, textarea)',
  );
  const home = frontPart().querySelector(homes);
  if (form) form.focus();
  else if (home) bring(home);
}

/** Whether the focus was put somewhere since `before` had it; losing it, or its own return to the rows, is not that. */
export function hasFocusMoved(before: HTMLElement | null): boolean {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body || activeElement === before) return false;
  return !activeElement.matches(`${homes}, [data-focus-start]`);
}

/** As `focusView`, for what came into view a moment ago while `before` had the focus: who went elsewhere meanwhile stays there. */
export function focusArrived(before: HTMLElement | null): void {
  if (!hasFocusMoved(before)) focusView();
}

/** How long a view may take to be there, in milliseconds. */
const patience = 5000;

/** As `focusView` of a page that is only coming: as soon as its view is there. Who goes somewhere from `before` meanwhile stays there. Gives a function that ends it. */
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

/** The button that opened what floats around an element: menus and popovers name it as their label. */
export function openerOf(element: Element): HTMLElement | null {
  const label = element.closest('[role="dialog"], [role="menu"]')?.getAttribute('aria-labelledby');
  const named = label ? document.getElementById(label) : null;
  // Some stand beside a mere place: a click with the right button, a heading.
  return named?.matches('button[aria-expanded]') ? named : null;
}

/**
 * When the element that has the focus goes away, the keys would reach nothing any more. The focus then goes to where that element
 * stood: the button that opened what it was in, else the dialog, else the panel, else the rows of the list, else the view. Gives a function that ends it.
 */
export function keepFocus(): () => void {
  let last: Element | null = null;
  let around: readonly Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    const opener = openerOf(target);
    if (opener?.getAttribute('aria-expanded') === 'false') {
      // What floats takes the focus a moment after it was opened; whoever was quicker to close it has it fade away under the focus.
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
