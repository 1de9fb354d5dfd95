import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import { counted } from '../../../text/names.ts';
import { report } from '../../../ui/notices.tsx';
import { fieldProblem } from '../data/save.ts';
import { editMany } from '../data/editMany.ts';
import type { Rows } from '../data/rows.ts';
import { subjectsOf } from '../data/subjects.ts';
import { useGrid } from '../grid/state.ts';
import { useOwnFields } from '../own/useOwnFields.ts';
import '../panel/panel.css';
import '../panel/fields.css';
import './bulk.css';
import { BulkField } from './BulkField.tsx';
import { bulkFields, readEdit, withTouch } from './edit.ts';
import type { Touched } from './edit.ts';

interface Props {
  view: ListView;
  rows: Rows;
  onDone: () => void;
}

/** Changes the same fields of everything that is selected: what is filled in is set, what is left alone stays. */
export default function BulkPanel({ view, rows, onDone }: Props) {
  const { t } = useTranslation(['grid', 'common']);
  const picked = useGrid((state) => state.picked);
  const allBut = useGrid((state) => state.allBut);
  const cursor = useGrid((state) => state.cursor);
  const away = useGrid((state) => state.away);
  const [touched, setTouched] = useState<Touched>({});
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { type } = view;
  const own = useOwnFields(type);
  const subjects = subjectsOf({ picked, allBut, cursor, away }, rows, view);
  const nothing = subjects === null;
  useEffect(() => {
    if (nothing) onDone();
  }, [nothing, onDone]);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  if (!subjects) return null;
  const what = counted(type, subjects.count);
  const { edit, problems } = readEdit(type, touched, own);
  const count = Object.keys(edit.data).length + edit.unset.length;
  const near = subjects.records?.[0]?.university_id ?? '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (count === 0 || Object.keys(problems).length > 0 || busy) return;
    setBusy(true);
    try {
      await editMany(type, subjects, edit);
      onDone();
    } catch (error) {
      const told = Object.keys(touched).flatMap((key) => {
        const problem = fieldProblem(error, key);
        return problem === null ? [] : [[key, problem] as const];
      });
      setRefused(Object.fromEntries(told));
      if (told.length === 0) report(error, t('grid:bulk.failed', { what }));
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
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears Esc for what is in it
    <form
      ref={form}
      className="bulk"
      autoComplete="off"
      aria-label={t('grid:bulk.title', { what })}
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <header className="panel-head">
        <div className="panel-line">
          <h2 className="panel-title bulk-title">{t('grid:bulk.title', { what })}</h2>
          <ActionIcon aria-label={t('grid:bulk.close')} title={t('grid:bulk.close')} onClick={onDone}>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </div>
        <p className="bulk-hint">{t('grid:bulk.hint')}</p>
      </header>
      <div className="panel-body fields bulk-fields">
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
      <footer className="bulk-foot">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={count === 0 || Object.keys(problems).length > 0}>
          {t('grid:bulk.apply', { what })}
        </Button>
      </footer>
    </form>
  );
}
