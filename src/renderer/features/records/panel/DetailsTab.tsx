import { foldText } from '#shared/domain/fold.ts';
import { Button, TextInput, Group } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { fieldsOf, shownFieldsOf } from '#shared/domain/entities.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import {
  isOwnName,
  kindOfOwn,
  compareOwnNames,
  fieldOfOwn,
  asOwnName,
  longestOwnName,
} from '#shared/domain/own-fields.ts';
import { titlesKey } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useFieldEdit } from '../edit/useFieldEdit.ts';
import { fromRaw } from '../form/values.ts';
import { unexpectedValueText } from '../../../text/values.ts';
import { FieldRow, EndsKind, AddButton } from '../form/FieldRow.tsx';
import { useDraft, draftOf, draftAt, dropDraft } from '../../../stores/drafts.ts';
import { useRiskFactors } from '../../../stores/factors.ts';
import { fieldName } from '../../../text/names.ts';
import { editedAs, useOwnFields } from '../custom-fields.ts';
import { saveField } from '../edit/save.ts';
import type { Raw } from '../form/values.ts';
import { reportError } from '../../../ui/notices.tsx';
import { mainTeamOf, usualShareOf } from '../linking/links.ts';
import { useMayChange } from '../data/permissions.ts';
import { DocumentedBy } from '../notes/NotesTab.tsx';
import { FileCard } from '../notes/FileCard.tsx';
import { Effect } from '../../repairs/Effect.tsx';
import { RecordNames } from '../../../ui/RecordName.tsx';
import { When } from '../../../ui/When.tsx';
import fieldsStyles from './fields.module.css';
import panelStyles from './panel.module.css';

/** Says in advance why the form is read-only. `id` is the description id of its fields. */
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
  fresh?: boolean;
}

interface BelowProps extends FieldProps {
  raw: Raw;
  change: (raw: Raw) => void;
  commit: (raw: Raw) => void;
}

/** The note or links below a field. */
function Below({ record, field: { key }, raw, change, commit }: BelowProps) {
  if (key === 'documented') return <DocumentedBy id={record.id} share={record.payload[key]} />;
  if (key === 'record_ids' || key === 'record_id') return <About value={record.payload[key]} />;
  if (key !== 'interface_type') return null;
  return (
    <EndsKind
      kind={raw}
      from={record.derived.from_type}
      to={record.derived.to_type}
      onSet={(kind) => {
        change(kind);
        commit(kind);
      }}
    />
  );
}

/** Links to the records that a document or comment is about. */
function About({ value }: { value: unknown }) {
  const { t } = useTexts('panel');
  const ids = [value].flat().filter((id) => typeof id === 'string');
  if (ids.length === 0) return null;
  return (
    <p className={`tiny dim ${fieldsStyles.about}`}>
      {t('about')} <RecordNames ids={ids} withUniversity />
    </p>
  );
}

