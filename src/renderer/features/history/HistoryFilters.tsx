import { Button, CloseButton, Popover, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { isDay } from '#shared/domain/days.ts';
import { entityTypes, auditedTypes } from '#shared/domain/types.ts';
import type { HistoryView } from '#shared/address/view.ts';
import { closeOnEscape } from '../../ui/escape.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { queryKeys } from '../../stores/queries.ts';
import { api } from '../../api/client.ts';
import { typeName, titleOr, typeNames } from '../../text/names.ts';
import { momentOf, daysBefore, auditActions, noFilters } from './query.ts';
import { dayText } from '../../text/formats.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { Floating } from '../../ui/Floating.tsx';
import { useMe } from '../../stores/profile.ts';
import { adjustHistory } from '../../stores/address.ts';
import styles from './history.module.css';

interface Option {
  value: string;
  label: string;
}

interface PickProps {
  label: string;
  value: string;
  options: readonly Option[];
  onPick: (value: string) => void;
  onSearch?: (text: string) => void;
}

function PickFilter({ label, value, options, onPick, onSearch }: PickProps) {
  const { t } = useTexts('history');
  const [opened, setOpened] = useState(false);
  const data =
    value === '' || options.some((one) => one.value === value)
      ? options
      : [{ value, label: value }, ...options];
  return (
    <Select
      size="xs"
      w={150}
      comboboxProps={{ width: 260, position: 'bottom-start' }}
      aria-label={label}
      placeholder={label}
      data={[...data]}
      value={value === '' ? null : value}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common:removeFilter', { filter: label }) }}
      nothingFoundMessage={t('common:nothingFound')}
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      onKeyDown={closeOnEscape(() => setOpened(false), opened)}
      onChange={(next) => onPick(next ?? '')}
      {...(onSearch ? { onSearchChange: onSearch, filter: ({ options: all }) => all } : {})}
    />
  );
}

interface RecordProps {
  label: string;
  types: readonly EntityType[];
  value: string;
  onPick: (id: string) => void;
}

function RecordFilter({ label, types, value, onPick }: RecordProps) {
  const { t } = useTexts('history');
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text.trim(), 100);
  const universities = useUniversityNames();
  const { data: found = [] } = useQuery({
    queryKey: [...queryKeys.lookup(types, searched), 'filter'],
    queryFn: ({ signal }) =>
      api.entities.lookup({ types: [...types], text: searched, limit: 30, deleted: true }, { signal }),
    placeholderData: keepPreviousData,
  });
  const { data: chosen } = useQuery({
    queryKey: queryKeys.record(value),
    queryFn: ({ signal }) => api.entities.find({ id: value }, { signal }),
    enabled: value !== '',
  });
  const optionOf = (ref: Omit<RecordRef, 'deleted'>, isDeleted: boolean): Option => {
    const university = ref.type === 'university' ? '' : (universities.get(ref.university_id ?? '') ?? '');
    const kind = types.length > 1 ? typeName(ref.type) : '';
    const parts = [titleOr(ref.title, ref.type), kind, university, isDeleted ? t('action.delete') : ''];
    return { value: ref.id, label: parts.filter((part) => part !== '').join(' · ') };
  };
  const options = found.map((ref) => optionOf(ref, ref.deleted));
  const own =
    chosen && !options.some((one) => one.value === chosen.id)
      ? [optionOf(chosen, chosen.deleted_at !== null)]
      : [];
  return (
    <PickFilter
      label={label}
      value={value}
      options={[...own, ...options]}
      onPick={onPick}
      onSearch={setText}
    />
  );
}

interface Range {
  /** First and last day as YYYY-MM-DD, or ''. */
  from: string;
  until: string;
}

function nameOf(day: string): string {
  const moment = momentOf(day, 'start');
  return moment === undefined ? day : dayText(Date.parse(moment));
}

