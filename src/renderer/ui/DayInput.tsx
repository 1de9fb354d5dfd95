import { TextInput } from '@mantine/core';
import { isDay } from '#shared/domain/days.ts';
import { useTexts } from '../i18n/setup.ts';
import { dayShown, formats } from '../text/formats.ts';
import { typedSpan } from '../text/typed-day.ts';
import { useDayText } from './useDayText.ts';

interface Props {
  label: string;
  /** Whether the label stands above the field; it is said in any case. */
  labelled?: boolean;
  /** A day in ISO 8601, a text that is none, or ''. */
  value: string;
  edge: 'from' | 'until';
  first?: boolean;
  /** Gets the day in ISO 8601, what was typed where that is none, or ''. */
  onChange: (value: string) => void;
}

/** A day to be typed as this seat writes days, or a year or month; under it how it was read. */
export function DayInput({ label, labelled = false, value, edge, first = false, onChange }: Props) {
  const { t } = useTexts('common');
  const dates = formats((state) => state.dates);
  const { text, isTyped, type, leave } = useDayText(value);
  const day = typedSpan(text)?.[edge] ?? null;
  const isRead = day !== null && text.trim() !== dayShown(day);
  const unread = text.trim() !== '' && day === null;
  return (
    <TextInput
      // What it is opened with is typed over.
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
