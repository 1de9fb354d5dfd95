import { useTranslation } from 'react-i18next';
import { parseAddress } from '#shared/address/address.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { typeName } from '../../text/names.ts';
import { chipsOf, chipText, filterField } from '../records/filters/model.ts';
import { useValueNames } from '../records/filters/useValueNames.ts';
import { addressLines, layoutLines } from './view-lines.ts';
import './view-words.css';

/** One filter in words, what it names by its title. */
function ChipLine({ type, filters, of }: { type: EntityType; filters: readonly Filter[]; of?: string }) {
  const field = filterField(type, filters[0]?.field ?? '');
  const name = useValueNames(field, filters);
  return (
    <li>
      {of === undefined ? '' : `${of}: `}
      {chipText(field, filters, name)}
    </li>
  );
}

/** Where a saved view leads, in words: what it shows, how it is narrowed, ordered and grouped. */
export function SavedAddress({ address }: { address: string }) {
  const { t } = useTranslation('history');
  const view = parseAddress(address)?.view;
  if (!view) return <span className="view-unread">{address}</span>;
  const { first, last } = addressLines(view);
  return (
    <ul className="view-words" title={t('savedView.address', { address })}>
      <li>{first}</li>
      {view.kind === 'list' &&
        chipsOf(view.filters).map(({ filters, at }) => (
          <ChipLine key={at.join()} type={view.type} filters={filters} />
        ))}
      {view.kind === 'network' &&
        view.filters.map(({ type, filter }) => (
          <ChipLine
            key={`${type} ${JSON.stringify(filter)}`}
            type={type}
            filters={[filter]}
            of={typeName(type)}
          />
        ))}
      {last.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** How a saved view is laid out, in words: its columns, and what of them is not as usual. */
export function SavedLayout({ layout }: { layout: Json }) {
  const { t } = useTranslation('history');
  const lines = layoutLines(layout);
  return (
    <ul className="view-words">
      {lines.length === 0 ? <li>{t('savedView.usual')}</li> : lines.map((line) => <li key={line}>{line}</li>)}
    </ul>
  );
}
