import { useQuery } from '@tanstack/react-query';
import type { QuarantinedChange } from '#shared/contract/sync.ts';
import { historyOf } from '#shared/address/view.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { queryFor } from '../../stores/queries.ts';
import { describeTransaction } from '../../text/audit.ts';
import { Changes } from '../../ui/Changes.tsx';
import { When } from '../../ui/When.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { settleRejected } from './actions.ts';
import { rejectionReason } from './status-texts.ts';
import styles from './sync.module.css';
import { RecordLink } from '../../ui/LinkButton.tsx';
import { RowButton } from '../../ui/RowButton.tsx';

/** At most this many records of a change are named. */
const maxRecords = 4;

function RejectedRow({ change }: { change: QuarantinedChange }) {
  const { t } = useTexts('sync');
  const { op_id, label, params, records, changes, by, made_at } = change;
  const description = describeTransaction(label, isJsonObject(params) ? params : {});
  const shownRecords = records.slice(0, maxRecords);
  const moreCount = Math.max(changes, records.length) - shownRecords.length;
  return (
    <li className={`ends ${styles.refused}`}>
      <div className={`shrink breaks ${styles.about}`}>
        <h3>{description}</h3>
        <p>{rejectionReason(change)}</p>
        <p className="dim">
          {by} · <When at={made_at} />
        </p>
        <ul className="stack gap-4 mt-4" aria-label={t('common:records')}>
          {shownRecords.map((record) => (
            <li key={record.id}>
              <RecordLink record={record} />
              {record.action !== 'delete' && <Changes change={record} />}
            </li>
          ))}
          {moreCount > 0 && <li className="dim">{t('common:plan.more', { count: moreCount })}</li>}
        </ul>
      </div>
      <div className="flex top gap-8">
        <RowButton
          label={t('rejected.values')}
          named={`${t('rejected.values')}: ${description}`}
          isQuiet
          onClick={() => navigate(historyOf({ open: op_id }))}
        />
        <RowButton
          label={t('rejected.accept')}
          named={`${t('rejected.accept')}: ${description}`}
          title={t('rejected.acceptHint')}
          onClick={() => void settleRejected(op_id, 'accept')}
        />
        <RowButton
          label={t('common:retry')}
          named={`${t('common:retry')}: ${description}`}
          title={t('rejected.retry')}
          onClick={() => void settleRejected(op_id, 'retry')}
        />
      </div>
    </li>
  );
}

/** The changes that the server rejected. The records have the server’s values until a change is retried. */
export function RejectedChanges() {
  const { t } = useTexts('sync');
  const query = useQuery(queryFor('sync.quarantine', {}));
  return (
    <QueryView
      query={query}
      label={t('list.rejected')}
      isEmpty={({ operations }) => operations.length === 0}
      empty={<p className="dim">{t('rejected.none')}</p>}
    >
      {({ operations }) => (
        <>
          <p className="dim">{t('rejected.what')}</p>
          <ul className={`card full ${styles.rows}`} aria-label={t('list.rejected')}>
            {operations.map((rejected) => (
              <RejectedRow key={rejected.op_id} change={rejected} />
            ))}
          </ul>
        </>
      )}
    </QueryView>
  );
}
