import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDay } from '#shared/domain/days.ts';
import { say } from '../../../i18n/setup.ts';
import { dayText } from '../../../text/formats.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { closing } from '../../../ui/escape.ts';
import { Floating } from '../../../ui/Floating.tsx';
import { daysBefore, momentOf } from '../query.ts';
import { FilterPill, PillWords } from './FilterPill.tsx';

interface Range {
  /** First and last day as YYYY-MM-DD, or ''. */
  from: string;
  until: string;
}

function nameOf(day: string): string {
  const moment = momentOf(day, 'start');
  return moment === undefined ? day : dayText(Date.parse(moment));
}

/** "since 3 Nov 2026", "1 Nov 2026 – 3 Nov 2026"; a single day by itself. */
export function rangeText({ from, until }: Range): string {
  if (from === until) return nameOf(from);
  if (until === '') return say('history:when.since', { from: nameOf(from) });
  if (from === '') return say('history:when.before', { until: nameOf(until) });
  return say('history:when.between', { from: nameOf(from), until: nameOf(until) });
}

/** The first or the last day; what is no day yet changes nothing. */
function End(props: { edge: keyof Range; value: string; onPick: (day: string) => void }) {
  const { edge, value, onPick } = props;
  const { t } = useTranslation('history');
  const [unread, setUnread] = useState<string | null>(null);
  const change = (text: string): void => {
    const isRead = text === '' || isDay(text);
    setUnread(isRead ? null : text);
    if (isRead) onPick(text);
  };
  return (
    <DayInput label={t(`when.${edge}`)} labelled edge={edge} value={unread ?? value} onChange={change} />
  );
}

/** A filter by days: a few usual ones, or first and last. */
export function DateFilter({ from, until, onPick }: Range & { onPick: (range: Range) => void }) {
  const { t } = useTranslation('history');
  const [opened, setOpened] = useState(false);
  const label = t('filter.when');
  const set = from !== '' || until !== '';
  const usual = (days: number): void => {
    onPick({ from: daysBefore(new Date(), days), until: '' });
    setOpened(false);
  };
  return (
    <Floating opened={opened} onChange={setOpened} position="bottom-start" width={240}>
      <FilterPill label={label} set={set} onClear={() => onPick({ from: '', until: '' })}>
        <Popover.Target>
          <button
            type="button"
            className="history-filter-button"
            onClick={() => setOpened(!opened)}
            onKeyDown={closing(() => setOpened(false), opened)}
          >
            <PillWords label={label} shown={set ? rangeText({ from, until }) : ''} />
          </button>
        </Popover.Target>
      </FilterPill>
      <Popover.Dropdown className="history-dates" onKeyDown={closing(() => setOpened(false))}>
        <div className="history-usual">
          <Button variant="default" size="xs" onClick={() => usual(0)}>
            {t('when.today')}
          </Button>
          <Button variant="default" size="xs" onClick={() => usual(6)}>
            {t('when.week')}
          </Button>
          <Button variant="default" size="xs" onClick={() => usual(29)}>
            {t('when.month')}
          </Button>
        </div>
        <End edge="from" value={from} onPick={(day) => onPick({ from: day, until })} />
        <End edge="until" value={until} onPick={(day) => onPick({ from, until: day })} />
      </Popover.Dropdown>
    </Floating>
  );
}
