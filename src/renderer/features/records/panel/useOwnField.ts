import { useCallback, useRef, useState } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { draftOf, dropDraft, keepDraft, useDraft } from '../../../stores/drafts.ts';
import { describeError } from '../../../text/faults.ts';
import { report } from '../../../ui/notices.tsx';
import { tellOverwritten } from '../data/overwritten.ts';
import { saveField } from '../data/save.ts';
import type { FieldState } from '../form/FieldRow.tsx';
import { toRaw } from '../form/inputs.ts';
import type { Raw } from '../form/inputs.ts';

/** How long "saved" stands beside the field, in milliseconds. */
const praise = 1800;

interface Edited {
  raw: Raw;
  state: FieldState;
  problem: string | undefined;
  /** It holds what was typed on an earlier visit and never saved. */
  unsaved: boolean;
  /** It holds what waits for the data process to come back. */
  waiting: boolean;
  change: (raw: Raw) => void;
  commit: (raw: Raw) => void;
  /** Puts the stored value back. True when something else stood there. */
  cancel: () => boolean;
}

/** One own field that saves itself when one leaves it; what is typed and not saved is a draft of the record. */
export function useOwnField(record: EntityRecord, field: Field): Edited {
  const { key } = field;
  const draft = draftOf.record(record.id);
  const typed = useDraft(draft)[key] as Raw | undefined;
  const stored = toRaw(field, record.payload[key]);
  const [early, setEarly] = useState(typed !== undefined);
  const [state, setState] = useState<FieldState>('idle');
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<string>();
  // What was stored when one began to type.
  const base = useRef<Raw | undefined>(undefined);
  // What is on its way; the record shows it already, but it may still be refused.
  const sent = useRef<Raw | undefined>(undefined);

  const change = useCallback(
    (raw: Raw) => {
      // Without a draft nothing is being typed: what waited has been saved since.
      if (typed === undefined) base.current = stored;
      else base.current ??= stored;
      setProblem(undefined);
      setEarly(false);
      if (raw === stored && sent.current === undefined) dropDraft(draft, key);
      else keepDraft(draft, key, raw);
    },
    [draft, key, stored, typed],
  );

  const save = async (raw: Raw): Promise<void> => {
    const before = base.current;
    base.current = undefined;
    sent.current = raw;
    setState('saving');
    const saved = await saveField(record, field, raw);
    const isLast = sent.current === raw;
    if (isLast) {
      sent.current = undefined;
      setState(saved.state === 'saved' ? 'saved' : 'idle');
    }
    setWaiting(saved.state === 'later');
    if (saved.state === 'invalid') setProblem(saved.message);
    if (saved.state === 'failed') {
      report(saved.error);
      setProblem(describeError(saved.error).title);
    }
    if (saved.state !== 'saved') {
      base.current = before;
      return;
    }
    setEarly(false);
    if (isLast) setTimeout(() => setState((now) => (now === 'saved' ? 'idle' : now)), praise);
    if (before !== undefined && before !== stored) await tellOverwritten(record, field, saved.opId);
  };

  const cancel = (): boolean => {
    if (typed === undefined) return false;
    base.current = undefined;
    setProblem(undefined);
    dropDraft(draft, key);
    return true;
  };

  return {
    raw: typed === undefined ? stored : typed,
    state,
    problem,
    unsaved: early && typed !== undefined,
    waiting: waiting && typed !== undefined,
    change,
    commit: (raw) => {
      if (raw === sent.current) return;
      if (raw === stored && sent.current === undefined) cancel();
      else void save(raw);
    },
    cancel,
  };
}
