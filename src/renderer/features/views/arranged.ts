import type { Current } from './current.ts';

/** Whether somebody has made something of the view that is worth keeping: narrowed or grouped, or not as it was saved. */
export function isArranged({ view, saved, modified }: Current): boolean {
  if (saved) return modified;
  return view.kind === 'list' && (view.filters.length > 0 || view.group !== '');
}
