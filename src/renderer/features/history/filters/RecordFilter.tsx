import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRef } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { keys } from '../../../stores/queries.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { PickFilter } from './PickFilter.tsx';
import type { Option } from './PickFilter.tsx';

interface Props {
  label: string;
  /** Which kinds of record may be chosen. */
  types: readonly EntityType[];
  value: string;
  onPick: (id: string) => void;
}

/** What tells a record from others of its name: its kind, where several are offered, its university, that it is deleted. */
function useHints(severalTypes: boolean): (ref: RecordRef) => string | undefined {
  const { t } = useTranslation('history');
  const universities = useUniversityNames();
  return ({ type, university_id, deleted }) => {
    const university = type === 'university' ? undefined : universities.get(university_id ?? '');
    const parts = [severalTypes ? typeName(type) : '', university ?? '', deleted ? t('filter.deleted') : ''];
    return parts.filter((part) => part !== '').join(' · ') || undefined;
  };
}

/** What a record is called, and of which university; its id while that is not known, or when it is gone. */
function useTitle(id: string): string {
  const universities = useUniversityNames();
  const { data } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
    enabled: id !== '',
  });
  if (!data) return id;
  const title = titleOr(data.title, data.type);
  const university = data.payload.university_id;
  const of = typeof university === 'string' ? universities.get(university) : undefined;
  return of === undefined ? title : `${title} · ${of}`;
}

/** A filter by one record, live or deleted, found by what it is called. */
export function RecordFilter({ label, types, value, onPick }: Props) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), 100);
  const { data = [] } = useQuery({
    queryKey: [...keys.lookup(types, settled), 'filter'],
    queryFn: ({ signal }) =>
      api.entities.lookup({ types: [...types], text: settled, limit: 30, deleted: true }, { signal }),
    placeholderData: keepPreviousData,
  });
  const hintOf = useHints(types.length > 1);
  const options = data.map((ref): Option => {
    const hint = hintOf(ref);
    return { value: ref.id, label: titleOr(ref.title, ref.type), ...(hint === undefined ? {} : { hint }) };
  });
  return (
    <PickFilter
      label={label}
      value={value}
      shown={useTitle(value)}
      options={options}
      onPick={onPick}
      onText={setText}
      searchable
    />
  );
}
