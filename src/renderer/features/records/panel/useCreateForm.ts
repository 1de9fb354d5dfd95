import { useCallback, useMemo, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useForm } from 'react-hook-form';
import type { UseFormReturn } from 'react-hook-form';
import { defaultsOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { here, showPanel } from '../../../stores/address.ts';
import { draftOf, dropDraft, keepDraft, useDraft } from '../../../stores/drafts.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { faultData } from '../../../text/faults.ts';
import { report } from '../../../ui/notices.tsx';
import { createRecord } from '../data/create.ts';
import { inputsOf, payloadOf, resolverFor } from '../form/check.ts';
import type { Inputs } from '../form/check.ts';
import type { Raw } from '../form/inputs.ts';
import { kindOfEnds } from '../form/kindOfEnds.ts';
import { issueRule } from '../form/messages.ts';
import { usualBond } from '../linking/newLink.ts';
import { idForDraft, typedIn } from './draft-id.ts';

interface CreateForm {
  form: UseFormReturn<Inputs>;
  fields: readonly Field[];
  /** Required fields that are empty. */
  missing: readonly string[];
  /** Nothing is filled in that was not there from the start. */
  untouched: boolean;
  /** The form came with what was typed earlier. */
  kept: boolean;
  busy: boolean;
  change: (field: Field, raw: Raw) => void;
  submit: (event: FormEvent) => Promise<void>;
  startOver: () => void;
}

function emptyInputs(type: EntityType, university: string | null): Inputs {
  const usual = { bond_type: usualBond, energy_loss: defaultEnergyLoss[usualBond] ?? null };
  const defaults: JsonObject = { ...defaultsOf[type], ...(type === 'interface' ? usual : {}) };
  const owned = university !== null && fieldsOf(type).some((field) => field.key === 'university_id');
  return inputsOf(type, owned ? { ...defaults, university_id: university } : defaults);
}

/** Whether every field is as the form began. */
const isAsAtStart = (fields: readonly Field[], inputs: Inputs, start: Inputs): boolean =>
  fields.every(({ key }) => (inputs[key] ?? '') === (start[key] ?? ''));

const typedBefore = (key: string): Inputs => typedIn(key) as Inputs;

/** The form of a new record: defaults, a draft that outlives the window, and an id that makes trying again safe. */
export function useCreateForm(type: EntityType, university: string | null): CreateForm {
  const key = draftOf.new(type);
  const tab = useTabId();
  const start = useMemo(() => emptyInputs(type, university), [type, university]);
  const [kept, setKept] = useState(() => Object.keys(typedBefore(key)).length > 0);
  const [busy, setBusy] = useState(false);
  // Notes of other programs are no part of making a record; they can be added to it afterwards.
  const fields = useMemo(() => fieldsOf(type).filter((field) => field.key !== 'meta'), [type]);
  const form = useForm<Inputs>({
    defaultValues: { ...start, ...typedBefore(key) },
    resolver: useMemo(() => resolverFor(type), [type]),
  });
  // Every change is a draft: reading it draws the form again when what is missing may have changed.
  useDraft(key);
  const inputs = form.getValues();
  const missing = fields
    .filter((field) => field.required && String(inputs[field.key] ?? '').trim() === '')
    .map((field) => field.key);
  const untouched = isAsAtStart(fields, inputs, start);
  const filled = useRef('');

  const change = useCallback(
    (field: Field, raw: Raw) => {
      form.setValue(field.key, raw, { shouldDirty: true });
      form.clearErrors(field.key);
      keepDraft(key, field.key, raw);
      if (type === 'interface' && (field.key === 'from' || field.key === 'to')) {
        void kindOfEnds(form.getValues('from'), form.getValues('to')).then((kind) => {
          const now = form.getValues('interface_type') ?? '';
          if (kind === now || (now !== '' && now !== filled.current)) return;
          filled.current = kind;
          form.setValue('interface_type', kind);
          keepDraft(key, 'interface_type', kind);
        });
      }
      const loss = field.key === 'bond_type' && typeof raw === 'string' ? defaultEnergyLoss[raw] : undefined;
      const given = Number(form.getValues('energy_loss'));
      if (loss !== undefined && (given === 0 || Object.values(defaultEnergyLoss).includes(given))) {
        form.setValue('energy_loss', String(loss));
        keepDraft(key, 'energy_loss', String(loss));
      }
      // Who takes out again what was typed has begun nothing.
      if (isAsAtStart(fields, form.getValues(), start)) dropDraft(key);
    },
    [form, key, type, fields, start],
  );

  const create = async (typed: Inputs): Promise<void> => {
    const id = idForDraft(key, type);
    setBusy(true);
    try {
      const record = await createRecord(type, id, payloadOf(fields, typed).payload);
      dropDraft(key);
      const { view } = here(tab);
      // Who has gone on meanwhile is left where they are.
      if (view.kind === 'list' && view.type === type && view.panel?.kind === 'new')
        showPanel({ kind: 'record', id: record.id, tab: 'details' }, tab);
    } catch (error) {
      const invalid = faultData(error, 'INVALID');
      for (const issue of invalid?.issues ?? []) {
        form.setError(issue.path.split('.')[0] ?? '', { type: 'core', message: issueRule(issue) });
      }
      report(error, say('panel:create.failed'));
    } finally {
      setBusy(false);
    }
  };

  return {
    form,
    fields,
    missing,
    untouched,
    kept,
    busy,
    change,
    submit: (event) => form.handleSubmit(create)(event as never),
    startOver: () => {
      dropDraft(key);
      setKept(false);
      form.reset(start);
    },
  };
}
