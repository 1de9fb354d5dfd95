const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
};

/** Arrow keys, Home and End move from a button of a row to the same button of another row. */
function onKey(event: KeyboardEvent): void {
  const { currentTarget: rowsOf, target, key } = event;
  const step = steps[key];
  const button = target instanceof Element ? target.closest('button') : null;
  const row = button?.closest('tr');
  if (step === undefined || !button || !row || !(rowsOf instanceof Element)) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const rows = [...rowsOf.children].filter((one) => one.querySelector('button') !== null);
  const place = [...row.querySelectorAll('button')].indexOf(button);
  const at = Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + step));
  const buttons = [...(rows[at]?.querySelectorAll('button') ?? [])];
  event.preventDefault();
  (buttons[place] ?? buttons.at(-1))?.focus();
}

/** Ref callback for a table body that makes its rows reachable by arrow keys. */
export function rowKeys(body: HTMLElement | null): (() => void) | undefined {
  body?.addEventListener('keydown', onKey);
  return () => body?.removeEventListener('keydown', onKey);
}
