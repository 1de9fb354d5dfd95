import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconEraser, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { editableFieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { editedFields } from '#shared/domain/patch.ts';
import type { FieldEdit } from '#shared/domain/patch.ts';
import { describeCustomField } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ListView } from '#shared/address/view.ts';
import { useTexts, say } from '../../../i18n/setup.ts';
import { checkField } from '../form/values.ts';
import type { Raw } from '../form/values.ts';
import {
  fieldLabel,
  countedRecords,
  capitalised,
  fieldName,
  joinWithAnd,
  quoteName,
} from '../../../text/names.ts';
import { FieldRow } from '../form/FieldRow.tsx';
import { parseTypedDay } from '../../../text/typed-day.ts';
import { unexpectedValueText } from '../../../text/values.ts';
import { FormButtons } from '../../../ui/FormButtons.tsx';
import { reportError, notice } from '../../../ui/notices.tsx';
import { fieldProblem } from '../edit/save.ts';
import type { Rows } from '../data/rows.ts';
import { useSelection } from '../data/selection.ts';
import type { Selection } from '../data/selection.ts';
import { useCustomFields } from '../custom-fields.ts';
import { streamWithProgress } from '../../../ui/long-work.tsx';
import { api } from '../../../api/client.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoAction } from '../../../stores/undo.ts';
import panelStyles from '../panel/panel.module.css';
import bulkStyles from './bulk.module.css';
import { nearbyIds } from '../linking/links.ts';

async function editRecords(type: EntityType, { count, which }: Selection, edit: FieldEdit): Promise<void> {
  const recordsText = countedRecords(type, count);
  const { op_id, changed, unchanged } = await whileSaving(() =>
    streamWithProgress(say('grid:bulk.changing', { what: recordsText }), (signal) =>
      api.entities.setFields({ type, which, data: edit.set, unset: [...edit.unset] }, { signal }),
    ),
  );
  const fields = joinWithAnd(editedFields(edit).map((key) => quoteName(fieldName(key))));
  if (changed === 0) {
    notice({ title: say('grid:bulk.alreadySo', { what: recordsText }) });
    return;
  }
  notice({
    ...undoAction(op_id),
    title: say('audit:changedFields', { fields, what: countedRecords(type, changed) }),
    ...(unchanged > 0 ? { more: say('grid:bulk.unchanged', { count: unchanged }) } : {}),
  });
}

/** The new content of fields; '' empties a field. */
type FieldChanges = Readonly<Record<string, Raw>>;

/** Sets the new content of a field in the changes; null removes its change. */
export function withChange(changes: FieldChanges, key: string, raw: Raw): FieldChanges {
  const { [key]: _, ...otherChanges } = changes;
  return raw === null ? otherChanges : { ...otherChanges, [key]: raw };
}

/** Fields that several records can share: not names, ends of links or notes. */
export function bulkFields(type: EntityType, customFields: readonly CustomField[] = []): readonly Field[] {
  return [...editableFieldsOf(type), ...customFields.map(describeCustomField)].filter(
    ({ kind, required }) => kind !== 'json' && !required,
  );
}

/** The edit that was entered, and the problems of its fields. */
export function readEdit(
  type: EntityType,
  changes: FieldChanges,
  customFields: readonly CustomField[] = [],
): { edit: FieldEdit; problems: Readonly<Record<string, string>> } {
  const set: Record<string, Json> = {};
  const unset: string[] = [];
  const problems: Record<string, string> = {};
  for (const field of bulkFields(type, customFields)) {
    const raw = changes[field.key];
    if (raw === undefined) continue;
    const result = checkField(type, field, raw);
    if (!result.ok) problems[field.key] = result.message;
    else if (result.value === undefined) unset.push(field.key);
    else set[field.key] = result.value;
  }
  return { edit: { set, unset }, problems };
}

interface Props {
  type: EntityType;
  field: Field;
  near: readonly string[];
  raw: Raw | undefined;
  problem: string | undefined;
  onChange: (next: Raw) => void;
}

