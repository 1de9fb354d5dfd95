import { create } from 'zustand';

/** The transaction by which something was undone or redone last: what it brought back is where the person looks next. */
export const useReturned = create<{ opId: string | null }>()(() => ({ opId: null }));

export function reportReturned(opId: string): void {
  useReturned.setState({ opId });
}
