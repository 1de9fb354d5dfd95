import { Button, CloseButton, Select } from '@mantine/core';
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
import { queryFor } from '../../stores/queries.ts';
import { typeName, displayTitle, typeNames } from '../../text/names.ts';
import { edgeOfDay, daysBefore, auditActions, noFilters } from './query.ts';
import { dayText } from '../../text/formats.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { FloatingPanel } from '../../ui/FloatingPanel.tsx';
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
  /** Set if the caller searches for the options, which then are not filtered by the typed text. */
  onSearch?: (text: string) => void;
}

function PickFilter({ label, value, options, onPick, onSearch }: PickProps) {
  const { t } = useTexts('history');
  const [opened, setOpened] = useState(false);
  const data =
    value === '' || options.some((option) => option.value === value)
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
  const [searchText] = useDebouncedValue(text.trim(), 100);
  const universities = useUniversityNames();
  const { data: matches = [] } = useQuery({
    ...queryFor('entities.lookup', { types: [...types], text: searchText, limit: 30, deleted: true }),
    placeholderData: keepPreviousData,
  });
  const { data: chosenRecord } = useQuery({
    ...queryFor('entities.find', { id: value }),
    enabled: value !== '',
  });
  const optionOf = (ref: Omit<RecordRef, 'deleted'>, isDeleted: boolean): Option => {
    const university = ref.type === 'university' ? '' : (universities.get(ref.university_id ?? '') ?? '');
    const typeText = types.length > 1 ? typeName(ref.type) : '';
    const parts = [
      displayTitle(ref.title, ref.type),
      typeText,
      university,
      isDeleted ? t('action.delete') : '',
    ];
    return { value: ref.id, label: parts.filter((part) => part !== '').join(' · ') };
  };
  const options = matches.map((ref) => optionOf(ref, ref.deleted));
  const chosenOption =
    chosenRecord && !options.some((option) => option.value === chosenRecord.id)
      ? [optionOf(chosenRecord, chosenRecord.deleted_at !== null)]
      : [];
  return (
    <PickFilter
      label={label}
      value={value}
      options={[...chosenOption, ...options]}
      onPick={onPick}
      onSearch={setText}
    />
  );
}

interface DayRange {
  /** The first and the last day as YYYY-MM-DD; '' for no limit. */
  from: string;
  until: string;
}

function dayName(day: string): string {
  const isoTime = edgeOfDay(day, 'start');
  return isoTime === undefined ? day : dayText(Date.parse(isoTime));
}

/** "since 3 Nov 2026", "1 Nov 2026 – 3 Nov 2026", or a single day. */
export function rangeText({ from, until }: DayRange): string {
  if (from === until) return dayName(from);
  if (until === '') return say('history:when.since', { from: dayName(from) });
  if (from === '') return say('history:when.before', { until: dayName(until) });
  return say('history:when.between', { from: dayName(from), until: dayName(until) });
}

function DayField({
  edge,
  value,
  onPick,
}: {
  edge: keyof DayRange;
  value: string;
  onPick: (day: string) => void;
}) {
  const { t } = useTexts('history');
  const [invalidText, setInvalidText] = useState<string | null>(null);
  const changeDay = (text: string): void => {
    const isValid = text === '' || isDay(text);
    setInvalidText(isValid ? null : text);
    if (isValid) onPick(text);
  };
  return (
    <DayInput
      label={t(`when.${edge}`)}
      showsLabel
      edge={edge}
      value={invalidText ?? value}
      onChange={changeDay}
    />
  );
}

const quickRanges = [
  ['today', 0],
  ['week', 6],
  ['month', 29],
] as const;

function DateFilter({ from, until, onPick }: DayRange & { onPick: (range: DayRange) => void }) {
  const { t } = useTexts('history');
  const [opened, setOpened] = useState(false);
  const label = t('administration:audit.when');
  const isSet = from !== '' || until !== '';
  return (
    <>
      <FloatingPanel
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        width={280}
        renderButton={(button) => (
          <Button {...button} size="xs">
            {isSet ? rangeText({ from, until }) : label}
          </Button>
        )}
        dropdown={{ className: styles.dates ?? '' }}
      >
        <Button.Group>
          {quickRanges.map(([name, daysBack]) => (
            <Button
              key={name}
              size="xs"
              onClick={() => {
                onPick({ from: daysBefore(new Date(), daysBack), until: '' });
                setOpened(false);
              }}
            >
              {t(`when.${name}`)}
            </Button>
          ))}
        </Button.Group>
        <DayField edge="from" value={from} onPick={(day) => onPick({ from: day, until })} />
        <DayField edge="until" value={until} onPick={(day) => onPick({ from, until: day })} />
      </FloatingPanel>
      {isSet && (
        <CloseButton
          size="sm"
          aria-label={t('common:removeFilter', { filter: label })}
          onClick={() => onPick({ from: '', until: '' })}
        />
      )}
    </>
  );
}

const universityTypes = ['university'] as const;
const namedTypes = entityTypes.filter((type) => type !== 'interface');

export function HistoryFilters({ view }: { view: HistoryView }) {
  const { t } = useTexts('history');
  const myId = useMe()?.id;
  const { data: profiles = [] } = useQuery(queryFor('workspace.profiles', {}));
  const people = profiles.map(({ id, name }) => ({
    value: id,
    label: id === myId ? `${t('common:you')} · ${name}` : name,
  }));
  const actions = auditActions.map((action) => ({ value: action, label: t(`action.${action}`) }));
  const types = auditedTypes.map((type) => ({ value: type, label: typeNames(type) }));
  const pickFilters = [
    ['actor', t('insights:who.label'), people],
    ['action', t('filter.action'), actions],
    ['type', t('records:field.type'), types],
  ] as const;
  const filterSetter = (filterKey: keyof typeof noFilters) => (value: string) =>
    adjustHistory({ [filterKey]: value });
  const isFiltered = Object.keys(noFilters).some(
    (filterKey) => view[filterKey as keyof typeof noFilters] !== '',
  );
  return (
    <>
      {pickFilters.map(([filterKey, label, options]) => (
        <PickFilter
          key={filterKey}
          label={label}
          value={view[filterKey]}
          options={options}
          onPick={filterSetter(filterKey)}
        />
      ))}
      <RecordFilter
        label={t('whatif:form.choose.end')}
        types={namedTypes}
        value={view.record}
        onPick={filterSetter('record')}
      />
      <RecordFilter
        label={t('records:one.university')}
        types={universityTypes}
        value={view.university}
        onPick={filterSetter('university')}
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