/** One field for many records: a value sets it, the eraser empties it, otherwise it stays. */
function BulkField({ type, field, near, raw, problem, onChange }: Props) {
  const { t } = useTexts('grid');
  const label = fieldLabel(field);
  const isChanged = raw !== undefined;
  const isInvalidDate = field.kind === 'date' && typeof raw === 'string' && parseTypedDay(raw) === null;
  const invalidDateNote =
    isInvalidDate && unexpectedValueText(raw, field) !== null ? t('bulk.noDate', { value: raw }) : null;
  const [buttonLabel, Icon] = isChanged
    ? [t('bulk.keep', { field: label }), IconArrowBackUp]
    : [t('bulk.empty', { field: label }), IconEraser];
  return (
    <div className={`bulk-field${isChanged ? ` ${bulkStyles.touched}` : ''}`}>
      {raw === '' ? (
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="row gap-4 dim high-32">{label}</span>
          <span className="small dim self-center italic">{t('bulk.emptied')}</span>
        </div>
      ) : (
        <FieldRow
          type={type}
          field={field}
          raw={raw ?? (field.kind === 'boolean' ? null : '')}
          near={near}
          placeholder={capitalised(t('sheets:rows.unchanged'))}
          {...(problem === undefined ? {} : { problem })}
          {...(invalidDateNote === null ? {} : { note: invalidDateNote })}
          onChange={(next) => onChange(next === '' ? null : next)}
        />
      )}
      <ActionIcon
        aria-label={buttonLabel}
        title={buttonLabel}
        onClick={() => onChange(isChanged ? null : '')}
      >
        <Icon size={16} stroke={1.6} />
      </ActionIcon>
    </div>
  );
}

interface BulkPanelProps {
  view: ListView;
  rows: Rows;
  onDone: () => void;
}

export default function BulkPanel({ view, rows, onDone }: BulkPanelProps) {
  const { t } = useTexts('grid');
  const [changes, setChanges] = useState<FieldChanges>({});
  const [serverProblems, setServerProblems] = useState<Readonly<Record<string, string>>>({});
  const [isSaving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { type } = view;
  const customFields = useCustomFields(type);
  const selection = useSelection(rows, view);
  const isSelectionEmpty = selection === null;
  useEffect(() => {
    if (isSelectionEmpty) onDone();
  }, [isSelectionEmpty, onDone]);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  if (!selection) return null;
  const recordsText = countedRecords(type, selection.count);
  const { edit, problems } = readEdit(type, changes, customFields);
  const fieldCount = editedFields(edit).length;
  const near = nearbyIds(selection.records?.[0] ?? {});
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (fieldCount === 0 || Object.keys(problems).length > 0 || isSaving) return;
    setSaving(true);
    try {
      await editRecords(type, selection, edit);
      onDone();
    } catch (error) {
      const problemEntries = Object.keys(changes).flatMap((key) => {
        const problem = fieldProblem(error, key);
        return problem === null ? [] : [[key, problem] as const];
      });
      setServerProblems(Object.fromEntries(problemEntries));
      if (problemEntries.length === 0) reportError(error);
    } finally {
      setSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears Esc for its content
    <form
      ref={form}
      className="fill column"
      autoComplete="off"
      aria-label={t('grid:bulk.title', { what: recordsText })}
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <header className="rigid px-16 pt-12">
        <div className={`row gap-2 ${panelStyles.line}`}>
          <h2 className={`title strong breaks ${panelStyles.title} ${panelStyles.grow}`}>
            {t('grid:bulk.title', { what: recordsText })}
          </h2>
          <ActionIcon aria-label={t('common:close')} title={t('common:close')} onClick={onDone}>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </div>
        <p className="small dim mt-8">{t('grid:bulk.hint')}</p>
      </header>
      <div className="fill scroll-y px-16 pt-12 pb-16 panel-body fields stack rows-start gap-4">
        {bulkFields(type, customFields).map((field) => (
          <BulkField
            key={field.key}
            type={type}
            field={field}
            near={near}
            raw={changes[field.key]}
            problem={problems[field.key] ?? serverProblems[field.key]}
            onChange={(next) => {
              setServerProblems({});
              setChanges((previous) => withChange(previous, field.key, next));
            }}
          />
        ))}
      </div>
      <footer className={bulkStyles.foot}>
        <FormButtons
          saveLabel={t('grid:bulk.apply', { what: recordsText })}
          saving={isSaving}
          blocked={fieldCount === 0 || Object.keys(problems).length > 0}
          onCancel={onDone}
        />
      </footer>
    </form>
  );
}
