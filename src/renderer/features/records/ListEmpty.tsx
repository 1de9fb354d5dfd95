import { Button } from '@mantine/core';
import { IconSearchOff, IconTrashOff } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { nameField } from '#shared/domain/title.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { runCommand } from '../../commands/registry.ts';
import { inPast } from '../../stores/target.ts';
import { inSentence, lookUp, typeNames } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { iconOf } from '../../ui/icons.ts';
import { api } from '../../api/client.ts';
import { adjustList } from '../../stores/address.ts';
import { queryKeys } from '../../stores/queries.ts';
import { useCustomFields } from './custom-fields.ts';
import { chipText, filterFields, filterValueText } from './filters/model.ts';
import type { FilterField } from './filters/model.ts';

const debounceMs = 400;
const maxOfferedFields = 5;
const maxQueriedFields = 24;
const maxFilters = 20;

interface FieldMatch {
  field: FilterField;
  filter: Filter;
  count: number;
}

const textKinds: ReadonlySet<FilterField['kind']> = new Set([
  'text',
  'longtext',
  'choice',
  'reference',
  'references',
  'date',
  'url',
]);

function searchableFields(
  type: ListView['type'],
  customFields: ReturnType<typeof useCustomFields>,
): readonly FilterField[] {
  return filterFields(type, customFields).filter(
    ({ key, kind }) => textKinds.has(kind) && key !== nameField(type),
  );
}

async function findMatches(
  { type, filters, search }: Pick<ListView, 'type' | 'filters' | 'search'>,
  fields: readonly FilterField[],
  signal: AbortSignal,
): Promise<FieldMatch[]> {
  const matches: FieldMatch[] = [];
  for (const field of fields.slice(0, maxQueriedFields)) {
    const filter: Filter = { field: field.key, op: 'contains', value: search.trim() };
    const { matched } = await api.entities.list(
      { type, filters: [...filters, filter], limit: 0 },
      { signal },
    );
    if (matched > 0) matches.push({ field, filter, count: matched });
    if (matches.length === maxOfferedFields) break;
  }
  return matches;
}

/** The other fields that contain the search text, each as a button that filters by it. */
function OtherFieldMatches({ view }: { view: ListView }) {
  const { t } = useTexts('grid');
  const { type, filters, search } = view;
  const customFields = useCustomFields(type);
  const [debouncedSearch] = useDebouncedValue(search, debounceMs);
  const fields = searchableFields(type, customFields);
  const { data } = useQuery({
    queryKey: queryKeys.otherOccurrences({ type, filters, search, fields: fields.map(({ key }) => key) }),
    queryFn: ({ signal }) => findMatches({ type, filters, search }, fields, signal),
    enabled: debouncedSearch === search && search.trim() !== '' && filters.length < maxFilters,
  });
  if (!data || data.length === 0) return null;
  return (
    <section className="stack gap-8 elsewhere" aria-live="polite">
      <p className="dim">{t('elsewhere.heading', { text: search.trim() })}</p>
      {data.map(({ field, filter, count }) => (
        <Button key={field.key} onClick={() => adjustList({ search: '', filters: [...filters, filter] })}>
          {t('elsewhere.one', {
            filter: chipText(field, filter, (value) => filterValueText({ ...field, kind: 'text' }, value)),
            count,
          })}
        </Button>
      ))}
    </section>
  );
}

/** An empty list: no records, no matches or nothing deleted, each with one action. */
export function ListEmpty({ view }: { view: ListView }) {
  const { t } = useTexts('grid');
  if (view.deleted === 'only' && view.search === '')
    return (
      <EmptyState icon={IconTrashOff} text={t(view.filters.length > 0 ? 'noDeletedMatch' : 'emptyDeleted')}>
        <Button onClick={() => runCommand('list.deleted')}>{t('emptyDeletedAction')}</Button>
      </EmptyState>
    );
  if (view.search !== '' || view.filters.length > 0) {
    return (
      <EmptyState icon={IconSearchOff} text={t('noMatch')}>
        {view.search !== '' && view.deleted === 'without' && <OtherFieldMatches view={view} />}
        <CommandButton id="list.clear" />
      </EmptyState>
    );
  }
  // The past is read-only.
  if (inPast()) return <EmptyState icon={iconOf[view.type]} text={`${t('home:emptyThen.title')}.`} />;
  return (
    <EmptyState
      icon={iconOf[view.type]}
      text={
        lookUp(`grid:emptyOf.${view.type}`) ?? t('emptyText', { types: inSentence(typeNames(view.type)) })
      }
    >
      <CommandButton primary hasIcon id="record.new" />
    </EmptyState>
  );
}
