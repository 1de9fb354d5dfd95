import { create } from 'zustand';
import type { Finding } from '#shared/contract/care.ts';
import { keep, useSeat } from '../../../stores/seat.ts';

const seatKey = 'care-dismissed';
const most = 50;

export const useDismissed = create<{ marks: readonly string[] }>()(() => ({ marks: [] }));

/** What stays as it is for as long as a workspace lies where it lies: who knows it need not hear of it at each start. */
const isLasting = ({ id }: Finding): boolean => id === 'synced';

/** What a finding is dismissed as: the lasting ones for one workspace, with all that was said of it. */
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

/** A lasting one stays dismissed in this workspace; any other until it comes anew, or the next start. */
export function dismiss(finding: Finding, workspace: string): void {
  const mark = markOf(finding, workspace);
  if (isLasting(finding)) keep(seatKey, [...keptIn(useSeat.getState().items), mark].slice(-most));
  else useDismissed.setState(({ marks }) => ({ marks: [...marks, mark] }));
}

/** What is over comes back when it is found again. */
export function forgetOver(found: readonly Finding[]): void {
  const codes = new Set(found.map(({ code }) => code));
  useDismissed.setState(({ marks }) => ({ marks: marks.filter((mark) => codes.has(mark)) }));
}

/** Something could not be saved: what is in the way is said again, whoever dismissed it. */
export const sayAgain = (): void => useDismissed.setState({ marks: [] });
