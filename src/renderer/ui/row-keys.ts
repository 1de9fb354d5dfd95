const stepByKey: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
};

/** Arrow keys, Home and End move from a button of a row to the same button of another row, and prevent the default. */
function onKey(event: KeyboardEvent): void {
  const { currentTarget: container, target, key } = event;
  const step = stepByKey[key];
  const button = target instanceof Element ? target.closest('button') : null;
  if (step === undefined || !button || !(container instanceof Element)) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const rows = [...container.children].filter((one) => one.querySelector('button') !== null);
  const rowIndex = rows.findIndex((one) => one.contains(button));
  const buttonIndex = [...(rows[rowIndex]?.querySelectorAll('button') ?? [])].indexOf(button);
  const targetIndex = Math.min(rows.length - 1, Math.max(0, rowIndex + step));
  const buttons = [...(rows[targetIndex]?.querySelectorAll('button') ?? [])];
  event.preventDefault();
  (buttons[buttonIndex] ?? buttons.at(-1))?.focus();
}

export function scrollToRow(row: HTMLElement | null): void {
  row?.scrollIntoView?.({ block: 'nearest' });
}

/** Ref callback for a table body or list that makes its rows reachable by arrow keys. */
export function enableRowKeys(rows: HTMLElement | null): (() => void) | undefined {
  rows?.addEventListener('keydown', onKey);
  return () => rows?.removeEventListener('keydown', onKey);
}
