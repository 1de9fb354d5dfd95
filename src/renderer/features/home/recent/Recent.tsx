import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { historyOf } from '#shared/address/view.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { api } from '../../../api/client.ts';
import { go } from '../../../stores/address.ts';
import { useMe } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { whoIs, whoNamed } from '../../../text/who.ts';
import { TransactionSign } from '../../../ui/TransactionSign.tsx';
import { When } from '../../../ui/When.tsx';
import styles from '../home.module.css';

const shown = 5;

function Line({ transaction, me }: { transaction: AuditTransaction; me: string | undefined }) {
  const { t } = useTexts('history');
  const { label, params, actor, created_at, op_id, undone } = transaction;
  const what = describeTransaction(label, params);
  return (
    <li>
      <TransactionSign of={transaction} />
      <button
        type="button"
        className={`link-button ${styles.what} cut${undone ? ` struck` : ''}`}
        title={what}
        onClick={() => go(historyOf({ open: op_id }))}
      >
        {what}
      </button>
      {undone && <span className="pill pill-plain">{t('undone')}</span>}
      <span className={`rigid push tiny dim ${styles.side}`}>
        <span title={whoNamed(actor, me)}>{whoIs(actor, me)}</span> · <When at={created_at} />
      </span>
    </li>
  );
}

export function Recent() {
  const { t } = useTexts('home');
  const me = useMe()?.id;
  const { data } = useQuery({
    queryKey: keys.transactions({}, -1),
    queryFn: ({ signal }) => api.history.list({ limit: shown }, { signal }),
  });
  return (
    <section>
      <h2>{t('recent.title')}</h2>
      {data?.rows.length === 0 && <p className="dim">{t('recent.none')}</p>}
      <ul className={styles.lines}>
        {data
          ? data.rows.map((row) => <Line key={row.id} transaction={row} me={me} />)
          : Array.from({ length: shown }, (_, index) => <li key={index} className={styles.coming} />)}
      </ul>
      <button
        type="button"
        className={`inline gap-8 dim px-8 pointer rounded target ${styles.quiet}`}
        onClick={() => go(historyOf())}
      >
        {t('steps:openHistory')}
        <IconArrowRight size={15} stroke={1.7} />
      </button>
    </section>
  );
}
