import { TextInput } from '@mantine/core';
import { isDay } from '#shared/domain/days.ts';
import { useTexts } from '../i18n/setup.ts';
import { dayShown, useFormats } from '../text/formats.ts';
import { typedSpan } from '../text/typed-day.ts';
import { useDayText } from './useDayText.ts';

interface Props {
  label: string;
  labelled?: boolean;
  /** A day in ISO 8601, an invalid text, or ''. */
  value: string;
  edge: 'from' | 'until';
  first?: boolean;
  /** Receives the day in ISO 8601, an invalid text as typed, or ''. */
  onChange: (value: string) => void;
}

/** An input for a day in the seat's format, a year or a month, with its interpretation below. */
export function DayInput({ label, labelled = false, value, edge, first = false, onChange }: Props) {
  const { t } = useTexts('common');
  const dates = useFormats((state) => state.dates);
  const { text, isTyped, type, leave } = useDayText(value);
  const day = typedSpan(text)?.[edge] ?? null;
  const isRead = day !== null && text.trim() !== dayShown(day);
  const unread = text.trim() !== '' && day === null;
  return (
    <TextInput
      // Typing replaces the initial value.
      {...(first ? { 'data-autofocus': true, onFocus: (event) => event.currentTarget.select() } : {})}
      {...(labelled ? { label } : { 'aria-label': label })}
      className="day-input"
      placeholder={t(`day.form.${dates}`)}
      value={text}
      error={unread && !isTyped ? t('day.none', { example: dayShown('2026-07-01') }) : null}
      description={
        isTyped && isRead
          ? t('day.read', { day: dayShown(day) })
          : isTyped && unread
            ? t('day.none', { example: dayShown('2026-07-01') })
            : null
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value;
        const held = typedSpan(next)?.[edge] ?? next.trim();
        type(next, held);
        onChange(held);
      }}
      onBlur={() => {
        if (value.trim() === '' || isDay(value)) leave();
      }}
    />
  );
}
