import { foldText } from '#shared/domain/fold.ts';
import { Autocomplete, Button, Group } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { editableFieldsOf, fieldsOf } from '#shared/domain/entities.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import {
  isCustomName,
  customKindOf,
  compareCustomNames,
  describeCustomField,
  toCustomName,
  maxCustomNameLength,
} from '#shared/domain/custom-fields.ts';
import { titlesKey } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { CommentAuthor } from '../notes/Comments.tsx';
import { useFieldEdit } from '../edit/useFieldEdit.ts';
import { fromRaw } from '../form/values.ts';
import { unexpectedValueText } from '../../../text/values.ts';
import { isPassageDetail, LinkPassage, UsualValue } from '../form/LinkPassage.tsx';
import { FieldRow, LinkKindWarning, AddButton } from '../form/FieldRow.tsx';
import { useDraft, draftKeyOf, getDraft, dropDraft } from '../../../stores/drafts.ts';
import { useRiskFactors } from '../../../stores/factors.ts';
import { fieldName } from '../../../text/names.ts';
import { fieldForValue, useCustomFields } from '../custom-fields.ts';
import { saveField, savingWork } from '../edit/save.ts';
import type { Raw } from '../form/values.ts';
import { reportError } from '../../../ui/notices.tsx';
import { excludedMainTeam, nearbyIds, usualPlaceholder, sizePlaceholder } from '../linking/links.ts';
import { useChangeRefusal } from '../data/permissions.ts';
import { RelatedRecords } from './RelatedRecords.tsx';
import { DocumentedBy } from '../notes/NotesTab.tsx';
import { FileCard } from '../notes/FileCard.tsx';
import { SubjectInput } from './SubjectInput.tsx';
import { RepairEffect } from '../../repairs/RepairEffect.tsx';
import { RecordNames } from '../../../ui/RecordName.tsx';
import { When } from '../../../ui/When.tsx';
import fieldsStyles from './fields.module.css';
import panelStyles from './panel.module.css';

/** Shows why the form is read-only. `id` is the element id by which its fields refer to this description. */
export function LockedNote({ id, why }: { id: string; why: string }) {
  return (
    <div className="stack start gap-8 small mb-12 px-12 py-8 rounded sunken row dim">
      <IconLock size={16} stroke={1.6} aria-hidden />
      <p id={id}>{why}</p>
    </div>
  );
}

interface FieldProps {
  record: EntityRecord;
  field: Field;
  takesFocus?: boolean;
}

interface FieldFooterProps extends FieldProps {
  raw: Raw;
  change: (raw: Raw) => void;
  commit: (raw: Raw) => void;
}

/** The note or links below a field. */
function FieldFooter({ record, field: { key }, raw, change, commit }: FieldFooterProps) {
  const bond = record.payload['bond_type'];
  const set = (next: Raw): void => {
    change(next);
    commit(next);
  };
  if (key === 'energy_loss') {
    const useUsual = (usual: number): void => set(String(usual));
    return <UsualValue field={key} bond={bond} value={record.payload[key]} onUse={useUsual} />;
  }
  if (key === 'documented')
    return (
      <>
        <UsualValue field={key} bond={bond} value={record.payload[key]} onUse={() => set('')} />
        <DocumentedBy id={record.id} share={record.payload[key]} />
      </>
    );
  if (key === 'record_ids' || key === 'record_id') return <AboutRecords value={record.payload[key]} />;
  if (key !== 'interface_type') return null;
  return (
    <LinkKindWarning kind={raw} from={record.derived.from_type} to={record.derived.to_type} onSet={set} />
  );
}

/** Links to the records that a document or comment is about. */
function AboutRecords({ value }: { value: unknown }) {
  const { t } = useTexts('panel');
  const ids = [value].flat().filter((id) => typeof id === 'string');
  if (ids.length === 0) return null;
  return (
    <p className={`tiny dim ${fieldsStyles.about}`}>
      {t('about')} <RecordNames ids={ids} withUniversity />
    </p>
  );
}

