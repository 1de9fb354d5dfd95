import { useRef, useState } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { editedAs } from '../custom-fields.ts';
import { draftOf, useDraft, dropDraft, keepDraft } from '../../../stores/drafts.ts';
import type { Raw } from '../form/values.ts';
import { toRaw, checkField } from '../form/values.ts';
import type { FieldState } from '../form/FieldRow.tsx';
import { saveField } from './save.ts';
import { reportError } from '../../../ui/notices.tsx';
import { describeError } from '../../../text/faults.ts';

/** Milliseconds that "saved" is shown. */
const savedFor = 1800;

/**
 * A field of a stored record that saves on blur. Until then the input is a draft, which survives a crash and is shown again on the next
 * visit.
 */
export function useFieldEdit(record: EntityRecord, declared: Field) {
  const { key } = declared;
  // The control must not change while the person types.
  const [begun, setBegun] = useState<Field | null>(null);
  const field = begun ?? editedAs(declared, record.payload[key]);
  const draft = draftOf.record(record.id);
  const typed = useDraft(draft)[key] as Raw | undefined;
  const stored = toRaw(field, record.payload[key]);
  const [state, setState] = useState<FieldState>('idle');
  const [isWaiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState(() => {
    const checked = typed === undefined ? null : checkField(record.type, field, typed);
    return checked && !checked.ok ? checked.message : undefined;
  });
  const seen = useRef(record.payload[key]);
  // The record shows the value that is being saved, which may still be refused.
  const sent = useRef<Raw | undefined>(undefined);

  const change = (raw: Raw): void => {
    setBegun(field);
    if (typed === undefined && sent.current === undefined) seen.current = record.payload[key];
    setProblem(undefined);
    if (raw === stored && sent.current === undefined) dropDraft(draft, key);
    else keepDraft(draft, key, raw);
  };

  const save = async (raw: Raw): Promise<void> => {
    const before = seen.current;
    const checked = checkField(record.type, field, raw);
    // The next edit starts from the value being saved.
    if (checked.ok) seen.current = checked.value;
    sent.current = raw;
    setState('saving');
    const saved = await saveField({ record, field, raw, seen: before });
    const isLast = sent.current === raw;
    if (isLast) {
      sent.current = undefined;
      setState(saved.state === 'saved' ? 'saved' : 'idle');
      if (saved.state === 'saved') setTimeout(() => setState('idle'), savedFor);
    }
    setWaiting(saved.state === 'later');
    if (saved.state === 'saved' || saved.state === 'unchanged') return;
    if (isLast) seen.current = before;
    if (saved.state === 'invalid') setProblem(saved.message);
    if (saved.state !== 'failed') return;
    reportError(saved.error);
    setProblem(describeError(saved.error).title);
  };

  const cancel = (): boolean => {
    if (typed === undefined) return false;
    setProblem(undefined);
    if (sent.current === undefined) dropDraft(draft, key);
    else keepDraft(draft, key, sent.current);
    return true;
  };

  return {
    field,
    raw: typed === undefined ? stored : typed,
    isTyped: typed !== undefined && typed !== stored,
    state,
    problem,
    isWaiting: isWaiting && typed !== undefined,
    change,
    commit: (raw: Raw): void => {
      if (raw === sent.current) return;
      if (raw === stored && sent.current === undefined) cancel();
      else void save(raw);
    },
    /** Restores the stored value. Returns whether the input differed. */
    cancel,
  };
}
