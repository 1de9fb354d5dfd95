import { listWithRecord } from '#shared/address/view.ts';
import type { SyncConflict } from '#shared/contract/sync.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { navigate } from '../../stores/address.ts';
import { displayTitle, typeName } from '../../text/names.ts';

interface Props {
  record: SyncConflict['record'];
  /** Whether the record is in this workspace. */
  isLocal?: boolean;
}

/** The title and type of a record, linking to it if it is in this workspace. */
export function RecordLink({ record: { type, id, title }, isLocal = true }: Props) {
  const name = displayTitle(title, type);
  return (
    <>
      {isLocal && isEntityType(type) ? (
        <button type="button" className="link-button" onClick={() => navigate(listWithRecord(type, id))}>
          {name}
        </button>
      ) : (
        <span>{name}</span>
      )}{' '}
      <span className="dim">{typeName(type)}</span>
    </>
  );
}
