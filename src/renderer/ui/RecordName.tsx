import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recordPage, recordIn } from '#shared/address/view.ts';
import { api } from '../api/client.ts';
import { go, here } from '../stores/address.ts';
import { keys } from '../stores/queries.ts';
import { faultData } from '../text/faults.ts';
import { titleOr } from '../text/names.ts';

/** What the record of an id is called; a click opens it. With `plain` it is text only. Gone records show their id. */
export function RecordName({ id, plain = false }: { id: string; plain?: boolean }) {
  const { t } = useTranslation(['panel', 'history']);
  const { data, error } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
  });
  if (error && faultData(error, 'NOT_FOUND')) {
    return (
      <span className="dim" title={t('history:action.delete')}>
        <code>{id}</code>
      </span>
    );
  }
  if (!data) return <code className="dim">{id}</code>;
  const { type, title } = data;
  const name = titleOr(title, type);
  if (plain) return <span>{name}</span>;
  return (
    <button
      type="button"
      className="link-button"
      onClick={() => go((here().view.kind === 'record' ? recordPage : recordIn)(type, id))}
    >
      {name}
    </button>
  );
}
