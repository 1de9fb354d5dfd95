import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { UseFormReturn } from 'react-hook-form';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { draftAt, draftOf, dropDraft, keepDraft, useDraft } from '../../../stores/drafts.ts';
import { describeError } from '../../../text/faults.ts';
import { report } from '../../../ui/notices.tsx';
import { withField } from '../data/cache.ts';
import { tellOverwritten } from '../data/overwritten.ts';
import { saveField } from '../data/save.ts';
import type { Saved } from '../data/save.ts';
import { checkField, inputsOf, resolverFor } from '../form/check.ts';
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

/** What is stored in a field, as its control shows it. */
function storedIn(record: EntityRecord, { key }: Field): Raw {
  return inputsOf(record.type, record.payload)[key] ?? null;
}

/** A field on its way to the file: what was typed, the record as it will be, and what was stored when one began to type. */
interface Sent {
  raw: Raw;
  record: EntityRecord;
  base: Raw;
}

/** Whether what was typed stands for what the record holds, be it in another notation. */
function isStored(record: EntityRecord, field: Field, raw: Raw): boolean {
  if (raw === storedIn(record, field)) return true;
  const checked = checkField(record.type, field, raw);
  return checked.ok && jsonEqual(checked.value, record.payload[field.key]);
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
  // The draft of a field goes when its value is in the file, not when it is shown as if it were.
  const sent = useRef(new Map<string, Sent>());
  // What waited for the data process, and is our own when it stands there in the end.
  const awaited = useRef(new Map<string, Raw>());
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
      const saving = sent.current.get(field.key);
      const now = storedIn(saving?.record ?? latest.current, field);
      // Without a draft nothing is being typed: what waited has been saved since.
      const typing = bases.current.has(field.key) && field.key in draftAt(draft);
      if (!typing) bases.current.set(field.key, now);
      if (raw === now && !saving) dropDraft(draft, field.key);
      else keepDraft(draft, field.key, raw);
    },
    [draft, form],
  );

  const settle = useCallback(
    (field: Field, raw: Raw, saved: Saved) => {
      const { key } = field;
      mark(key, saved.state === 'saved' ? 'saved' : 'idle');
      if (saved.state === 'saved') setTimeout(() => mark(key, 'idle'), praise);
      if (saved.state === 'saved' || saved.state === 'unchanged') {
        const typed = form.getValues(key);
        form.resetField(key, { defaultValue: raw });
        // What was typed on while it was being saved stays, to be saved next.
        if (typed !== undefined && typed !== raw) form.setValue(key, typed, { shouldDirty: true });
      }
      if (saved.state === 'invalid') form.setError(key, { type: 'core', message: saved.message });
      if (saved.state === 'later') setWaiting((now) => new Set([...now, key]));
      if (saved.state === 'failed') {
        report(saved.error);
        form.setError(key, { type: 'core', message: describeError(saved.error).title });
      }
    },
    [form, mark],
  );

  const send = useCallback(
    async (field: Field, raw: Raw, base: Raw) => {
      const { key } = field;
      const before = sent.current.get(key)?.record ?? latest.current;
      const checked = checkField(type, field, raw);
      const record = withField(before, key, checked.ok ? checked.value : undefined);
      const saving: Sent = { raw, record, base };
      sent.current.set(key, saving);
      bases.current.delete(key);
      mark(key, 'saving');
      const saved = await saveField(before, field, raw);
      if (sent.current.get(key) === saving) sent.current.delete(key);
      settle(field, raw, saved);
      if (saved.state === 'unchanged') return;
      if (saved.state !== 'saved') {
        // What was sent was never stored: who typed on began upon what was there before it.
        const next = sent.current.get(key);
        if (next) next.base = saving.base;
        else bases.current.set(key, saving.base);
        if (saved.state === 'later') awaited.current.set(key, raw);
        return;
      }
      const own = awaited.current.get(key);
      awaited.current.delete(key);
      const isOwn = own !== undefined && isStored(before, field, own);
      if (base !== storedIn(before, field) && !isOwn) await tellOverwritten(before, field, saved.opId);
    },
    [mark, settle, type],
  );

  const commit = useCallback(
    (field: Field, raw: Raw) => {
      const saving = sent.current.get(field.key);
      const now = saving?.record ?? latest.current;
      const base = bases.current.get(field.key) ?? storedIn(now, field);
      if (saving ? isStored(now, field, raw) : raw === storedIn(now, field)) {
        bases.current.delete(field.key);
        form.clearErrors(field.key);
        if (saving) keepDraft(draft, field.key, saving.raw);
        else dropDraft(draft, field.key);
        return;
      }
      void (async () => {
        if (await form.trigger(field.key)) await send(field, raw, base);
        else keepDraft(draft, field.key, raw);
      })();
    },
    [draft, form, send],
  );

  const cancel = useCallback(
    (field: Field) => {
      const saving = sent.current.get(field.key);
      const before = storedIn(saving?.record ?? latest.current, field);
      if (form.getValues(field.key) === before) return false;
      form.resetField(field.key, { defaultValue: before });
      bases.current.delete(field.key);
      if (saving) keepDraft(draft, field.key, saving.raw);
      else dropDraft(draft, field.key);
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
