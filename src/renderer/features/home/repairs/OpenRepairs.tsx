import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { recordIn } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { api } from '../../../api/client.ts';
import { go } from '../../../stores/address.ts';
import { keys } from '../../../stores/queries.ts';
import { dayShown } from '../../../text/formats.ts';
import { titleOr } from '../../../text/names.ts';
import { iconOf } from '../../../ui/icons.ts';
import { useMayChange } from '../../records/data/permissions.ts';
import { markDone } from '../../repairs/mark-done.ts';
import {
  dueFirst,
  dueOf,
  dueText,
  isOpenFilter,
  isOverdue,
  openRepairs,
  ownersText,
} from '../../repairs/open-repairs.ts';
import styles from '../home.module.css';

const shown = 5;
const query = { type: 'repair' as const, filters: [isOpenFilter], sort: [dueFirst] };

function Due({ due }: { due: string | null }) {
  const { t } = useTexts('repairs');
  if (due === null) return <span>{t('noDue')}</span>;
  const when = dueText(due);
  return (
    <time dateTime={due} title={dayShown(due)}>
      {t(isOverdue(due) ? 'overdue' : 'due', { when })}
    </time>
  );
}

function Line({ record }: { record: EntityRecord }) {
  const { t } = useTexts('repairs');
  const [isBusy, setBusy] = useState(false);
  const why = useMayChange(record);
  const due = dueOf(record);
  const isLate = due !== null && isOverdue(due);
  const Icon = isLate ? IconAlertTriangle : iconOf.repair;
  const title = titleOr(record.title, 'repair');
  const done = async (): Promise<void> => {
    setBusy(true);
    await markDone(record);
    setBusy(false);
  };
  return (
    <li className={isLate ? styles.late : ''}>
      <Icon size={17} stroke={1.6} aria-hidden />
      <button
        type="button"
        className={`link-button ${styles.what} cut`}
        title={title}
        onClick={() => go(recordIn('repair', record.id))}
      >
        {title}
      </button>
      <span className={`rigid push tiny dim ${styles.side}`}>
        {ownersText(record) || t('nobody')} · <Due due={due} />
      </span>
      {why === null && (
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          aria-label={`${t('done.action')}: ${title}`}
          onClick={() => void done()}
        >
          {t('done.action')}
        </Button>
      )}
    </li>
  );
}

/** The open repairs; nothing if there are none. */
export function OpenRepairs() {
  const { t } = useTexts('repairs');
  const { data } = useQuery({
    queryKey: keys.list(query),
    queryFn: ({ signal }) => api.entities.list({ ...query, limit: shown }, { signal }),
    placeholderData: (before) => before,
  });
  if (!data || data.rows.length === 0) return null;
  const more = data.matched - data.rows.length;
  return (
    <section className={`mt-24 ${styles.repairs}`} aria-label={t('open')}>
      <h2>{t('open')}</h2>
      <ul className={styles.lines}>
        {data.rows.map((record) => (
          <Line key={record.id} record={record} />
        ))}
      </ul>
      {more > 0 && (
        <button
          type="button"
          className={`inline gap-8 dim px-8 pointer rounded target ${styles.quiet}`}
          onClick={() => go(openRepairs())}
        >
          {t('more', { count: more })}
          <IconArrowRight size={15} stroke={1.7} />
        </button>
      )}
    </section>
  );
}
