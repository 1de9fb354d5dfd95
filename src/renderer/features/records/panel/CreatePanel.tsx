import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { showPanel } from '../../../stores/address.ts';
import { useMe } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { fieldName, joined } from '../../../text/names.ts';
import { whyNotNew } from '../data/mayChange.ts';
import { CreateField } from './CreateField.tsx';
import { LockedNote } from './LockedNote.tsx';
import { useCreateForm } from './useCreateForm.ts';

/** The form of a record that is not there yet. Nothing is stored until it is created; what was typed waits as a draft. */
export function CreatePanel({ type }: { type: EntityType }) {
  const { data } = useQuery({
    queryKey: keys.info,
    queryFn: ({ signal }) => api.workspace.info({}, { signal }),
  });
  // Whose record it will be is known only with the profile; the form needs it from the start.
  return data ? <CreateForm type={type} university={data.actor.university_id} /> : null;
}

function CreateForm({ type, university }: { type: EntityType; university: string | null }) {
  const { t } = useTranslation(['panel', 'grid', 'records']);
  const note = useId();
  const why = whyNotNew(useMe(), type);
  const { form, fields, missing, untouched, kept, busy, change, submit, startOver } = useCreateForm(
    type,
    university,
  );
  return (
    <>
      <header className="panel-head">
        <div className="panel-line">
          <h2 className="panel-title panel-grow">{t(`grid:new.${type}`)}</h2>
          <ActionIcon aria-label={t('panel:close')} title={t('panel:close')} onClick={() => showPanel(null)}>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </div>
        {type === 'interface' && <p className="panel-kind">{t('records:explain.interface')}</p>}
      </header>
      <form
        data-saved={untouched ? true : undefined}
        className="panel-body fields"
        data-new
        autoComplete="off"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        {why !== null && <LockedNote id={note} why={why} />}
        {kept && (
          <div className="panel-note note-plain">
            <p>{t('panel:create.kept')}</p>
            <Button size="xs" variant="default" disabled={why !== null} onClick={startOver}>
              {t('panel:create.startOver')}
            </Button>
          </div>
        )}
        <fieldset disabled={why !== null} {...(why === null ? {} : { 'aria-describedby': note })}>
          {fields.map((field, index) => (
            <CreateField
              key={field.key}
              type={type}
              field={field}
              form={form}
              first={index === 0}
              onChange={change}
            />
          ))}
        </fieldset>
        <footer className="panel-foot">
          <span className="dim">
            {missing.length > 0
              ? t('panel:create.missing', { fields: joined(missing.map(fieldName)) })
              : untouched && t('panel:create.untouched')}
          </span>
          <Button
            type="submit"
            disabled={why !== null || missing.length > 0 || untouched}
            {...(why === null ? {} : { title: why })}
            loading={busy}
          >
            {t(`panel:create.action.${type}`)}
          </Button>
        </footer>
      </form>
    </>
  );
}
