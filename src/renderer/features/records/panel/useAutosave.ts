import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { UseFormReturn } from 'react-hook-form';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { draftAt, draftOf, dropDraft, keepDraft, useDraft } from '../../../stores/drafts.ts';
import { describeError } from '../../../text/faults.ts';
import { report } from '../../../ui/notices.tsx';
import { tellOverwritten } from '../data/overwritten.ts';
import { saveField } from '../data/save.ts';
import type { Saved } from '../data/save.ts';
import { inputsOf, resolverFor } from '../form/check.ts';
import type { Inputs } from '../form/check.ts';
import type { FieldState } from '../form/FieldRow.tsx';
import type { Raw } from '../form/inputs.ts';

/** How long "saved" stands beside a field, in milliseconds. */
const praise = 1800;

export interface Autosave {
  form: UseFormReturn<Inputs>;
  states: Readonly<Record<string, FieldState>>;
  /** Fields whose value waits for the data process to come back. */
  waiting: ReadonlySet<string>;
  /** Fields that came with a draft from an earlier visit. */
  kept: readonly string[];
  change: (field: Field, raw: Raw) => void;
  commit: (field: Field, raw: Raw) => void;
  /** Puts the stored value back. True when something else stood there. */
  cancel: (field: Field) => boolean;
}

/** What is stored, as the controls show it. */
function storedInputs(record: EntityRecord): Inputs {
  return inputsOf(record.type, record.payload);
}

/** A form that saves each field by itself, keeps what cannot be saved, and follows the record when others change it. */
export function useAutosave(record: EntityRecord): Autosave {
  const { id, type, payload } = record;
  const draft = draftOf.record(id);
  const [kept] = useState(() => Object.keys(draftAt(draft)));
  // What is saved, here or by a call that was made again, has no draft any more.
  const drafted = useDraft(draft);
  const stored = useMemo(() => inputsOf(type, payload), [type, payload]);
  const resolver = useMemo(() => resolverFor(type, payload), [type, payload]);
  const form = useForm<Inputs>({ defaultValues: stored, resolver });
  const [states, setStates] = useState<Readonly<Record<string, FieldState>>>({});
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(record);
  // What was stored in a field when one began to type in it.
  const bases = useRef(new Map<string, Raw>());
  useEffect(() => {
    latest.current = record;
  }, [record]);
  // Reading it subscribes the form to which fields differ from what is stored.
  const { dirtyFields } = form.formState;

  useEffect(() => {
    for (const [key, raw] of Object.entries(draftAt(draft))) {
      if (fieldOf(type, key)) form.setValue(key, raw as Raw, { shouldDirty: true });
    }
  }, [draft, form, type]);

  useEffect(() => {
    form.reset(stored, { keepDirtyValues: true, keepErrors: true });
    // What came with the record is judged at once; what is being typed only when one leaves its field.
    const left = draftAt(draft);
    const fields = kept.filter((key) => key in left && fieldOf(type, key));
    if (fields.length > 0) void form.trigger(fields);
  }, [stored, form, draft, kept, type]);

  const mark = useCallback(
    (key: string, state: FieldState) => setStates((now) => ({ ...now, [key]: state })),
    [],
  );

  const change = useCallback(
    (field: Field, raw: Raw) => {
      form.setValue(field.key, raw, { shouldDirty: true });
      form.clearErrors(field.key);
      const now = storedInputs(latest.current)[field.key] ?? null;
      if (!bases.current.has(field.key)) bases.current.set(field.key, now);
      if (raw === now) dropDraft(draft, field.key);
      else keepDraft(draft, field.key, raw);
    },
    [draft, form],
  );

  const settle = useCallback(
    (field: Field, raw: Raw, saved: Saved) => {
      const { key } = field;
      mark(key, saved.state === 'saved' ? 'saved' : 'idle');
      if (saved.state === 'saved') setTimeout(() => mark(key, 'idle'), praise);
      if (saved.state === 'saved' || saved.state === 'unchanged') form.resetField(key, { defaultValue: raw });
      if (saved.state === 'invalid') form.setError(key, { type: 'core', message: saved.message });
      if (saved.state === 'later') setWaiting((now) => new Set([...now, key]));
      if (saved.state === 'failed') {
        report(saved.error);
        form.setError(key, { type: 'core', message: describeError(saved.error).title });
      }
    },
    [form, mark],
  );

  const commit = useCallback(
    (field: Field, raw: Raw) => {
      const now = storedInputs(latest.current)[field.key] ?? null;
      const base = bases.current.get(field.key) ?? now;
      if (raw === now) {
        bases.current.delete(field.key);
        dropDraft(draft, field.key);
        form.clearErrors(field.key);
        return;
      }
      void (async () => {
        if (!(await form.trigger(field.key))) {
          keepDraft(draft, field.key, raw);
          return;
        }
        mark(field.key, 'saving');
        const before = latest.current;
        const saved = await saveField(before, field, raw);
        settle(field, raw, saved);
        if (saved.state !== 'saved') return;
        bases.current.delete(field.key);
        if (base !== now) await tellOverwritten(before, field, saved.opId);
      })();
    },
    [draft, form, mark, settle],
  );

  const cancel = useCallback(
    (field: Field) => {
      const before = storedInputs(latest.current)[field.key] ?? null;
      if (form.getValues(field.key) === before) return false;
      form.resetField(field.key, { defaultValue: before });
      bases.current.delete(field.key);
      dropDraft(draft, field.key);
      return true;
    },
    [draft, form],
  );

  void dirtyFields;
  return {
    form,
    states,
    waiting: new Set([...waiting].filter((key) => key in drafted)),
    kept: kept.filter((key) => key in drafted),
    change,
    commit,
    cancel,
  };
}
