import { TextInput } from '@mantine/core';
import { isDay } from '#shared/domain/days.ts';
import { useTexts } from '../i18n/setup.ts';
import { formatDay, useFormats } from '../text/formats.ts';
import { parseTypedSpan } from '../text/typed-day.ts';
import { useDayText } from './useDayText.ts';

interface Props {
  label: string;
  showsLabel?: boolean;
  /** A day in ISO 8601, an invalid text, or ''. */
  value: string;
  edge: 'from' | 'until';
  takesFocus?: boolean;
  /** Receives the day in ISO 8601, an invalid text as typed, or ''. */
  onChange: (value: string) => void;
}

/** An input for a day in the seat's format, a year or a month, with its interpretation below. */
export function DayInput({ label, showsLabel = false, value, edge, takesFocus = false, onChange }: Props) {
  const { t } = useTexts('common');
  const dates = useFormats((state) => state.dates);
  const { text, isTyped, type, leave } = useDayText(value);
  const day = parseTypedSpan(text)?.[edge] ?? null;
  const isInterpreted = day !== null && text.trim() !== formatDay(day);
  const isUnreadable = text.trim() !== '' && day === null;
  return (
    <TextInput
      // Typing replaces the initial value.
      {...(takesFocus ? { 'data-autofocus': true, onFocus: (event) => event.currentTarget.select() } : {})}
      {...(showsLabel ? { label } : { 'aria-label': label })}
      className="day-input"
      placeholder={t(`day.form.${dates}`)}
      value={text}
      error={isUnreadable && !isTyped ? t('day.none', { example: formatDay('2026-07-01') }) : null}
      description={
        isTyped && isInterpreted
          ? t('day.read', { day: formatDay(day) })
          : isTyped && isUnreadable
            ? t('day.none', { example: formatDay('2026-07-01') })
            : null
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={({ currentTarget }) => {
        const newText = currentTarget.value;
        const dayOrText = parseTypedSpan(newText)?.[edge] ?? newText.trim();
        type(newText, dayOrText);
        onChange(dayOrText);
      }}
      onBlur={() => {
        if (value.trim() === '' || isDay(value)) leave();
      }}
    />
  );
}
