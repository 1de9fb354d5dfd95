/** How long what comes in the place of an element may take to claim the focus, in milliseconds. */
const rest = 60;

const homes = '[data-focus-home]';

function bring(home: Element): void {
  const first = home.querySelector<HTMLElement>('[data-focus-start]');
  (first ?? (home as HTMLElement)).focus({ preventScroll: true });
}

/** Brings the focus to what a view is there for: the form of a new record, else its rows, else the view itself. */
export function focusView(): void {
  const form = document.querySelector<HTMLElement>('#record-panel form[data-new] :is(input, textarea)');
  const home = document.querySelector(homes);
  if (form) form.focus();
  else if (home) bring(home);
}

/**
 * When the element that has the focus goes away, the keys would reach nothing any more. The focus then goes to where that element
 * stood: the panel, else the rows of the list, else the view. Gives a function that ends it.
 */
export function keepFocus(): () => void {
  let last: Element | null = null;
  let around: readonly Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    last = target;
    around = [target.closest(homes), target.closest(homes)?.parentElement?.closest(homes)].filter(
      (home) => home instanceof Element,
    );
  };
  const lost = (): boolean =>
    last !== null &&
    !last.isConnected &&
    [null, document.body].includes(document.activeElement as HTMLElement);
  const settle = (): void => {
    timer = undefined;
    if (!lost()) return;
    const home = around.find((one) => one.isConnected) ?? document.querySelector(homes);
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
