import { useState } from 'react';
import { isDay } from '#shared/domain/days.ts';
import { formatDay } from '../text/formats.ts';

interface DayText {
  text: string;
  /** Typed by the person, who has not left the field yet. */
  isTyped: boolean;
  type: (text: string, value: string) => void;
  leave: () => void;
}

/** The text of a field with a day (ISO 8601) or an invalid value: in the seat's format, and as typed while typing. */
export function useDayText(value: string): DayText {
  const [typedInput, setTypedInput] = useState<{ text: string; value: string } | null>(null);
  // A value that was set from outside is shown instead of the typed text.
  const isTyped = typedInput !== null && value === typedInput.value;
  return {
    text: isTyped ? typedInput.text : isDay(value) ? formatDay(value) : value,
    isTyped,
    type: (text, newValue) => setTypedInput({ text, value: newValue }),
    leave: () => setTypedInput(null),
  };
}
