import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../i18n/setup.ts';
import { dayText } from '../../../text/formats.ts';
import { closing } from '../../../ui/escape.ts';
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
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      width={240}
      closeOnEscape={false}
    >
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
        <TextInput
          type="date"
          label={t('when.from')}
          value={from}
          max={until}
          onChange={(event) => onPick({ from: event.currentTarget.value, until })}
        />
        <TextInput
          type="date"
          label={t('when.until')}
          value={until}
          min={from}
          onChange={(event) => onPick({ from, until: event.currentTarget.value })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
