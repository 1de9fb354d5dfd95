import { fieldName } from '../../../text/names.ts';
import type { FieldChange } from '../../../text/diff.ts';
import { Value } from './Value.tsx';

/** All that a record held when it was created, deleted or restored. */
export function WholeRecord({ type, fields }: { type: string; fields: readonly FieldChange[] }) {
  return (
    <dl className="diff-record">
      {fields.map(({ key, before, after }) => (
        <div key={key}>
          <dt>{fieldName(key)}</dt>
          <dd>
            <Value type={type} field={key} value={after === undefined ? before : after} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
