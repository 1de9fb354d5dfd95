import { useRef, useState } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { fieldForValue } from '../custom-fields.ts';
import { draftKeyOf, useDraft, dropDraft, setDraftField } from '../../../stores/drafts.ts';
import type { Raw } from '../form/values.ts';
import { toRaw, checkField } from '../form/values.ts';
import type { FieldState } from '../form/FieldRow.tsx';
import { saveField, savingWork } from './save.ts';
import { reportError } from '../../../ui/notices.tsx';
import { describeError } from '../../../text/faults.ts';

const savedMs = 1800;

/** A field of a stored record that saves on blur. Until then the input is a draft, which survives a crash. */
export function useFieldEdit(record: EntityRecord, declaredField: Field) {
  const { key } = declaredField;
  // The control must not change while the person types.
  const [editedField, setEditedField] = useState<Field | null>(null);
  const field = editedField ?? fieldForValue(declaredField, record.payload[key]);
  const draft = draftKeyOf.record(record.id);
  const draftRaw = useDraft(draft)[key] as Raw | undefined;
  const storedRaw = toRaw(field, record.payload[key]);
  const [state, setState] = useState<FieldState>('idle');
  const [isQueued, setQueued] = useState(false);
  const [problem, setProblem] = useState(() => {
    const check = draftRaw === undefined ? null : checkField(record.type, field, draftRaw);
    return check && !check.ok ? check.message : undefined;
  });
  const seenValue = useRef(record.payload[key]);
  // The input that is being saved. The record shows it already, but core can still refuse it.
  const sentRaw = useRef<Raw | undefined>(undefined);

  const change = (raw: Raw): void => {
    setEditedField(field);
    if (draftRaw === undefined && sentRaw.current === undefined) seenValue.current = record.payload[key];
    setProblem(undefined);
    if (raw === storedRaw && sentRaw.current === undefined) dropDraft(draft, key);
    else setDraftField(draft, key, raw);
  };

  const save = async (raw: Raw): Promise<void> => {
    const expectedValue = seenValue.current;
    const check = checkField(record.type, field, raw);
    // The next edit starts from the value being saved.
    if (check.ok) seenValue.current = check.value;
    sentRaw.current = raw;
    setState('saving');
    const result = await saveField({ record, field, raw, seenValue: expectedValue });
    const isLatest = sentRaw.current === raw;
    if (isLatest) {
      sentRaw.current = undefined;
      setState(result.state === 'saved' ? 'saved' : 'idle');
      if (result.state === 'saved') setTimeout(() => setState('idle'), savedMs);
    }
    setQueued(result.state === 'queued');
    if (result.state === 'saved' || result.state === 'unchanged') return;
    if (isLatest) seenValue.current = expectedValue;
    if (result.state === 'invalid') setProblem(result.message);
    if (result.state !== 'failed') return;
    reportError(result.error, undefined, savingWork(record, field));
    setProblem(describeError(result.error).title);
  };

  const cancel = (): boolean => {
    if (draftRaw === undefined) return false;
    setProblem(undefined);
    if (sentRaw.current === undefined) dropDraft(draft, key);
    else setDraftField(draft, key, sentRaw.current);
    return true;
  };

  return {
    field,
    raw: draftRaw === undefined ? storedRaw : draftRaw,
    isChanged: draftRaw !== undefined && draftRaw !== storedRaw,
    state,
    problem,
    isQueued: isQueued && draftRaw !== undefined,
    change,
    commit: (raw: Raw): void => {
      if (raw === sentRaw.current) return;
      if (raw === storedRaw && sentRaw.current === undefined) cancel();
      else void save(raw);
    },
    /** Restores the stored value, or the one being saved. Returns whether there was a draft. */
    cancel,
  };
}
