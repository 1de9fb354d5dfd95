import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import type { EntityType } from '#shared/domain/types.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { defaultsOf, editableFieldsOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { getDraft, setDraftField, draftKeyOf, useDraft, dropDraft } from '../../../stores/drafts.ts';
import { newId, createRecord } from '../data/create.ts';
import type { Inputs, Raw } from '../form/values.ts';
import { inputsOf, resolverFor, payloadOf } from '../form/values.ts';
import { excludedMainTeam, nearbyIds, usualPlaceholder, findLinkKind } from '../linking/links.ts';
import { queryFor } from '../../../stores/queries.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { creationRefusal } from '../data/permissions.ts';
import { useMe } from '../../../stores/profile.ts';
import { currentAddress, showPanel } from '../../../stores/address.ts';
import { faultData, issueProblem } from '../../../text/faults.ts';
import { dropNotice, reportError } from '../../../ui/notices.tsx';
import { LockedNote } from './DetailsTab.tsx';
import { comparedFields, DuplicateWarning, warnedField } from './DuplicateWarning.tsx';
import { isBond } from '../form/FieldInput.tsx';
import { FieldRow } from '../form/FieldRow.tsx';
import { checkPassage, isPassageDetail, LinkPassage, UsualValue } from '../form/LinkPassage.tsx';
import { joinWithAnd, fieldName, inSentence, typeName, newName } from '../../../text/names.ts';
import { shortcutText } from '../../../commands/keys.ts';
import styles from './panel.module.css';

const idKey = '#id';
/** Fields that are only filled in after creation, and the kind of a link, which follows from its ends. */
const hiddenFields: readonly string[] = [
  'meta',
  'factor_values',
  'interface_type',
  'confirmed_at',
  'confirmed_by',
];

/** The id of a draft's record: the same for every attempt, so that a retry cannot create a second one. */
export function idForDraft(key: string, type: EntityType): string {
  const storedId = getDraft(key)[idKey];
  const id = typeof storedId === 'string' ? storedId : newId(type);
  setDraftField(key, idKey, id);
  return id;
}

function readDraft(key: string): Inputs {
  const { [idKey]: _, ...inputs } = getDraft(key);
  return inputs as Inputs;
}

function emptyInputs(type: EntityType, university: string | null): Inputs {
  const defaults: JsonObject = defaultsOf[type];
  const hasUniversity = university !== null && fieldsOf(type).some((field) => field.key === 'university_id');
  return inputsOf(type, hasUniversity ? { ...defaults, university_id: university } : defaults);
}

/** The form of a new record. Until it is created, the input is a draft. */
export function CreatePanel({ type }: { type: EntityType }) {
  const { data } = useQuery(queryFor('workspace.info', {}));
  // The form depends on the actor's university from the start.
  return data ? <CreateForm type={type} university={data.actor.university_id} /> : null;
}

