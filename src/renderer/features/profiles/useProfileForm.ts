import { useState } from 'react';
import { useSubmit } from '../../ui/useSubmit.ts';
import type { Missing } from './ProfileFields.tsx';

/** Saves the fields of a profile once they are complete; until then it is said what is missing, and nothing is saved. */
export function useProfileForm(name: string, save: () => Promise<void>) {
  const [asked, setAsked] = useState(false);
  const [settled, setSettled] = useState(true);
  const nameless = name.trim() === '';
  const submit = useSubmit(async () => {
    setAsked(true);
    if (!nameless && settled) await save();
  });
  const missing: Missing = { name: asked && nameless, university: asked && !settled };
  return { ...submit, missing, onSettled: setSettled };
}
