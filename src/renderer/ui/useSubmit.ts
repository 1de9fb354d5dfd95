import { useState } from 'react';
import type { FormEvent } from 'react';
import { failureText } from '../text/refusal.ts';

interface Submit {
  saving: boolean;
  failure: string | null;
  onSubmit: (event: FormEvent) => void;
  onEdit: () => void;
}

/** Saves a small form, one call at a time. A failed save keeps the input and shows the reason; `explain` can give a more specific one. */
export function useSubmit(save: () => Promise<void>, explain?: (error: unknown) => string | null): Submit {
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const submit = async (): Promise<void> => {
    if (saving) return;
    setSaving(true);
    setFailure(null);
    try {
      await save();
    } catch (error) {
      setFailure(explain?.(error) ?? failureText(error));
    } finally {
      setSaving(false);
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  return { saving, failure, onSubmit, onEdit: () => setFailure(null) };
}
