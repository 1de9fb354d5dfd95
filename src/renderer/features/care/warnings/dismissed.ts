import { create } from 'zustand';
import type { Finding } from '#shared/contract/care.ts';
import { keep, useSeat } from '../../../stores/seat.ts';

const seatKey = 'care-dismissed';
const most = 50;

export const useDismissed = create<{ marks: readonly string[] }>()(() => ({ marks: [] }));

/** Permanent conditions of a workspace, which need not be reported at each start. */
const isLasting = ({ id }: Finding): boolean => id === 'synced';

/** The key of a dismissed finding; for permanent ones by workspace and parameters. */
const markOf = (finding: Finding, workspace: string): string =>
  isLasting(finding) ? JSON.stringify([finding.code, workspace, finding.params]) : finding.code;

const keptIn = (items: ReturnType<typeof useSeat.getState>['items']): string[] => {
  const item = items[seatKey];
  return Array.isArray(item) ? item.filter((one) => typeof one === 'string') : [];
};

export function useUndismissed(found: readonly Finding[], workspace: string): Finding[] {
  const marks = useDismissed((state) => state.marks);
  const items = useSeat((seat) => seat.items);
  const kept = keptIn(items);
  return found.filter((one) => {
    const mark = markOf(one, workspace);
    return !marks.includes(mark) && !kept.includes(mark);
  });
}

/** Permanent findings stay dismissed in this workspace; others until they reappear, or the next start. */
export function dismiss(finding: Finding, workspace: string): void {
  const mark = markOf(finding, workspace);
  if (isLasting(finding)) keep(seatKey, [...keptIn(useSeat.getState().items), mark].slice(-most));
  else useDismissed.setState(({ marks }) => ({ marks: [...marks, mark] }));
}

/** Resolved findings are reported again when they reappear. */
export function forgetOver(found: readonly Finding[]): void {
  const codes = new Set(found.map(({ code }) => code));
  useDismissed.setState(({ marks }) => ({ marks: marks.filter((mark) => codes.has(mark)) }));
}

/** A save failed: reports its cause again, even if dismissed. */
export const sayAgain = (): void => useDismissed.setState({ marks: [] });