function EditedField({ record, field: declared, fresh = false }: FieldProps) {
  const { t } = useTexts('panel');
  const row = useRef<HTMLDivElement>(null);
  const { field, raw, isTyped, state, problem, isWaiting, change, commit, cancel } = useFieldEdit(
    record,
    declared,
  );
  useEffect(() => {
    if (fresh) row.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [fresh]);
  const { key } = field;
  const parsed = fromRaw(field, raw);
  // A custom field is undeclared, so it is validated only when stored.
  const judged = field.own ? !isTyped && declared.kind === 'date' : parsed.ok;
  const odd = judged
    ? unexpectedValueText(field.own ? record.payload[key] : parsed.ok ? parsed.value : null, declared)
    : null;
  const note = isWaiting ? t('draft.lost') : (odd ?? undefined);
  const title = record.derived[titlesKey(field)];
  return (
    <div ref={row}>
      <FieldRow
        type={record.type}
        field={field}
        raw={raw}
        near={record.university_id ?? ''}
        {...mainTeamOf(key, record.payload.team_id)}
        {...(typeof title === 'string' && !isTyped ? { title } : {})}
        {...(problem === undefined ? {} : { problem })}
        placeholder={usualShareOf(field, record.payload.bond_type)}
        {...(note === undefined ? {} : { note })}
        below={<Below {...{ record, field, raw, change, commit }} />}
        state={state}
        onChange={change}
        onCommit={commit}
        onCancel={cancel}
      />
    </div>
  );
}

function Notes({ record, field }: FieldProps) {
  // Stays open when the last note is removed.
  const [isOpen, setOpen] = useState(field.key in record.payload);
  const isTyped = field.key in useDraft(draftOf.record(record.id));
  if (!isOpen && !isTyped && record.payload[field.key] === undefined)
    return <AddButton label={fieldName(field.key)} onClick={() => setOpen(true)} />;
  return <EditedField record={record} field={field} />;
}

/** Without risk factors there is nothing to rate. */
function Ratings({ record, field }: FieldProps) {
  const factors = useRiskFactors();
  if (!factors?.length && record.payload[field.key] === undefined) return null;
  return <EditedField record={record} field={field} />;
}

/** Unsaved input from an earlier visit, to save or discard. */
function DraftNote({ record, custom }: { record: EntityRecord; custom: readonly Field[] }) {
  const { t } = useTexts('panel');
  const key = draftOf.record(record.id);
  const [kept] = useState(() => Object.keys(draftAt(key)));
  const draft = useDraft(key);
  const fields = [...fieldsOf(record.type), ...custom].filter(
    (field) => kept.includes(field.key) && field.key in draft,
  );
  if (fields.length === 0) return null;
  const saveAll = async (): Promise<void> => {
    for (const declared of fields) {
      const seen = record.payload[declared.key];
      const field = editedAs(declared, seen);
      const saved = await saveField({ record, field, raw: draft[field.key] as Raw, seen });
      if (saved.state === 'failed') reportError(saved.error);
    }
  };
  return (
    <div className="stack start gap-8 small mb-12 px-12 py-8 rounded on-warn">
      <p>{t('draft.note', { count: fields.length })}</p>
      <Group gap={6}>
        <Button
          size="xs"
          variant="default"
          onClick={() => fields.forEach((field) => dropDraft(key, field.key))}
        >
          {t('common:discard')}
        </Button>
        <Button size="xs" onClick={() => void saveAll()}>
          {t('common:save')}
        </Button>
      </Group>
    </div>
  );
}

/** The most fields of other records that are offered; more would hide the record's own. */
const mostOffered = 20;

function customFieldsOf(
  { id, type, payload }: EntityRecord,
  known: readonly OwnField[],
  added: readonly string[],
): readonly Field[] {
  const typed = Object.keys(draftAt(draftOf.record(id)));
  const here = new Set([...Object.keys(payload), ...typed, ...added].filter((name) => isOwnName(type, name)));
  const others = known.filter(({ name }) => !here.has(name)).slice(0, mostOffered);
  const own = [...here].map(
    (name) =>
      known.find((field) => field.name === name) ?? { name, kind: kindOfOwn(payload[name]) ?? 'text' },
  );
  return [...own, ...others].toSorted((a, b) => compareOwnNames(a.name, b.name)).map(fieldOfOwn);
}

/** Two fields of one name could not be distinguished. */
function isDeclared(type: EntityType, name: string): boolean {
  const isSame = (one: string): boolean => foldText(one) === foldText(name);
  return fieldsOf(type).some(({ key }) => isSame(key) || isSame(fieldName(key)));
}

interface AddProps {
  type: EntityType;
  known: readonly string[];
  onAdd: (name: string) => void;
}

function AddCustomField({ type, known, onAdd }: AddProps) {
  const { t } = useTexts('own');
  const [text, setText] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const isAsking = text !== null;
  useEffect(() => {
    if (isAsking) input.current?.focus();
  }, [isAsking]);
  if (text === null) return <AddButton label={t('add')} onClick={() => setText('')} />;
  const name = asOwnName(text);
  const isTaken = name !== '' && (!isOwnName(type, name) || isDeclared(type, name));
  const add = (): void => {
    if (name === '' || isTaken) return;
    onAdd(known.find((one) => asOwnName(one) === name) ?? name);
    setText(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') add();
    else setText(null);
  };
  return (
    <div className={`flex top gap-8 mb-4 mt-2 ${fieldsStyles.ownAdd}`}>
      <TextInput
        ref={input}
        aria-label={t('name')}
        placeholder={t('name')}
        maxLength={longestOwnName}
        value={text}
        error={isTaken ? t('common:nameTaken') : null}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => name === '' && setText(null)}
      />
      <Button variant="default" disabled={name === '' || isTaken} onClick={add}>
        {t('use')}
      </Button>
    </div>
  );
}

function OtherFields({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const known = new Set(['id', 'imported_values', ...fieldsOf(record.type).map((field) => field.key)]);
  const others = Object.entries(record.payload).filter(
    ([key]) => !known.has(key) && !isOwnName(record.type, key),
  );
  if (others.length === 0) return null;
  return (
    <section className="others">
      <h3 title={t('otherTip')}>{t('other')}</h3>
      <dl className="others-list">
        {others.map(([key, value]) => (
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
const notUnderstood: Field = { key: 'imported_values', kind: 'json' };

export function DetailsTab({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const { type, payload } = record;
  const known = useOwnFields(type, true);
  const [added, setAdded] = useState<readonly string[]>([]);
  const custom = customFieldsOf(record, known, added);
  const why = useMayChange(record);
  const note = useId();
  const isDeleted = record.deleted_at !== null;
  const locked = isDeleted ? null : why;
  const isLocked = isDeleted || locked !== null;
  return (
    <form className="fields" data-saved autoComplete="off" onSubmit={(event) => event.preventDefault()}>
      <DraftNote record={record} custom={custom} />
      {locked !== null && <LockedNote id={note} why={locked} />}
      {type === 'document' && <FileCard key={record.id} record={record} isLocked={isLocked} />}
      {type === 'repair' && <Effect record={record} isLocked={isLocked} />}
      <fieldset disabled={isLocked} {...(locked === null ? {} : { 'aria-describedby': note, title: locked })}>
        {shownFieldsOf(type).map((field) =>
          field.key === 'meta' ? (
            <Notes key={field.key} record={record} field={field} />
          ) : field.key === 'factor_values' ? (
            <Ratings key={field.key} record={record} field={field} />
          ) : (
            <EditedField key={field.key} record={record} field={field} />
          ),
        )}
        {payload[notUnderstood.key] !== undefined && <EditedField record={record} field={notUnderstood} />}
        {(custom.length > 0 || !isLocked) && (
          <fieldset className={fieldsStyles.ownFields} aria-label={t('network:fieldsOf.own')}>
            {custom.length > 0 && <h3 title={t('own:tip')}>{t('network:fieldsOf.own')}</h3>}
            {custom.map((field) => (
              <EditedField key={field.key} record={record} field={field} fresh={added.at(-1) === field.key} />
            ))}
            {!isLocked && (
              <AddCustomField
                type={type}
                known={[...known.map(({ name }) => name), ...custom.map(({ key }) => key)]}
                onAdd={(name) => setAdded((now) => [...now, name])}
              />
            )}
          </fieldset>
        )}
      </fieldset>
      <OtherFields record={record} />
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
