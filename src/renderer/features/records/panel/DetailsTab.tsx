import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { When } from '../../../ui/When.tsx';
import { AutosavedField } from './AutosavedField.tsx';
import { DraftNote } from './DraftNote.tsx';
import { OtherFields } from './OtherFields.tsx';
import { useAutosave } from './useAutosave.ts';

/** The record's own fields, each saved by itself when one leaves it. */
export function DetailsTab({ record }: { record: EntityRecord }) {
  const { t } = useTranslation('panel');
  const autosave = useAutosave(record);
  const fields = fieldsOf(record.type);
  return (
    <form className="fields" autoComplete="off" onSubmit={(event) => event.preventDefault()}>
      <DraftNote autosave={autosave} />
      <fieldset disabled={record.deleted_at !== null}>
        {fields.map((field) => (
          <AutosavedField key={field.key} record={record} field={field} autosave={autosave} />
        ))}
      </fieldset>
      <OtherFields record={record} />
      <p className="panel-moments">
        {t('created')} <When at={record.created_at} />
        {record.updated_at !== record.created_at && (
          <>
            {' · '}
            {t('changed')} <When at={record.updated_at} />
          </>
        )}
        <code className="panel-id">{record.id}</code>
      </p>
    </form>
  );
}
