import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditedChange, SignInAttempt } from '#shared/contract/server/audit.ts';
import type { Page } from '#shared/contract/server/base.ts';
import { describeTransaction } from '../../text/audit.ts';
import { lookUp } from '../../text/names.ts';
import { When } from '../../ui/When.tsx';
import { RecordLink } from '../sync/RecordLink.tsx';
import { Answer } from './Answer.tsx';
import { recordOf } from './audited.ts';
import { usePeopleNames, useServerChanges, useSignIns } from './queries.ts';
import styles from './administration.module.css';

/** What went against whoever tried. */
const isRefusal = (event: string): boolean => /_(refused|locked|reused)$/.test(event);

function ChangeRow({ change, who }: { change: AuditedChange; who: string }) {
  const { t } = useTranslation('administration');
  const { created_at, label, params, action } = change;
  return (
    <tr>
      <td className={styles.when}>
        <When at={created_at} />
      </td>
      <td>{who}</td>
      <td>{describeTransaction(label, params)}</td>
      <td>
        <RecordLink record={recordOf(change)} here={action !== 'delete'} />{' '}
        <span className="dim">· {t(`audit.action.${action}`)}</span>
      </td>
    </tr>
  );
}

function AttemptRow({ attempt, who }: { attempt: SignInAttempt; who: string }) {
  const { at, event, address } = attempt;
  const refused = isRefusal(event);
  const Sign = refused ? IconAlertTriangle : IconCheck;
  return (
    <tr>
      <td className={styles.when}>
        <When at={at} />
      </td>
      <td>{who}</td>
      <td className={refused ? styles.refusal : styles.on}>
        <span className={styles.signed}>
          <Sign size={15} stroke={1.8} aria-hidden />
          {lookUp(`administration:audit.is.${event}`) ?? event}
        </span>
      </td>
      <td className={styles.mono}>{address ?? '–'}</td>
    </tr>
  );
}

interface PagerProps {
  meta: Page<unknown>['meta'];
  onPage: (page: number) => void;
}

/** Which rows are shown, of how many, with the way to newer and older ones. */
function Pager({ meta: { page, page_size, total_count, total_pages }, onPage }: PagerProps) {
  const { t } = useTranslation('administration');
  if (total_count === 0) return null;
  const from = (page - 1) * page_size + 1;
  const to = Math.min(total_count, page * page_size);
  return (
    <div className={styles.pager}>
      <output className="num dim">{t('audit.shown', { from, to, count: total_count })}</output>
      {total_pages > 1 && (
        <>
          <Button size="xs" variant="default" disabled={page === 1} onClick={() => onPage(page - 1)}>
            {t('audit.newer')}
          </Button>
          <Button size="xs" variant="default" disabled={page >= total_pages} onClick={() => onPage(page + 1)}>
            {t('audit.older')}
          </Button>
        </>
      )}
    </div>
  );
}

interface ListProps {
  person: string | null;
  names: ReadonlyMap<string, string>;
}

function Heads({
  columns,
}: {
  columns: readonly ('when' | 'who' | 'what' | 'record' | 'event' | 'address')[];
}) {
  const { t } = useTranslation('administration');
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {t(`audit.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Changes({ person, names }: ListProps) {
  const { t } = useTranslation('administration');
  const [page, setPage] = useState(1);
  const query = useServerChanges({ page, person });
  return (
    <Answer query={query}>
      {({ data, meta }) =>
        data.length === 0 ? (
          <p className="dim">{t(person === null ? 'audit.noChanges' : 'audit.noneOf')}</p>
        ) : (
          <>
            <table className={`${styles.table} ${styles.audit}`} aria-label={t('audit.changes')}>
              <Heads columns={['when', 'who', 'what', 'record']} />
              <tbody>
                {data.map((change) => (
                  <ChangeRow
                    key={change.id}
                    change={change}
                    who={names.get(change.actor) ?? t('audit.nobody')}
                  />
                ))}
              </tbody>
            </table>
            <Pager meta={meta} onPage={setPage} />
          </>
        )
      }
    </Answer>
  );
}

function SignIns({ person, names }: ListProps) {
  const { t } = useTranslation('administration');
  const [page, setPage] = useState(1);
  const query = useSignIns({ page, person });
  const whoOf = ({ user_id, email }: SignInAttempt): string =>
    (user_id === null ? undefined : names.get(user_id)) ?? email ?? t('audit.nobody');
  return (
    <Answer query={query}>
      {({ data, meta }) =>
        data.length === 0 ? (
          <p className="dim">{t(person === null ? 'audit.noSignIns' : 'audit.noneOf')}</p>
        ) : (
          <>
            <table className={`${styles.table} ${styles.audit}`} aria-label={t('audit.signIns')}>
              <Heads columns={['when', 'who', 'event', 'address']} />
              <tbody>
                {data.map((attempt) => (
                  <AttemptRow key={attempt.id} attempt={attempt} who={whoOf(attempt)} />
                ))}
              </tbody>
            </table>
            <Pager meta={meta} onPage={setPage} />
          </>
        )
      }
    </Answer>
  );
}

const kinds = ['changes', 'signIns'] as const;

/** Who changed what and when, and who signed in or was refused; of everybody or of one person. */
export function Audit() {
  const { t } = useTranslation('administration');
  const [kind, setKind] = useState<(typeof kinds)[number]>('changes');
  const [person, setPerson] = useState<string | null>(null);
  const names = usePeopleNames();
  const List = kind === 'changes' ? Changes : SignIns;
  return (
    <>
      <div className={styles.line}>
        <SegmentedControl
          size="xs"
          aria-label={t('audit.kind')}
          value={kind}
          onChange={setKind}
          data={kinds.map((value) => ({ value, label: t(`audit.${value}`) }))}
        />
        <Select
          size="xs"
          className={styles.find}
          aria-label={t('audit.person')}
          placeholder={t('audit.everybody')}
          searchable
          clearable
          value={person}
          data={[...names].map(([value, label]) => ({ value, label }))}
          onChange={setPerson}
        />
      </div>
      <List key={`${kind} ${person ?? ''}`} person={person} names={names} />
    </>
  );
}
