import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { OwnFieldRow } from './OwnFieldRow.tsx';

/** What an import could not put into any field, by the heading of its column. */
const field: Field = { key: 'imported_values', kind: 'json' };

/** What an import could not put into any field: as notes with a name each, to be read, copied over and taken out. */
export function NotUnderstood({ record }: { record: EntityRecord }) {
  if (record.payload[field.key] === undefined) return null;
  return <OwnFieldRow record={record} field={field} fresh={false} />;
}
