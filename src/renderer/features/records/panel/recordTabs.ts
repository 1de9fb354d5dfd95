import type { PanelTab } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { linkable } from '../linkable.ts';
import { memberCount, memberTypes } from './members.ts';

export interface RecordTab {
  id: PanelTab;
  /** How much there is in it; null where that is not known or says nothing. */
  count: number | null;
}

/** The parts of a record: its details, what belongs to it, its links and its history, as far as its type has them. */
export function recordTabs(record: EntityRecord, changes: number | null): readonly RecordTab[] {
  const { links } = record.derived;
  return [
    { id: 'details', count: null },
    ...(memberTypes(record.type).length > 0 ? [{ id: 'members', count: memberCount(record) } as const] : []),
    ...(linkable(record.type)
      ? [{ id: 'links', count: typeof links === 'number' ? links : null } as const]
      : []),
    { id: 'history', count: changes },
  ];
}
