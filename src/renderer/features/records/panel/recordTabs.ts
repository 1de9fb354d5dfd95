import type { PanelTab } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { linkable } from '../linkable.ts';
import { memberCount, memberTypes } from './members.ts';

export interface RecordTab {
  id: PanelTab;
  /** What it is called, where not by its id. */
  label?: 'students';
  /** How much there is in it; null where that is not known or says nothing. */
  count: number | null;
}

/** What belongs to a record, where its type has that; who is in a team is called so. */
function membersTab(record: EntityRecord): readonly RecordTab[] {
  if (memberTypes(record.type).length === 0) return [];
  const tab = { id: 'members', count: memberCount(record) } as const;
  return [record.type === 'team' ? { ...tab, label: 'students' } : tab];
}

/** The parts of a record: its details, what belongs to it, its links and its history, as far as its type has them. */
export function recordTabs(record: EntityRecord, changes: number | null): readonly RecordTab[] {
  const { links } = record.derived;
  return [
    { id: 'details', count: null },
    ...membersTab(record),
    ...(linkable(record.type)
      ? [{ id: 'links', count: typeof links === 'number' ? links : null } as const]
      : []),
    { id: 'history', count: changes },
  ];
}
