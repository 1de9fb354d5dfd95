import { useState } from 'react';
import { isDay } from '#shared/domain/days.ts';
import { dayShown } from '../text/formats.ts';

interface DayText {
  text: string;
  /** Typed by the person, who has not left the field yet. */
  isTyped: boolean;
  type: (text: string, held: string) => void;
  leave: () => void;
}

/** The text of a field with a day (ISO 8601) or an invalid value: in the seat's format, and as typed while typing. */
export function useDayText(held: string): DayText {
  const [typed, setTyped] = useState<{ text: string; held: string } | null>(null);
  // Other changes come from elsewhere and are shown.
  const isTyped = typed !== null && held === typed.held;
  return {
    text: isTyped ? typed.text : isDay(held) ? dayShown(held) : held,
    isTyped,
    type: (text, next) => setTyped({ text, held: next }),
    leave: () => setTyped(null),
  };
}
