import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconEraser, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { shownFieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { fieldOfOwn } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ListView } from '#shared/address/view.ts';
import { useTexts, say } from '../../../i18n/setup.ts';
import { checkField } from '../form/values.ts';
import type { Raw } from '../form/values.ts';
import { labelOf, countedRecords, capitalised, fieldName, joinWithAnd } from '../../../text/names.ts';
import { FieldRow } from '../form/FieldRow.tsx';
import { typedDay } from '../../../text/typed-day.ts';
import { unexpectedValueText } from '../../../text/values.ts';
import { FormEnd } from '../../../ui/FormEnd.tsx';
import { reportError, notice } from '../../../ui/notices.tsx';
import { fieldProblem } from '../edit/save.ts';
import type { Rows } from '../data/rows.ts';
import { useSelection } from '../data/selection.ts';
import type { Selection } from '../data/selection.ts';
import { useOwnFields } from '../custom-fields.ts';
import { withProgress } from '../../../ui/in-notice.tsx';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoAction } from '../../../stores/undo.ts';
import panelStyles from '../panel/panel.module.css';
import bulkStyles from './bulk.module.css';

interface FieldEdit {
  data: JsonObject;
  unset: readonly string[];
}

async function editMany(
  type: EntityType,
  { count, which }: Selection,
  { data, unset }: FieldEdit,
): Promise<void> {
  const what = countedRecords(type, count);
  const { op_id, changed, unchanged } = await whileSaving(() =>
    withProgress(say('grid:bulk.changing', { what }), (onProgress, signal) =>
      follow(api.entities.edit({ type, which, data, unset: [...unset] }, { signal }), onProgress, signal),
    ),
  );
  const fields = joinWithAnd([...Object.keys(data), ...unset].map(fieldName));
  if (changed === 0) {
    notice({ title: say('grid:bulk.alreadySo', { what }) });
    return;
  }
  notice({
    ...undoAction(op_id),
    title: say('audit:changedFields', { fields, what: countedRecords(type, changed) }),
    ...(unchanged > 0 ? { more: say('grid:bulk.unchanged', { count: unchanged }) } : {}),
  });
}

type Touch = { kind: 'set'; raw: Raw } | { kind: 'empty' };

type Touched = Readonly<Record<string, Touch>>;

export function withTouch(touched: Touched, key: string, touch: Touch | null): Touched {
  const { [key]: _, ...others } = touched;
  return touch ? { ...others, [key]: touch } : others;
}

/** Fields that several records can share: not names, ends of links or notes. */
export function bulkFields(type: EntityType, own: readonly OwnField[] = []): readonly Field[] {
  return [...shownFieldsOf(type), ...own.map(fieldOfOwn)].filter(
    ({ kind, required }) => kind !== 'json' && !required,
  );
}

/** The edit that was entered, and the problems of its fields. */
export function readEdit(
  type: EntityType,
  touched: Touched,
  own: readonly OwnField[] = [],
): { edit: FieldEdit; problems: Readonly<Record<string, string>> } {
  const data: Record<string, Json> = {};
  const unset: string[] = [];
  const problems: Record<string, string> = {};
  for (const field of bulkFields(type, own)) {
    const touch = touched[field.key];
    if (!touch) continue;
    const checked = checkField(type, field, touch.kind === 'empty' ? '' : touch.raw);
    if (!checked.ok) problems[field.key] = checked.message;
    else if (checked.value === undefined) unset.push(field.key);
    else data[field.key] = checked.value;
  }
  return { edit: { data, unset }, problems };
}

interface Props {
  type: EntityType;
  field: Field;
  /** The university whose records are offered first, or ''. */
  near: string;
  touch: Touch | undefined;
  problem: string | undefined;
  onTouch: (touch: Touch | null) => void;
}

