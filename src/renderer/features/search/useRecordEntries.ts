import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recordIn } from '#shared/address/view.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { titleOr, typeName } from '../../text/names.ts';
import { iconOf } from '../../ui/icons.ts';
import type { Entry } from './entry.ts';

/** Milliseconds in which further keys are waited for. */
const pause = 50;

/** Records that are listed. */
const most = 10;

export interface FoundRecords {
  entries: readonly Entry[];
  /** What was typed last is still being looked for. */
  pending: boolean;
  failed: boolean;
}

const nothing: FoundRecords = { entries: [], pending: false, failed: false };

/** Where a record is shown: beside its list, or among the deleted ones. */
const placeOf = ({ type, id, deleted }: RecordRef): Entry['view'] => ({
  ...recordIn(type, id),
  deleted: deleted ? 'only' : 'without',
});

/** Records of every kind whose title contains the text; those that are deleted come last. A search that is overtaken is cancelled. */
export function useRecordEntries(text: string, wanted: boolean): FoundRecords {
  const { t } = useTranslation('search');
  const [searched] = useDebouncedValue(text, pause);
  const universities = useUniversityNames(wanted);
  const { data, isFetching, isError, isPlaceholderData } = useQuery({
    queryKey: [...keys.lookup(entityTypes, searched), 'all'],
    queryFn: ({ signal }) =>
      api.entities.lookup(
        { types: [...entityTypes], text: searched, limit: most, deleted: true },
        { signal },
      ),
    enabled: wanted && searched !== '',
    placeholderData: keepPreviousData,
  });
  if (!wanted || text === '') return nothing;
  const entries = (isError ? [] : (data ?? [])).map((record): Entry => {
    const { id, type, title, university_id, deleted } = record;
    const whose = university_id === null ? undefined : universities.get(university_id);
    const parts = [typeName(type), whose, deleted ? t('deleted') : undefined];
    return {
      id,
      label: titleOr(title, type),
      icon: iconOf[type],
      aside: parts.filter((part) => part !== undefined).join(' · '),
      gone: deleted,
      view: placeOf(record) ?? recordIn(type, id),
    };
  });
  const pending = text !== searched || (isFetching && (isPlaceholderData || !data));
  return { entries, pending, failed: isError && !isFetching };
}
