import { useTranslation } from 'react-i18next';
import { parseAddress } from '#shared/address/address.ts';
import type { Json } from '#shared/domain/json.ts';
import { useValueNames } from '../records/filters/useValueNames.ts';
import { addressLines, filterLine, filtersOf, layoutLines } from './view-lines.ts';
import type { ViewFilter } from './view-lines.ts';
import './view-words.css';

/** One filter in words, what it names by its title. */
function FilterLine({ line }: { line: ViewFilter }) {
  const name = useValueNames(line.field, line.filters);
  return <li>{filterLine(line, name)}</li>;
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
      {filtersOf(view).map((line) => (
        <FilterLine key={JSON.stringify(line)} line={line} />
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
