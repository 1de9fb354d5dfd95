import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { keys } from '../../../stores/queries.ts';
import { titleOr } from '../../../text/names.ts';
import { PickFilter } from './PickFilter.tsx';

interface Props {
  label: string;
  /** Which kinds of record may be chosen. */
  types: readonly EntityType[];
  value: string;
  onPick: (id: string) => void;
}

/** The title of a record; its id while that is not known, or when it is gone. */
function useTitle(id: string): string {
  const { data } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
    enabled: id !== '',
  });
  return data ? titleOr(data.title, data.type) : id;
}

/** A filter by one record, found by what it is called. */
export function RecordFilter({ label, types, value, onPick }: Props) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), 100);
  const { data = [] } = useQuery({
    queryKey: [...keys.lookup(types, settled), 'filter'],
    queryFn: ({ signal }) => api.entities.lookup({ types: [...types], text: settled, limit: 30 }, { signal }),
    placeholderData: keepPreviousData,
  });
  const options = data.map((ref) => ({ value: ref.id, label: titleOr(ref.title, ref.type) }));
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
