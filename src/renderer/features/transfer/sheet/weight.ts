import type { SheetProblem } from '#shared/contract/sheets.ts';

/** How much of a problem there is to decide. */
export type Weight =
  /** To look at. */
  | 'decide'
  /** A name that comes along as a new record. */
  | 'along'
  /** Read as what it most likely means. */
  | 'minor'
  /** The workspace says so already: somebody kept it on purpose. */
  | 'known';

/** Where a problem stands among the others. */
export function weightOf({ action, code, came, held }: SheetProblem): Weight {
  if (code === 'reference_alike' || code === 'id_over_name') return 'decide';
  if (code === 'lost_letters') return came === 0 ? 'known' : 'decide';
  if (action === 'created') return 'along';
  if (action === 'converted') return 'minor';
  if (action === 'skipped' || code === 'date_order') return 'decide';
  return held || came === 0 ? 'known' : 'decide';
}