function CreateForm({ type, university }: { type: EntityType; university: string | null }) {
  const { t } = useTexts('panel');
  const tab = useTabId();
  const noteId = useId();
  const refusal = creationRefusal(useMe(), type);
  const draft = draftKeyOf.new(type);
  const initialInputs = useMemo(() => emptyInputs(type, university), [type, university]);
  const [isDraftRestored, setIsDraftRestored] = useState(() => Object.keys(readDraft(draft)).length > 0);
  const [isSaving, setSaving] = useState(false);
  const [formCount, setFormCount] = useState(0);
  const fields = useMemo(
    () => editableFieldsOf(type).filter(({ key }) => !hiddenFields.includes(key)),
    [type],
  );
  const form = useForm<Inputs>({
    defaultValues: { ...initialInputs, ...readDraft(draft) },
    resolver: useMemo(() => resolverFor(type), [type]),
  });
  // Subscribed, because each change of the draft can change the missing fields.
  useDraft(draft);
  const inputs = form.getValues();
  const missingFields = fields.filter(
    ({ key, required }) => required && String(inputs[key] ?? '').trim() === '',
  );
  const hasInitialInputs = (): boolean =>
    fields.every(({ key }) => (form.getValues(key) ?? '') === (initialInputs[key] ?? ''));
  const isUntouched = hasInitialInputs();
  const fieldsetRef = useRef<HTMLFieldSetElement>(null);
  const focusFirstField = (): void =>
    fieldsetRef.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  useEffect(focusFirstField, []);
  /** Shows the first of the fields, and its problem, also if a closed part of the form has it. */
  const focusField = (keys: readonly string[]): void => {
    const rows = [...(fieldsetRef.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [])];
    const row = rows.find(({ dataset }) => keys.includes(dataset['field'] ?? ''));
    row?.closest('details')?.setAttribute('open', '');
    row?.querySelector<HTMLElement>('input, textarea')?.focus();
  };

  const setField = (key: string, raw: Raw): void => {
    form.setValue(key, raw, { shouldDirty: true });
    form.clearErrors(key);
    setDraftField(draft, key, raw);
    if (hasInitialInputs()) dropDraft(draft);
  };
  const changeField = (key: string, raw: Raw): void => {
    setField(key, raw);
    if (type !== 'interface' || (key !== 'from' && key !== 'to')) return;
    const { from, to } = form.getValues();
    void findLinkKind(from, to).then((kind) => {
      if (kind !== (form.getValues('interface_type') ?? '')) setField('interface_type', kind);
    });
  };
  // Nothing is lost: the record that is opened has the same values.
  const dropComparedDraft = (): void => {
    const enteredKeys = Object.keys(readDraft(draft));
    if (enteredKeys.every((key) => comparedFields(type).includes(key))) dropDraft(draft);
  };
  const startOver = (): void => {
    dropDraft(draft);
    setIsDraftRestored(false);
    setFormCount(formCount + 1);
    form.reset(initialInputs);
    focusFirstField();
  };
  const create = async (values: Inputs, startsAnother: boolean): Promise<void> => {
    setSaving(true);
    try {
      const { payload } = payloadOf(editableFieldsOf(type), values);
      const record = await createRecord(type, idForDraft(draft, type), payload);
      dropDraft(draft);
      dropNotice(draft);
      if (startsAnother) {
        startOver();
        return;
      }
      const { view } = currentAddress(tab);
      if (view.kind === 'list' && view.type === type && view.panel?.kind === 'new')
        showPanel({ kind: 'record', id: record.id, tab: 'details' }, tab);
    } catch (error) {
      const issues = faultData(error, 'INVALID')?.issues ?? [];
      const keyOf = ({ path }: (typeof issues)[number]): string => path.split('.')[0] ?? '';
      for (const issue of issues) form.setError(keyOf(issue), { type: 'core', message: issueProblem(issue) });
      focusField(issues.map(keyOf));
      reportError(error, undefined, draft);
    } finally {
      setSaving(false);
    }
  };
  const isBlocked = refusal !== null || missingFields.length > 0 || isUntouched;
  const submit = (startsAnother: boolean): void => {
    if (isBlocked || isSaving) return;
    void form.handleSubmit(
      (values) => create(values, startsAnother),
      (errors) => focusField(Object.keys(errors)),
    )();
  };
  const { values: passage } = checkPassage({
    bond_type: inputs.bond_type ?? '',
    energy_loss: inputs.energy_loss ?? '',
    documented: inputs.documented ?? '',
  });
  const renderField = (field: Field) => (
    <Fragment key={field.key}>
      <Controller
        name={field.key}
        control={form.control}
        render={({ field: { value }, fieldState: { error } }) => (
          <FieldRow
            type={type}
            field={field}
            raw={value ?? null}
            near={nearbyIds(form.getValues(), field.key)}
            {...excludedMainTeam(field.key, form.getValues('team_id'))}
            {...(error?.message === undefined ? {} : { problem: error.message })}
            placeholder={usualPlaceholder(field, form.getValues('bond_type'))}
            footer={
              <UsualValue
                field={field.key}
                bond={inputs.bond_type}
                value={passage[field.key as keyof typeof passage]}
                onUse={() => changeField(field.key, '')}
              />
            }
            onChange={(raw) => changeField(field.key, raw)}
          />
        )}
      />
      {field.key === warnedField(type) && (
        <DuplicateWarning type={type} inputs={form.getValues()} onOpen={dropComparedDraft} />
      )}
    </Fragment>
  );
  return (
    <>
      <header className="rigid px-16 pt-12 pb-8 line-below">
        <div className={`row gap-2 ${styles.line}`}>
          <h2 className={`title strong breaks ${styles.title} ${styles.grow}`}>{newName(type)}</h2>
          <ActionIcon aria-label={t('panel:close')} title={t('panel:close')} onClick={() => showPanel(null)}>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </div>
        {type === 'interface' && (
          <p className={`tiny dim ${styles.kind}`}>{t('records:explain.interface')}</p>
        )}
      </header>
      <form
        data-saved={isUntouched ? true : undefined}
        className={`fill scroll-y px-16 pt-12 pb-16 panel-body fields ${styles.form}`}
        data-new
        autoComplete="off"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(false);
        }}
      >
        {refusal !== null && <LockedNote id={noteId} why={refusal} />}
        {isDraftRestored && (
          <div className="stack start gap-8 small mb-12 px-12 py-8 rounded sunken">
            <p>{t('panel:create.kept')}</p>
            <Button size="xs" disabled={refusal !== null} onClick={startOver}>
              {t('panel:create.startOver')}
            </Button>
          </div>
        )}
        <fieldset
          ref={fieldsetRef}
          role="presentation"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            submit(true);
          }}
          disabled={refusal !== null}
          {...(refusal === null ? {} : { 'aria-describedby': noteId })}
        >
          {fields.map((field) =>
            isPassageDetail(type, field.key) ? null : isBond(field) ? (
              <LinkPassage key={`${field.key} ${formCount}`} values={passage} renderField={renderField} />
            ) : (
              renderField(field)
            ),
          )}
        </fieldset>
        <footer className={`row apart gap-8 tiny line-above px-16 py-8 on-panel ${styles.foot} wrap`}>
          <span className={`dim ${styles.need}`}>
            {missingFields.length > 0
              ? t('panel:create.missing', {
                  fields: joinWithAnd(missingFields.map(({ key }) => fieldName(key))),
                })
              : isUntouched && t('panel:create.untouched')}
          </span>
          <Button
            disabled={isBlocked || isSaving}
            title={refusal ?? shortcutText('mod+shift+Enter')}
            onClick={() => submit(true)}
          >
            {t('panel:create.another')}
          </Button>
          <Button
            variant="filled"
            type="submit"
            disabled={isBlocked}
            {...(refusal === null ? {} : { title: refusal })}
            loading={isSaving}
          >
            {t('panel:create.action', { type: inSentence(typeName(type)) })}
          </Button>
        </footer>
      </form>
    </>
  );
}
