import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AuditedChange, SignInAttempt } from '#shared/contract/server/audit.ts';
import type { Page } from '#shared/contract/server/base.ts';
import type { SyncConflict } from '#shared/contract/sync.ts';
import { useTexts } from '../../i18n/setup.ts';
import { describeTransaction } from '../../text/audit.ts';
import { lookUp, capital } from '../../text/names.ts';
import { When } from '../../ui/When.tsx';
import { RecordLink } from '../sync/RecordLink.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { useAccess, usePeopleNames, useServerChanges, useSignIns } from './queries.ts';
import styles from './administration.module.css';

/** The changed record with its title at that time, or its current title if the change does not hold one. */
function recordOf({
  entity_type,
  entity_id,
  before,
  after,
  params,
  title: today,
}: AuditedChange): SyncConflict['record'] {
  const named = { ...before, ...after };
  const ownTitle = params['id'] === entity_id ? params['title'] : undefined;
  const title = [named['name'], named['title'], ownTitle, today].find(
    (text) => typeof text === 'string' && text !== '',
  );
  return {
    type: entity_type as SyncConflict['record']['type'],
    id: entity_id,
    title: typeof title === 'string' ? title : '',
  };
}

/** Whether the server rejected the attempt. */
const isRefusal = (event: string): boolean => /_(refused|locked|reused)$/.test(event);

function ChangeRow({ change, who }: { change: AuditedChange; who: string }) {
  const { t } = useTexts('history');
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
        <span className="dim">· {t(`action.${action}`)}</span>
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
      <td className={refused ? 'warn' : styles.on}>
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

/** The range of shown rows, with buttons to newer and older ones. */
function Pager({ meta: { page, page_size, total_count, total_pages }, onPage }: PagerProps) {
  const { t } = useTexts('administration');
  if (total_count === 0) return null;
  const from = (page - 1) * page_size + 1;
  const to = Math.min(total_count, page * page_size);
  return (
    <div className="row gap-8 tiny at-end">
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

type Kind = 'changes' | 'signIns' | 'access';

interface ListedProps<T> {
  kind: Kind;
  query: { data: Page<T> | undefined; error: unknown; refetch: () => Promise<unknown> };
  columns: readonly ('when' | 'who' | 'what' | 'record' | 'event' | 'of' | 'address')[];
  onPage: (page: number) => void;
  children: (row: T) => ReactNode;
}

function Listed<T>({ kind, query, columns, onPage, children }: ListedProps<T>) {
  const { t } = useTexts('administration');
  return (
    <QueryView query={query} label={t('common:asking')}>
      {({ data, meta }) =>
        data.length === 0 ? (
          <p className="dim">{t('audit.none')}</p>
        ) : (
          <>
            <table className={`small full plain-table ${styles.audit}`} aria-label={t(`audit.${kind}`)}>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {t(`audit.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>{data.map(children)}</tbody>
            </table>
            <Pager meta={meta} onPage={onPage} />
          </>
        )
      }
    </QueryView>
  );
}

function Changes({ person, names }: ListProps) {
  const { t } = useTexts('administration');
  const [page, setPage] = useState(1);
  const query = useServerChanges({ page, person });
  const columns = ['when', 'who', 'what', 'record'] as const;
  return (
    <Listed kind="changes" query={query} columns={columns} onPage={setPage}>
      {(change) => (
        <ChangeRow
          key={change.id}
          change={change}
          who={names.get(change.actor) ?? capital(t('network:legend.line.unknown'))}
        />
      )}
    </Listed>
  );
}

function SignIns({ person, names }: ListProps) {
  const { t } = useTexts('administration');
  const [page, setPage] = useState(1);
  const query = useSignIns({ page, person });
  const whoOf = ({ user_id, email }: SignInAttempt): string =>
    (user_id === null ? undefined : names.get(user_id)) ?? email ?? capital(t('network:legend.line.unknown'));
  const columns = ['when', 'who', 'event', 'address'] as const;
  return (
    <Listed kind="signIns" query={query} columns={columns} onPage={setPage}>
      {(attempt) => <AttemptRow key={attempt.id} attempt={attempt} who={whoOf(attempt)} />}
    </Listed>
  );
}

function Access({ person, names }: ListProps) {
  const { t } = useTexts('administration');
  const [page, setPage] = useState(1);
  const query = useAccess({ page, person });
  const columns = ['when', 'who', 'event', 'of', 'address'] as const;
  const nameOf = (id: string | null): string => (id === null ? '–' : (names.get(id) ?? id));
  return (
    <Listed kind="access" query={query} columns={columns} onPage={setPage}>
      {({ id, at, event, user_id, subject, address }) => (
        <tr key={id}>
          <td className={styles.when}>
            <When at={at} />
          </td>
          <td>{user_id === null ? capital(t('network:legend.line.unknown')) : nameOf(user_id)}</td>
          <td>{lookUp(`administration:audit.read.${event.replace('.', '_')}`) ?? event}</td>
          <td>{nameOf(subject)}</td>
          <td className={styles.mono}>{address ?? '–'}</td>
        </tr>
      )}
    </Listed>
  );
}

const lists = { changes: Changes, signIns: SignIns, access: Access } as const;
const kinds = Object.keys(lists) as Kind[];

/** Changes, sign-ins and access to personal data, of everyone or of one person. */
export function Audit() {
  const { t } = useTexts('administration');
  const [kind, setKind] = useState<Kind>('changes');
  const [person, setPerson] = useState<string | null>(null);
  const names = usePeopleNames();
  const List = lists[kind];
  return (
    <>
      <div className="row wrap apart gap-8-16">
        <SegmentedControl
          size="xs"
          aria-label={t('part.audit')}
          value={kind}
          onChange={setKind}
          data={kinds.map((value) => ({ value, label: t(`audit.${value}`) }))}
        />
        <Select
          size="xs"
          className="w-220"
          aria-label={t('audit.person')}
          placeholder={t('common:everyone')}
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
