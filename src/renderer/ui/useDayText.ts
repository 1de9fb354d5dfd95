import { useState } from 'react';
import { isDay } from '#shared/domain/days.ts';
import { dayShown } from '../text/formats.ts';

interface DayText {
  text: string;
  /** The text was typed just now, and nobody has left the field since. */
  isTyped: boolean;
  type: (text: string, held: string) => void;
  leave: () => void;
}

/** The text of a field that holds a day (ISO 8601), or what could be none: a day as this seat writes days, while one types what was typed. */
export function useDayText(held: string): DayText {
  const [typed, setTyped] = useState<{ text: string; held: string } | null>(null);
  // Any other change comes from elsewhere, and is shown.
  const isTyped = typed !== null && held === typed.held;
  return {
    text: isTyped ? typed.text : isDay(held) ? dayShown(held) : held,
    isTyped,
    type: (text, next) => setTyped({ text, held: next }),
    leave: () => setTyped(null),
  };
}
