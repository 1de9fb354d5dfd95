import { useMemo } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import type { Desk } from '../desk.ts';
import type { Model, NetNode } from '../model/model.ts';
import { useNetwork } from '../state.ts';

/** What the commands of a network view work with. The functions are stable. */
export interface Given {
  view: NetworkView;
  model: Model;
  desk: Desk | null;
  focusSearch: () => void;
  focusCanvas: () => void;
  save: (ending: 'png' | 'svg') => Promise<void>;
}

/** What commands act on: what is selected, else where the keyboard is. */
export function useSubjects(model: Model): readonly NetNode[] {
  const selected = useNetwork((network) => network.selected);
  const cursor = useNetwork((network) => network.cursor);
  return useMemo(() => {
    const ids = selected.size > 0 ? [...selected] : cursor === null ? [] : [cursor];
    return ids.flatMap((id) => model.nodes.get(id) ?? []);
  }, [model, selected, cursor]);
}
