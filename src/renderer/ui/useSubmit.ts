import { useState } from 'react';
import type { FormEvent } from 'react';
import { describeError } from '../text/faults.ts';

interface Submit {
  /** It is being saved. */
  saving: boolean;
  /** Why it could not be saved, in one sentence or two. */
  failure: string | null;
  onSubmit: (event: FormEvent) => void;
}

/** Saves a small form, once at a time. What could not be saved stays in the form, with the reason. */
export function useSubmit(save: () => Promise<void>): Submit {
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const submit = async (): Promise<void> => {
    if (saving) return;
    setSaving(true);
    setFailure(null);
    try {
      await save();
    } catch (error) {
      const { title, detail } = describeError(error);
      setFailure(detail === null ? title : `${title}. ${detail}`);
    } finally {
      setSaving(false);
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  return { saving, failure, onSubmit };
}
