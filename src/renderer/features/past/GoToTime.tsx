import { Button, Popover, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { isDay } from '#shared/domain/days.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { faultData } from '../../text/faults.ts';
import { momentToSecond } from '../../text/formats.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { closing } from '../../ui/escape.ts';
import { Floating } from '../../ui/Floating.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { dayAndTime, timeOf } from './time.ts';
import { useRange } from './useMoments.ts';
import { moveTo } from './useTravel.ts';

/** Why no state exists at a time: it is before the first change. Null for other errors. */
function tooEarly(error: unknown, first: Moment | undefined): string | null {
  if (faultData(error, 'NOT_FOUND')?.type !== 'moment' || !first) return null;
  return say('past:time.early', { when: momentToSecond(first.created_at) });
}

function TimeForm({ moment, onDone }: { moment: Moment; onDone: () => void }) {
  const { t } = useTexts('past');
  const [at, setAt] = useState(() => dayAndTime(moment.created_at));
  const time = isDay(at.day) ? timeOf(at.day, at.clock) : null;
  const first = useRange().data?.first;
  const { saving, failure, onSubmit, onEdit } = useSubmit(
    async () => {
      if (time === null) return;
      await moveTo(time);
      onDone();
    },
    (error) => tooEarly(error, first),
  );
  const set = (next: typeof at): void => {
    onEdit();
    setAt(next);
  };
  return (
    <form className="stack gap-12 pad-8 past-time" onSubmit={onSubmit}>
      <DayInput
        first
        labelled
        edge="until"
        label={t('time.day')}
        value={at.day}
        onChange={(day) => set({ ...at, day })}
      />
      <TextInput
        label={t('time.time')}
        description={t('time.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={at.clock}
        error={isDay(at.day) && time === null ? t('time.none') : null}
        onChange={(event) => set({ ...at, clock: event.currentTarget.value })}
      />
      {failure !== null && (
        <p role="alert" className="small bad">
          {failure}
        </p>
      )}
      <Button type="submit" loading={saving} disabled={time === null}>
        {t('common:goThere')}
      </Button>
    </form>
  );
}

/** Goes to a date and time, after the last change up to then. */
export function GoToTime({ moment }: { moment: Moment | null }) {
  const { t } = useTexts('past');
  const [opened, setOpened] = useState(false);
  return (
    <Floating opened={opened} onChange={setOpened} position="bottom-end" width={240}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          disabled={!moment}
          leftSection={<IconCalendar size={14} stroke={1.6} />}
          onClick={() => setOpened(!opened)}
          onKeyDown={closing(() => setOpened(false), opened)}
        >
          {t('time.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown onKeyDown={closing(() => setOpened(false))}>
        {opened && moment && <TimeForm moment={moment} onDone={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Floating>
  );
}
