import { useEffect } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { shown } from '../../../commands/keys.ts';
import { say } from '../../../i18n/setup.ts';
import { useNotices } from '../../../stores/notices.ts';
import { useMe } from '../../../stores/profile.ts';
import { titleOr } from '../../../text/names.ts';
import { dropNotice, notice } from '../../../ui/notices.tsx';
import { removeRecord } from '../data/remove.ts';
import type { Rows } from '../data/rows.ts';
import { useGrid } from '../grid/state.ts';

const key = 'name-stays';

/**
 * A name cannot be emptied: who presses Del on one may have meant its record, which is offered to who may delete it. `why` says why
 * whoever acts may not.
 */
export function offerRemoval(record: EntityRecord, field: string, why: string | null): void {
  const offer = {
    label: say('commands:record.deleteNamed', { what: titleOr(record.title, record.type) }),
    run: () => void removeRecord(record),
  };
  notice({
    id: key,
    title: say('sheet:nameStays', { field }),
    ...(why === null
      ? { more: say('sheet:nameStaysMore', { keys: shown('mod+Delete') }), action: offer }
      : { more: why }),
  });
}

function withdraw(): void {
  if (useNotices.getState().list.some((told) => told.key === key && told.action)) dropNotice(key);
}

/** Takes the offer back as soon as the cursor goes on, its record is another or gone, or somebody else acts. */
export function useOfferHere(rows: Rows): void {
  const row = useGrid(({ cursor, away }) => (away ? -1 : cursor.row));
  const column = useGrid(({ cursor }) => cursor.column);
  const record = rows.at(row);
  const me = useMe();
  // It ends with what it was about, which it does not look at itself.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => withdraw, [record, column, me]);
}