function EditedField({ record, field: declaredField, takesFocus = false }: FieldProps) {
  const { t } = useTexts('panel');
  const row = useRef<HTMLDivElement>(null);
  const { field, raw, isChanged, state, problem, isQueued, change, commit, cancel } = useFieldEdit(
    record,
    declaredField,
  );
  useEffect(() => {
    if (takesFocus) row.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [takesFocus]);
  const { key } = field;
  const result = fromRaw(field, raw);
  // A custom field is undeclared, so it is validated only when stored.
  const isChecked = field.own ? !isChanged && declaredField.kind === 'date' : result.ok;
  const unexpectedText = isChecked
    ? unexpectedValueText(field.own ? record.payload[key] : result.ok ? result.value : null, declaredField)
    : null;
  const note = isQueued ? t('draft.lost') : (unexpectedText ?? undefined);
  const title = record.derived[titlesKey(field)];
  return (
    <div ref={row}>
      <FieldRow
        type={record.type}
        field={field}
        raw={raw}
        near={nearbyIds({ ...record.payload, university_id: record.university_id }, field.key)}
        {...excludedMainTeam(key, record.payload.team_id)}
        {...(typeof title === 'string' && !isChanged ? { title } : {})}
        {...(problem === undefined ? {} : { problem })}
        placeholder={usualPlaceholder(field, record.payload.bond_type) ?? sizePlaceholder(field, record)}
        {...(note === undefined ? {} : { note })}
        footer={<FieldFooter {...{ record, field, raw, change, commit }} />}
        state={state}
        onChange={change}
        onCommit={commit}
        onCancel={cancel}
      />
    </div>
  );
}

function MetaNotes({ record, field }: FieldProps) {
  // Stays open when the last note is removed.
  const [isOpen, setOpen] = useState(field.key in record.payload);
  const isTyped = field.key in useDraft(draftKeyOf.record(record.id));
  if (!isOpen && !isTyped && record.payload[field.key] === undefined)
    return <AddButton label={fieldName(field.key)} onClick={() => setOpen(true)} />;
  return <EditedField record={record} field={field} />;
}

/** The ratings of a link by risk factor; nothing without risk factors. */
function Ratings({ record, field }: FieldProps) {
  const factors = useRiskFactors();
  if (!factors?.length && record.payload[field.key] === undefined) return null;
  return <EditedField record={record} field={field} />;
}

/** Unsaved input from an earlier visit, to save or discard. */
function DraftNote({ record, customFields }: { record: EntityRecord; customFields: readonly Field[] }) {
  const { t } = useTexts('panel');
  const key = draftKeyOf.record(record.id);
  const [restoredKeys] = useState(() => Object.keys(getDraft(key)));
  const draft = useDraft(key);
  const fields = [...fieldsOf(record.type), ...customFields].filter(
    (field) => restoredKeys.includes(field.key) && field.key in draft,
  );
  if (fields.length === 0) return null;
  const saveAll = async (): Promise<void> => {
    for (const declaredField of fields) {
      const seenValue = record.payload[declaredField.key];
      const field = fieldForValue(declaredField, seenValue);
      const result = await saveField({ record, field, raw: draft[field.key] as Raw, seenValue });
      if (result.state === 'failed') reportError(result.error, undefined, savingWork(record, field));
    }
  };
  return (
    <div className="stack start gap-8 small mb-12 px-12 py-8 rounded on-warn">
      <p>{t('draft.note', { count: fields.length })}</p>
      <Group gap={6}>
        <Button size="xs" onClick={() => fields.forEach((field) => dropDraft(key, field.key))}>
          {t('common:discard')}
        </Button>
        <Button variant="filled" size="xs" onClick={() => void saveAll()}>
          {t('common:save')}
        </Button>
      </Group>
    </div>
  );
}

/** The custom fields of the record, with those of its draft and those just added. Those of other records are offered by name. */
function customFieldsOf(
  { id, type, payload }: EntityRecord,
  knownFields: readonly CustomField[],
  addedNames: readonly string[],
): readonly Field[] {
  const draftNames = Object.keys(getDraft(draftKeyOf.record(id)));
  const presentNames = new Set(
    [...Object.keys(payload), ...draftNames, ...addedNames].filter((name) => isCustomName(type, name)),
  );
  return [...presentNames]
    .map(
      (name) =>
        knownFields.find((field) => field.name === name) ?? {
          name,
          kind: customKindOf(payload[name]) ?? 'text',
        },
    )
    .toSorted((a, b) => compareCustomNames(a.name, b.name))
    .map(describeCustomField);
}

/** Whether a declared field has this name; two fields of one name could not be distinguished. */
function isDeclared(type: EntityType, name: string): boolean {
  const isSame = (candidate: string): boolean => foldText(candidate) === foldText(name);
  return fieldsOf(type).some(({ key }) => isSame(key) || isSame(fieldName(key)));
}

interface AddProps {
  type: EntityType;
  /** The fields of the record. */
  presentNames: readonly string[];
  /** Fields that only other records have. */
  offeredNames: readonly string[];
  onAdd: (name: string) => void;
}

function AddCustomField({ type, presentNames, offeredNames, onAdd }: AddProps) {
  const { t } = useTexts('own');
  const [text, setText] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const isOpen = text !== null;
  useEffect(() => {
    if (isOpen) input.current?.focus();
  }, [isOpen]);
  if (text === null) return <AddButton label={t('add')} onClick={() => setText('')} />;
  const name = toCustomName(text);
  const isTaken = name !== '' && (!isCustomName(type, name) || isDeclared(type, name));
  const choose = (chosen: string): void => {
    onAdd(chosen);
    setText(null);
  };
  const add = (): void => {
    if (name === '' || isTaken) return;
    const knownNames = [...presentNames, ...offeredNames];
    choose(knownNames.find((knownName) => toCustomName(knownName) === name) ?? name);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // The list of names takes the key itself.
    if (event.key === 'Enter' && event.currentTarget.hasAttribute('aria-activedescendant')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') add();
    else setText(null);
  };
  return (
    <div className={`flex top gap-8 mb-4 mt-2 ${fieldsStyles.ownAdd}`}>
      <Autocomplete
        ref={input}
        aria-label={t('name')}
        placeholder={t('name')}
        maxLength={maxCustomNameLength}
        value={text}
        data={[...offeredNames]}
        limit={20}
        onOptionSubmit={choose}
        error={isTaken ? t('common:nameTaken') : null}
        onChange={setText}
        onKeyDown={onKeyDown}
        onBlur={() => name === '' && setText(null)}
      />
      <Button disabled={name === '' || isTaken} onClick={add}>
        {t('use')}
      </Button>
    </div>
  );
}

function OtherFields({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const knownKeys = new Set(['id', 'imported_values', ...fieldsOf(record.type).map((field) => field.key)]);
  const otherEntries = Object.entries(record.payload).filter(
    ([key]) => !knownKeys.has(key) && !isCustomName(record.type, key),
  );
  if (otherEntries.length === 0) return null;
  return (
    <section className="others">
      <h3 title={t('otherTip')}>{t('other')}</h3>
      <dl className="others-list">
        {otherEntries.map(([key, value]) => (
          <div key={key} className="stack gap-8 tiny dim py-2 other">
            <dt className="cut" title={key}>
              {fieldName(key)}
            </dt>
            <dd className="scroll breaks lines">
              {typeof value === 'string' ? value : <code>{JSON.stringify(value, null, 1)}</code>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Values that an import could not assign, by column heading. */
const importedValuesField: Field = { key: 'imported_values', kind: 'json' };

export function DetailsTab({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const { type, payload } = record;
  const knownFields = useCustomFields(type, true);
  const [addedNames, setAddedNames] = useState<readonly string[]>([]);
  const customFields = customFieldsOf(record, knownFields, addedNames);
  const offeredNames = knownFields
    .map(({ name }) => name)
    .filter((name) => !customFields.some(({ key }) => key === name));
  const refusal = useChangeRefusal(record);
  const noteId = useId();
  const isDeleted = record.deleted_at !== null;
  const lockReason = isDeleted ? null : refusal;
  const isLocked = isDeleted || lockReason !== null;
  return (
    <form className="fields" data-saved autoComplete="off" onSubmit={(event) => event.preventDefault()}>
      <DraftNote record={record} customFields={customFields} />
      {lockReason !== null && <LockedNote id={noteId} why={lockReason} />}
      {type === 'comment' && (
        <p className="flex wrap gap-2-8">
          <CommentAuthor comment={record} />
        </p>
      )}
      {type === 'document' && <FileCard key={record.id} record={record} isLocked={isLocked} />}
      {type === 'repair' && (
        <RepairEffect record={record} isLocked={isLocked} subjectInput={<SubjectInput id={record.id} />} />
      )}
      <fieldset
        disabled={isLocked}
        {...(lockReason === null ? {} : { 'aria-describedby': noteId, title: lockReason })}
      >
        {editableFieldsOf(type).map((field) =>
          field.key === 'bond_type' ? (
            <LinkPassage
              key={field.key}
              values={payload}
              renderField={(passageField) => <EditedField record={record} field={passageField} />}
            />
          ) : isPassageDetail(type, field.key) ? null : field.key === 'meta' ? (
            <MetaNotes key={field.key} record={record} field={field} />
          ) : field.key === 'factor_values' ? (
            <Ratings key={field.key} record={record} field={field} />
          ) : (
            <EditedField key={field.key} record={record} field={field} />
          ),
        )}
        {payload[importedValuesField.key] !== undefined && (
          <EditedField record={record} field={importedValuesField} />
        )}
        {(customFields.length > 0 || !isLocked) && (
          <fieldset className={fieldsStyles.ownFields} aria-label={t('network:fieldsOf.own')}>
            {customFields.length > 0 && <h3 title={t('own:tip')}>{t('network:fieldsOf.own')}</h3>}
            {customFields.map((field) => (
              <EditedField
                key={field.key}
                record={record}
                field={field}
                takesFocus={addedNames.at(-1) === field.key}
              />
            ))}
            {!isLocked && (
              <AddCustomField
                type={type}
                presentNames={customFields.map(({ key }) => key)}
                offeredNames={offeredNames}
                onAdd={(name) => setAddedNames((previous) => [...previous, name])}
              />
            )}
          </fieldset>
        )}
      </fieldset>
      <OtherFields record={record} />
      {!isDeleted && !record.hidden && <RelatedRecords record={record} />}
      <p className={`flex wrap tiny faint line-above mt-16 ${panelStyles.moments}`}>
        {fieldName('created_at')} <When at={record.created_at} />
        {record.updated_at !== record.created_at && (
          <>
            {' · '}
            {t('history:action.update')} <When at={record.updated_at} />
          </>
        )}
      </p>
    </form>
  );
}
