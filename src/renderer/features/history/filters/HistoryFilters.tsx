import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HistoryView } from '#shared/address/view.ts';
import { auditedTypes, entityTypes } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { adjustHistory } from '../../../stores/address.ts';
import { useMe } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { typeNames } from '../../../text/names.ts';
import { auditActions, noFilters } from '../query.ts';
import { DateFilter } from './DateFilter.tsx';
import { PickFilter } from './PickFilter.tsx';
import type { Option } from './PickFilter.tsx';
import { RecordFilter } from './RecordFilter.tsx';
import './filters.css';

const universities = ['university'] as const;
/** Records that can be looked up by name; a link has none of its own. */
const named = entityTypes.filter((type) => type !== 'interface');

function shown(options: readonly Option[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? value;
}

/** How the history is narrowed: by who, what, where and when. */
export function HistoryFilters({ view }: { view: HistoryView }) {
  const { t } = useTranslation(['history', 'common']);
  const me = useMe()?.id;
  const { data: profiles = [] } = useQuery({
    queryKey: keys.profiles,
    queryFn: ({ signal }) => api.workspace.profiles({}, { signal }),
  });
  const people = profiles.map(({ id, name }) =>
    id === me ? { value: id, label: t('common:you'), hint: name } : { value: id, label: name },
  );
  const types = auditedTypes.map((type) => ({ value: type, label: typeNames(type) }));
  const actions = auditActions.map((action) => ({ value: action, label: t(`action.${action}`) }));
  const choices = [
    { part: 'actor', label: t('filter.who'), options: people },
    { part: 'action', label: t('filter.action'), options: actions },
    { part: 'type', label: t('filter.type'), options: types },
  ] as const;
  const pick = (part: 'actor' | 'type' | 'action' | 'university' | 'record') => (value: string) =>
    adjustHistory({ [part]: value });
  const filtered = Object.keys(noFilters).some((part) => view[part as keyof typeof noFilters] !== '');
  return (
    <>
      {choices.map(({ part, label, options }) => (
        <PickFilter
          key={part}
          label={label}
          value={view[part]}
          shown={shown(options, view[part])}
          options={options}
          onPick={pick(part)}
          searchable={part === 'actor' && options.length > 8}
        />
      ))}
      <RecordFilter label={t('filter.record')} types={named} value={view.record} onPick={pick('record')} />
      <RecordFilter
        label={t('filter.university')}
        types={universities}
        value={view.university}
        onPick={pick('university')}
      />
      <DateFilter from={view.from} until={view.until} onPick={adjustHistory} />
      {filtered && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => adjustHistory(noFilters)}>
          {t('clearFilters')}
        </Button>
      )}
    </>
  );
}
