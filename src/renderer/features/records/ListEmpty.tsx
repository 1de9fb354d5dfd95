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
import { useOwnFields } from './custom-fields.ts';
import { chipText, filterFields, filterValueText } from './filters/model.ts';
import type { FilterField } from './filters/model.ts';

/** Milliseconds before other places are searched. */
const rest = 400;
const most = { offered: 5, queried: 24, filters: 20 };

interface Found {
  field: FilterField;
  filter: Filter;
  count: number;
}

const words: ReadonlySet<FilterField['kind']> = new Set([
  'text',
  'longtext',
  'choice',
  'reference',
  'references',
  'date',
  'url',
]);

function fieldsWithWords(
  type: ListView['type'],
  own: ReturnType<typeof useOwnFields>,
): readonly FilterField[] {
  return filterFields(type, own).filter(({ key, kind }) => words.has(kind) && key !== nameField(type));
}

async function lookIn(
  { type, filters, search }: Pick<ListView, 'type' | 'filters' | 'search'>,
  fields: readonly FilterField[],
  signal: AbortSignal,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const field of fields.slice(0, most.queried)) {
    const filter: Filter = { field: field.key, op: 'contains', value: search.trim() };
    const { matched } = await api.entities.list(
      { type, filters: [...filters, filter], limit: 0 },
      { signal },
    );
    if (matched > 0) found.push({ field, filter, count: matched });
    if (found.length === most.offered) break;
  }
  return found;
}

function Elsewhere({ view }: { view: ListView }) {
  const { t } = useTexts('grid');
  const { type, filters, search } = view;
  const own = useOwnFields(type);
  const [rested] = useDebouncedValue(search, rest);
  const fields = fieldsWithWords(type, own);
  const { data } = useQuery({
    queryKey: queryKeys.elsewhere({ type, filters, search, fields: fields.map(({ key }) => key) }),
    queryFn: ({ signal }) => lookIn({ type, filters, search }, fields, signal),
    enabled: rested === search && search.trim() !== '' && filters.length < most.filters,
  });
  if (!data || data.length === 0) return null;
  return (
    <section className="stack gap-8 elsewhere" aria-live="polite">
      <p className="dim">{t('elsewhere.heading', { text: search.trim() })}</p>
      {data.map(({ field, filter, count }) => (
        <Button
          key={field.key}
          variant="default"
          onClick={() => adjustList({ search: '', filters: [...filters, filter] })}
        >
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
        <Button variant="default" onClick={() => runCommand('list.deleted')}>
          {t('emptyDeletedAction')}
        </Button>
      </EmptyState>
    );
  if (view.search !== '' || view.filters.length > 0) {
    return (
      <EmptyState icon={IconSearchOff} text={t('noMatch')}>
        {view.search !== '' && view.deleted === 'without' && <Elsewhere view={view} />}
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
      <CommandButton primary signed id="record.new" />
    </EmptyState>
  );
}
