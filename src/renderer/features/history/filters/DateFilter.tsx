import { Button, Popover, TextInput } from '@mantine/core';
import { IconChevronDown, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../../../i18n/setup.ts';
import { daysBefore, momentOf } from '../query.ts';

interface Range {
  /** First and last day as YYYY-MM-DD, or ''. */
  from: string;
  until: string;
}

const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

function dayText(day: string): string {
  const moment = momentOf(day, 'start');
  return moment === undefined ? day : dates.format(Date.parse(moment));
}

/** "since 3 Nov 2026", "1 Nov 2026 – 3 Nov 2026"; a single day by itself. */
export function rangeText({ from, until }: Range): string {
  if (from === until) return dayText(from);
  if (until === '') return say('history:when.since', { from: dayText(from) });
  if (from === '') return say('history:when.before', { until: dayText(until) });
  return say('history:when.between', { from: dayText(from), until: dayText(until) });
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
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus width={240}>
      <span className={`history-filter${set ? ' history-filter-set' : ''}`}>
        <Popover.Target>
          <button type="button" className="history-filter-button" onClick={() => setOpened(!opened)}>
            <span className="cut">
              {set ? t('filter.set', { label, value: rangeText({ from, until }) }) : label}
            </span>
            {!set && <IconChevronDown size={13} stroke={1.8} />}
          </button>
        </Popover.Target>
        {set && (
          <button
            type="button"
            className="history-filter-clear"
            aria-label={t('filter.remove', { label })}
            onClick={() => onPick({ from: '', until: '' })}
          >
            <IconX size={13} stroke={1.8} />
          </button>
        )}
      </span>
      <Popover.Dropdown className="history-dates">
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
