import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Autosave } from './useAutosave.ts';

/** What was typed on an earlier visit and never saved: it stands in its fields again, to be saved or let go. */
export function DraftNote({ type, autosave }: { type: EntityType; autosave: Autosave }) {
  const { t } = useTranslation('panel');
  const { kept, form, commit, cancel } = autosave;
  const fields = fieldsOf(type).filter((field) => kept.includes(field.key));
  if (fields.length === 0) return null;
  return (
    <div className="panel-note note-warn">
      <p>{t('draft.note', { count: fields.length })}</p>
      <div className="note-buttons">
        <Button size="xs" variant="default" onClick={() => fields.forEach(cancel)}>
          {t('draft.dropAll')}
        </Button>
        <Button
          size="xs"
          onClick={() => fields.forEach((field) => commit(field, form.getValues(field.key) ?? null))}
        >
          {t('draft.saveAll')}
        </Button>
      </div>
    </div>
  );
}
