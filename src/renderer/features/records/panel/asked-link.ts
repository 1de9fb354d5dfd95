import { create } from 'zustand';
import { showPanel } from '../../../stores/address.ts';

/** The record that is to be linked with another, as asked for outside of its panel; null when none is. */
export const useAskedLink = create<{ id: string | null }>()(() => ({ id: null }));

/** Shows the links of a record beside the list, with the form for a new one open. */
export function askForLink(id: string): void {
  useAskedLink.setState({ id });
  showPanel({ kind: 'record', id, tab: 'links' });
}

/** The form for a link of that record was used, given up or left; what has been asked for another since stays. */
export function linkAnswered(id: string): void {
  useAskedLink.setState((asked) => (asked.id === id ? { id: null } : asked));
}
