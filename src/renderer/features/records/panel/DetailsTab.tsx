import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { When } from '../../../ui/When.tsx';
import { useMayChange } from '../data/mayChange.ts';
import { AutosavedField } from './AutosavedField.tsx';
import { DraftNote } from './DraftNote.tsx';
import { LockedNote } from './LockedNote.tsx';
import { NotUnderstood } from './NotUnderstood.tsx';
import { OtherFields } from './OtherFields.tsx';
import { OwnFields } from './OwnFields.tsx';
import { useAutosave } from './useAutosave.ts';

/** The record's own fields, each saved by itself when one leaves it. */
export function DetailsTab({ record }: { record: EntityRecord }) {
  const { t } = useTranslation('panel');
  const autosave = useAutosave(record);
  const fields = fieldsOf(record.type);
  const why = useMayChange(record);
  const note = useId();
  const locked = why !== null && record.deleted_at === null ? why : null;
  return (
    <form className="fields" data-saved autoComplete="off" onSubmit={(event) => event.preventDefault()}>
      <DraftNote type={record.type} autosave={autosave} />
      {locked !== null && <LockedNote id={note} why={locked} />}
      <fieldset
        disabled={record.deleted_at !== null || locked !== null}
        {...(locked === null ? {} : { 'aria-describedby': note, title: locked })}
      >
        {fields.map((field) => (
          <AutosavedField key={field.key} record={record} field={field} autosave={autosave} />
        ))}
        <NotUnderstood record={record} />
        <OwnFields record={record} locked={record.deleted_at !== null || locked !== null} />
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
      </p>
    </form>
  );
}
