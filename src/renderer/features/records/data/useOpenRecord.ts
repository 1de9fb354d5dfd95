import { recordAlone, recordIn } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { go, showPanel, useView } from '../../../stores/address.ts';

/** Opens another record from one: from a record by itself one goes on to records by themselves, beside the network one stays there. */
export function useOpenRecord(): (type: EntityType, id: string) => void {
  const view = useView();
  return (type, id) => {
    if (view.kind === 'network') showPanel({ kind: 'record', id, tab: 'details' });
    else go((view.kind === 'record' ? recordAlone : recordIn)(type, id));
  };
}
