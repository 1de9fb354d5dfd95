import { Button, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { isDay } from '#shared/domain/days.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { faultData } from '../../text/faults.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { FloatingPanel } from '../../ui/FloatingPanel.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { useRange } from './useMoments.ts';
import { moveTo } from './useTravel.ts';
import { FormFailure } from '../../ui/FormButtons.tsx';

/**
 * The end of the named minute or second on a local day, in UTC (ISO 8601); without a clock time, the end of the day. Null if invalid.
 * Accepts clock times such as `14:03`, `14.03`, `9`, `14:03:22` and `2:03 pm`.
 */
export function parseTime(day: string, clock: string): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const clockTime = clock.trim() === '' ? { hour: 23, minute: 59, second: 59 } : parseClock(clock);
  if (!clockTime) return null;
  const time = new Date(year, month - 1, date, clockTime.hour, clockTime.minute, clockTime.second, 999);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function parseClock(text: string): { hour: number; minute: number; second: number } | null {
  const match = /^(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2}))?)?\s*(am|pm)?(?:\s*Uhr)?$/i.exec(text.trim());
  if (!match) return null;
  const [, hours = '', minutes = '0', seconds = '59', meridiem] = match;
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  if (meridiem !== undefined && (hour < 1 || hour > 12)) return null;
  const hour24 = meridiem === undefined ? hour : (hour % 12) + (meridiem.toLowerCase() === 'pm' ? 12 : 0);
  return hour24 < 24 && minute < 60 && second < 60 ? { hour: hour24, minute, second } : null;
}

/** The local day (ISO 8601) and time of day (`14:03:22`). */
export function dayAndTime(iso: string): { day: string; clock: string } {
  const time = new Date(iso);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return {
    day: `${String(time.getFullYear()).padStart(4, '0')}-${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())}`,
    clock: [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':'),
  };
}

/** The error text for a time before the first change; null for other errors. */
function tooEarlyText(error: unknown, firstMoment: Moment | undefined): string | null {
  if (faultData(error, 'NOT_FOUND')?.type !== 'moment' || !firstMoment) return null;
  return say('past:time.early', { when: dateTimeToSecond(firstMoment.created_at) });
}

function TimeForm({ moment, onDone }: { moment: Moment; onDone: () => void }) {
  const { t } = useTexts('past');
  const [input, setInput] = useState(() => dayAndTime(moment.created_at));
  const time = isDay(input.day) ? parseTime(input.day, input.clock) : null;
  const firstMoment = useRange().data?.first;
  const { saving, failure, onSubmit, onEdit } = useSubmit(
    async () => {
      if (time === null) return;
      await moveTo(time);
      onDone();
    },
    (error) => tooEarlyText(error, firstMoment),
  );
  const changeInput = (next: typeof input): void => {
    onEdit();
    setInput(next);
  };
  return (
    <form className="stack gap-12 pad-8 past-time" onSubmit={onSubmit}>
      <DayInput
        takesFocus
        showsLabel
        edge="until"
        label={t('time.day')}
        value={input.day}
        onChange={(day) => changeInput({ ...input, day })}
      />
      <TextInput
        label={t('time.time')}
        description={t('time.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={input.clock}
        error={isDay(input.day) && time === null ? t('time.none') : null}
        onChange={(event) => changeInput({ ...input, clock: event.currentTarget.value })}
      />
      <FormFailure text={failure} />
      <Button variant="filled" type="submit" loading={saving} disabled={time === null}>
        {t('common:goThere')}
      </Button>
    </form>
  );
}

/** A button that goes to the state at a date and time. */
export function GoToTime({ moment }: { moment: Moment | null }) {
  const { t } = useTexts('past');
  const [opened, setOpened] = useState(false);
  return (
    <FloatingPanel
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={240}
      renderButton={(button) => (
        <Button
          {...button}
          size="xs"
          disabled={!moment}
          leftSection={<IconCalendar size={14} stroke={1.6} />}
        >
          {t('time.button')}
        </Button>
      )}
    >
      {opened && moment && <TimeForm moment={moment} onDone={() => setOpened(false)} />}
    </FloatingPanel>
  );
}
