import type { ReactNode } from 'react';
import type { View } from '#shared/address/view.ts';
import { question } from '#shared/contract/analysis.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { fieldName, inSentence, roleName, typeName, typeNames } from '../../text/names.ts';
import { chipsOf, chipText, filterField } from '../records/filters/model.ts';
import type { FilterField } from '../records/filters/model.ts';
import { lookFieldName } from '../network/controls/legend-parts.ts';
import { readLayout } from '../../stores/list-layout.ts';
import { parseAddress } from '#shared/address/address.ts';
import { ProfileName } from '../../ui/ProfileName.tsx';
import { When } from '../../ui/When.tsx';
import { useValueNames } from '../records/filters/value-names.ts';

const fieldLabel = (key: string): string => customNameOf(key) ?? fieldName(key);
const fieldLabels = (keys: readonly string[]): string => keys.map(fieldLabel).join(', ');

interface ViewFilter {
  field: FilterField;
  filters: readonly Filter[];
  prefix: string;
}

export function filtersOf(view: View): readonly ViewFilter[] {
  const viewFilter = (type: EntityType, filters: readonly Filter[], prefix: string): ViewFilter => ({
    field: filterField(type, filters[0]?.field ?? ''),
    filters,
    prefix,
  });
  if (view.kind === 'list')
    return chipsOf(view.filters).map(({ filters }) => viewFilter(view.type, filters, ''));
  if (view.kind !== 'network') return [];
  return view.filters.map(({ type, filter }) => viewFilter(type, [filter], `${typeName(type)}: `));
}

/** A filter as text. `nameOf` returns the text of a value. */
export const filterLine = ({ field, filters, prefix }: ViewFilter, nameOf: (value: Json) => string): string =>
  `${prefix}${chipText(field, filters, nameOf)}`;

/** The address of a saved view in words, without its filters. */
export function addressLines(view: View): { first: string; last: readonly string[] } {
  if (view.kind === 'network')
    return {
      first: say('history:savedView.network', { what: view.types.map(typeNames).join(', ') }),
      last: [
        say('history:savedView.arranged', { how: inSentence(say(`network:layout.${view.layout}`)) }),
        say('network:legend.colour', { field: lookFieldName(view.colour) }),
        say('history:savedView.size', { field: lookFieldName(view.size) }),
        ...(view.references ? [say('network:references')] : []),
      ],
    };
  if (view.kind !== 'list')
    return { first: say(view.kind === 'history' ? 'panel:tab.history' : 'records:one.view'), last: [] };
  const { type, search, sort, deleted, group } = view;
  return {
    first:
      deleted === 'only'
        ? say('grid:deletedTitle', { types: inSentence(typeNames(type)) })
        : say(`grid:all.${type}`),
    last: [
      ...(search === '' ? [] : [say('history:savedView.search', { text: search })]),
      ...(sort.length === 0
        ? []
        : [
            say('history:savedView.sorted', {
              fields: sort
                .map(({ field, direction }) =>
                  say(`history:savedView.${direction}`, { field: fieldLabel(field) }),
                )
                .join(', '),
            }),
          ]),
      ...(group === '' ? [] : [say('grid:group.by', { field: fieldLabel(group) })]),
    ],
  };
}

/** The differences of a list's layout from the default, in words. */
export function layoutLines(layout: Json): readonly string[] {
  const { columns, brought, widths = {}, pinned, summaries = {} } = readLayout(layout);
  const summaryTexts = Object.entries(summaries).map(
    ([key, kind]) => `${fieldLabel(key)} (${say(`grid:summary.${kind}`)})`,
  );
  return [
    ...(columns ? [say('history:savedView.columns', { fields: fieldLabels(columns) })] : []),
    ...(brought && !columns ? [say('history:savedView.brought', { fields: fieldLabels(brought) })] : []),
    ...(pinned ? [say('history:savedView.pinned', { fields: fieldLabels(pinned) })] : []),
    ...(Object.keys(widths).length > 0
      ? [say('history:savedView.widths', { fields: fieldLabels(Object.keys(widths)) })]
      : []),
    ...(summaryTexts.length > 0
      ? [say('history:savedView.summaries', { what: summaryTexts.join(', ') })]
      : []),
  ];
}

function FilterItem({ line }: { line: ViewFilter }) {
  const nameOf = useValueNames(line.field, line.filters);
  return <li>{filterLine(line, nameOf)}</li>;
}

/** The address of a saved view in words: view, filters, sort and groups. */
export function SavedAddress({ address }: { address: string }) {
  const { t } = useTexts('history');
  const view = parseAddress(address)?.view;
  if (!view) return <span className="breaks">{address}</span>;
  const { first, last } = addressLines(view);
  return (
    <ul className="view-words" title={t('savedView.address', { address })}>
      <li>{first}</li>
      {filtersOf(view).map((line) => (
        <FilterItem key={JSON.stringify(line)} line={line} />
      ))}
      {last.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function SavedLayout({ layout }: { layout: Json }) {
  const { t } = useTexts('history');
  const lines = layoutLines(layout);
  return (
    <ul className="view-words">
      {lines.length === 0 ? <li>{t('savedView.usual')}</li> : lines.map((line) => <li key={line}>{line}</li>)}
    </ul>
  );
}

/** The value of a field whose stored form is not shown: of saved views, profiles, repairs and shared sandboxes; null for other fields. */
export function specialValue(type: string, field: string, value: Json | undefined): ReactNode {
  const key = `${type}.${field}`;
  if (key === 'view.layout' && value !== undefined) return <SavedLayout layout={value} />;
  if (key === 'shared-sandbox.changes' && Array.isArray(value))
    return <span className="num">{say('play:shared.count', { count: value.length })}</span>;
  if (typeof value !== 'string' || value === '') return null;
  if (key === 'view.address') return <SavedAddress address={value} />;
  if (key === 'view.owner' || key === 'shared-sandbox.shared_by') return <ProfileName id={value} />;
  if (key === 'shared-sandbox.shared_at') return <When at={value} />;
  const knownQuestion = key === 'repair.question' ? question.safeParse(value).data : undefined;
  if (knownQuestion) return <span>{say(`insights:question.${knownQuestion}`)}</span>;
  return key === 'profile.role' ? <span>{roleName(value)}</span> : null;
}