/** "since 3 Nov 2026", "1 Nov 2026 – 3 Nov 2026", or a single day. */
export function rangeText({ from, until }: Range): string {
  if (from === until) return nameOf(from);
  if (until === '') return say('history:when.since', { from: nameOf(from) });
  if (from === '') return say('history:when.before', { until: nameOf(until) });
  return say('history:when.between', { from: nameOf(from), until: nameOf(until) });
}

function DayField({
  edge,
  value,
  onPick,
}: {
  edge: keyof Range;
  value: string;
  onPick: (day: string) => void;
}) {
  const { t } = useTexts('history');
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

const usualRanges = [
  ['today', 0],
  ['week', 6],
  ['month', 29],
] as const;

function DateFilter({ from, until, onPick }: Range & { onPick: (range: Range) => void }) {
  const { t } = useTexts('history');
  const [opened, setOpened] = useState(false);
  const label = t('administration:audit.when');
  const isSet = from !== '' || until !== '';
  return (
    <Floating opened={opened} onChange={setOpened} position="bottom-start" width={280}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          onClick={() => setOpened(!opened)}
          onKeyDown={closeOnEscape(() => setOpened(false), opened)}
        >
          {isSet ? rangeText({ from, until }) : label}
        </Button>
      </Popover.Target>
      {isSet && (
        <CloseButton
          size="sm"
          aria-label={t('common:removeFilter', { filter: label })}
          onClick={() => onPick({ from: '', until: '' })}
        />
      )}
      <Popover.Dropdown className={styles.dates} onKeyDown={closeOnEscape(() => setOpened(false))}>
        <Button.Group>
          {usualRanges.map(([name, days]) => (
            <Button
              key={name}
              variant="default"
              size="xs"
              onClick={() => {
                onPick({ from: daysBefore(new Date(), days), until: '' });
                setOpened(false);
              }}
            >
              {t(`when.${name}`)}
            </Button>
          ))}
        </Button.Group>
        <DayField edge="from" value={from} onPick={(day) => onPick({ from: day, until })} />
        <DayField edge="until" value={until} onPick={(day) => onPick({ from, until: day })} />
      </Popover.Dropdown>
    </Floating>
  );
}

const universities = ['university'] as const;
const named = entityTypes.filter((type) => type !== 'interface');

export function HistoryFilters({ view }: { view: HistoryView }) {
  const { t } = useTexts('history');
  const me = useMe()?.id;
  const { data: profiles = [] } = useQuery({
    queryKey: queryKeys.profiles,
    queryFn: ({ signal }) => api.workspace.profiles({}, { signal }),
  });
  const people = profiles.map(({ id, name }) => ({
    value: id,
    label: id === me ? `${t('common:you')} · ${name}` : name,
  }));
  const actions = auditActions.map((action) => ({ value: action, label: t(`action.${action}`) }));
  const types = auditedTypes.map((type) => ({ value: type, label: typeNames(type) }));
  const choices = [
    ['actor', t('insights:who.label'), people],
    ['action', t('filter.action'), actions],
    ['type', t('records:field.type'), types],
  ] as const;
  const pick = (part: keyof typeof noFilters) => (value: string) => adjustHistory({ [part]: value });
  const isFiltered = Object.keys(noFilters).some((part) => view[part as keyof typeof noFilters] !== '');
  return (
    <>
      {choices.map(([part, label, options]) => (
        <PickFilter key={part} label={label} value={view[part]} options={options} onPick={pick(part)} />
      ))}
      <RecordFilter
        label={t('whatif:form.choose.end')}
        types={named}
        value={view.record}
        onPick={pick('record')}
      />
      <RecordFilter
        label={t('records:one.university')}
        types={universities}
        value={view.university}
        onPick={pick('university')}
      />
      <DateFilter from={view.from} until={view.until} onPick={adjustHistory} />
      {isFiltered && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => adjustHistory(noFilters)}>
          {t('common:clearFilters')}
        </Button>
      )}
    </>
  );
}