/** One field for many records: a value sets it, the eraser empties it, otherwise it stays. */
function BulkField({ type, field, near, touch, problem, onTouch }: Props) {
  const { t } = useTexts('grid');
  const label = labelOf(field);
  const raw = touch?.kind === 'set' ? touch.raw : '';
  const isNone = field.kind === 'date' && typeof raw === 'string' && typedDay(raw) === null;
  const odd = isNone && unexpectedValueText(raw, field) !== null ? t('bulk.noDate', { value: raw }) : null;
  const set = (next: Raw): void => onTouch(next === '' || next === null ? null : { kind: 'set', raw: next });
  return (
    <div className={`bulk-field${touch ? ` ${bulkStyles.touched}` : ''}`}>
      {touch?.kind === 'empty' ? (
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="row gap-4 dim high-32">{label}</span>
          <span className="small dim self-center italic">{t('bulk.emptied')}</span>
        </div>
      ) : (
        <FieldRow
          type={type}
          field={field}
          raw={touch ? touch.raw : field.kind === 'boolean' ? null : ''}
          near={near}
          placeholder={capitalised(t('sheets:rows.unchanged'))}
          {...(problem === undefined ? {} : { problem })}
          {...(odd === null ? {} : { note: odd })}
          onChange={set}
        />
      )}
      {touch ? (
        <ActionIcon
          aria-label={t('bulk.keep', { field: label })}
          title={t('bulk.keep', { field: label })}
          onClick={() => onTouch(null)}
        >
          <IconArrowBackUp size={16} stroke={1.6} />
        </ActionIcon>
      ) : (
        <ActionIcon
          aria-label={t('bulk.empty', { field: label })}
          title={t('bulk.empty', { field: label })}
          onClick={() => onTouch({ kind: 'empty' })}
        >
          <IconEraser size={16} stroke={1.6} />
        </ActionIcon>
      )}
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
  const [touched, setTouched] = useState<Touched>({});
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { type } = view;
  const own = useOwnFields(type);
  const selection = useSelection(rows, view);
  const nothing = selection === null;
  useEffect(() => {
    if (nothing) onDone();
  }, [nothing, onDone]);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  if (!selection) return null;
  const what = countedRecords(type, selection.count);
  const { edit, problems } = readEdit(type, touched, own);
  const count = Object.keys(edit.data).length + edit.unset.length;
  const near = selection.records?.[0]?.university_id ?? '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (count === 0 || Object.keys(problems).length > 0 || busy) return;
    setBusy(true);
    try {
      await editMany(type, selection, edit);
      onDone();
    } catch (error) {
      const fieldLines = Object.keys(touched).flatMap((key) => {
        const problem = fieldProblem(error, key);
        return problem === null ? [] : [[key, problem] as const];
      });
      setRefused(Object.fromEntries(fieldLines));
      if (fieldLines.length === 0) reportError(error);
    } finally {
      setBusy(false);
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
      aria-label={t('grid:bulk.title', { what })}
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <header className="rigid px-16 pt-12">
        <div className={`row gap-2 ${panelStyles.line}`}>
          <h2 className={`title strong breaks ${panelStyles.title} ${panelStyles.grow}`}>
            {t('grid:bulk.title', { what })}
          </h2>
          <ActionIcon aria-label={t('common:close')} title={t('common:close')} onClick={onDone}>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </div>
        <p className="small dim mt-8">{t('grid:bulk.hint')}</p>
      </header>
      <div className="fill scroll-y px-16 pt-12 pb-16 panel-body fields stack rows-start gap-4">
        {bulkFields(type, own).map((field) => (
          <BulkField
            key={field.key}
            type={type}
            field={field}
            near={near}
            touch={touched[field.key]}
            problem={problems[field.key] ?? refused[field.key]}
            onTouch={(touch) => {
              setRefused({});
              setTouched((now) => withTouch(now, field.key, touch));
            }}
          />
        ))}
      </div>
      <footer className={bulkStyles.foot}>
        <FormEnd
          save={t('grid:bulk.apply', { what })}
          saving={busy}
          blocked={count === 0 || Object.keys(problems).length > 0}
          onCancel={onDone}
        />
      </footer>
    </form>
  );
}
