import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { AuditedChange, SignInAttempt } from '#shared/contract/server/audit.ts';
import type { Page } from '#shared/contract/server/base.ts';
import type { SyncConflict } from '#shared/contract/sync.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { describeTransaction } from '../../text/audit.ts';
import { lookUp, capitalised } from '../../text/names.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { When } from '../../ui/When.tsx';
import { RecordLink } from '../../ui/LinkButton.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { usePeopleNames } from './queries.ts';
import styles from './administration.module.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryFor } from '../../stores/queries.ts';

/** The changed record with its title at that time, or its current title if the change does not hold one. */
function recordOf({
  entity_type,
  entity_id,
  before,
  after,
  params,
  title: currentTitle,
}: AuditedChange): SyncConflict['record'] {
  const values = { ...before, ...after };
  const titleParameter = params['id'] === entity_id ? params['title'] : undefined;
  const title = [values['name'], values['title'], titleParameter, currentTitle].find(
    (text) => typeof text === 'string' && text !== '',
  );
  return {
    type: entity_type as SyncConflict['record']['type'],
    id: entity_id,
    title: typeof title === 'string' ? title : '',
  };
}

const isRefusal = (event: string): boolean => /_(refused|locked|reused)$/.test(event);

interface PagerProps {
  meta: Page<unknown>['meta'];
  onPage: (page: number) => void;
}

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
          <Button size="xs" disabled={page === 1} onClick={() => onPage(page - 1)}>
            {t('audit.newer')}
          </Button>
          <Button size="xs" disabled={page >= total_pages} onClick={() => onPage(page + 1)}>
            {t('audit.older')}
          </Button>
        </>
      )}
    </div>
  );
}

/** The last page stays visible until the next one is read. */
const keepPreviousPage = { placeholderData: keepPreviousData };

interface ListProps {
  person: string | null;
  names: ReadonlyMap<string, string>;
}

type AuditKind = 'changes' | 'signIns' | 'access';

interface AuditTableProps<T> {
  kind: AuditKind;
  query: { data: Page<T> | undefined; error: unknown; refetch: () => Promise<unknown> };
  timeOf: (row: T) => string;
  columns: readonly (Omit<DataColumn<T>, 'title'> & {
    key: 'who' | 'what' | 'record' | 'event' | 'of' | 'address';
  })[];
  onPage: (page: number) => void;
}

function AuditTable<T extends { id: number }>({ kind, query, timeOf, columns, onPage }: AuditTableProps<T>) {
  const { t } = useTexts('administration');
  const allColumns: readonly DataColumn<T>[] = [
    {
      key: 'when',
      title: t('audit.when'),
      classOf: () => styles.when,
      renderCell: (row) => <When at={timeOf(row)} />,
    },
    ...columns.map((column) => ({ ...column, title: t(`audit.${column.key}`) })),
  ];
  return (
    <QueryView query={query} label={t('common:asking')}>
      {({ data, meta }) =>
        data.length === 0 ? (
          <p className="dim">{t('audit.none')}</p>
        ) : (
          <>
            <DataTable
              rows={data}
              columns={allColumns}
              keyOf={({ id }) => id}
              label={t(`audit.${kind}`)}
              className={`plain-table ${styles.audit}`}
            />
            <Pager meta={meta} onPage={onPage} />
          </>
        )
      }
    </QueryView>
  );
}

const unknownPersonText = (): string => capitalised(say('network:legend.line.unknown'));

const addressColumn = {
  key: 'address',
  classOf: () => styles.mono,
  renderCell: (row: { address: string | null }) => row.address ?? '–',
} as const;

function Changes({ person, names }: ListProps) {
  const { t } = useTexts('history');
  const [page, setPage] = useState(1);
  return (
    <AuditTable
      kind="changes"
      query={useQuery({ ...queryFor('administration.changes', { page, person }), ...keepPreviousPage })}
      timeOf={({ created_at }) => created_at}
      columns={[
        { key: 'who', renderCell: ({ actor }) => names.get(actor) ?? unknownPersonText() },
        { key: 'what', renderCell: ({ label, params }) => describeTransaction(label, params) },
        {
          key: 'record',
          renderCell: (change) => (
            <>
              <RecordLink record={recordOf(change)} isLocal={change.action !== 'delete'} />{' '}
              <span className="dim">· {t(`action.${change.action}`)}</span>
            </>
          ),
        },
      ]}
      onPage={setPage}
    />
  );
}

function SignInEvent({ event }: Pick<SignInAttempt, 'event'>) {
  const StatusIcon = isRefusal(event) ? IconAlertTriangle : IconCheck;
  return (
    <span className={styles.signed}>
      <StatusIcon size={15} stroke={1.8} aria-hidden />
      {lookUp(`administration:audit.is.${event}`) ?? event}
    </span>
  );
}

function SignIns({ person, names }: ListProps) {
  const [page, setPage] = useState(1);
  const personOf = ({ user_id, email }: SignInAttempt): string =>
    (user_id === null ? undefined : names.get(user_id)) ?? email ?? unknownPersonText();
  return (
    <AuditTable
      kind="signIns"
      query={useQuery({ ...queryFor('administration.signIns', { page, person }), ...keepPreviousPage })}
      timeOf={({ at }) => at}
      columns={[
        { key: 'who', renderCell: personOf },
        {
          key: 'event',
          classOf: ({ event }) => (isRefusal(event) ? 'warn' : styles.on),
          renderCell: ({ event }) => <SignInEvent event={event} />,
        },
        addressColumn,
      ]}
      onPage={setPage}
    />
  );
}

function Access({ person, names }: ListProps) {
  const [page, setPage] = useState(1);
  const nameOf = (id: string | null): string => (id === null ? '–' : (names.get(id) ?? id));
  return (
    <AuditTable
      kind="access"
      query={useQuery({ ...queryFor('administration.access', { page, person }), ...keepPreviousPage })}
      timeOf={({ at }) => at}
      columns={[
        {
          key: 'who',
          renderCell: ({ user_id }) => (user_id === null ? unknownPersonText() : nameOf(user_id)),
        },
        {
          key: 'event',
          renderCell: ({ event }) => lookUp(`administration:audit.read.${event.replace('.', '_')}`) ?? event,
        },
        { key: 'of', renderCell: ({ subject }) => nameOf(subject) },
        addressColumn,
      ]}
      onPage={setPage}
    />
  );
}

const tablesByKind = { changes: Changes, signIns: SignIns, access: Access } as const;
const kinds = Object.keys(tablesByKind) as AuditKind[];

/** Changes, sign-ins and access to personal data, of everyone or of one person. */
export function Audit() {
  const { t } = useTexts('administration');
  const [kind, setKind] = useState<AuditKind>('changes');
  const [person, setPerson] = useState<string | null>(null);
  const names = usePeopleNames();
  const KindTable = tablesByKind[kind];
  return (
    <>
      <div className="row wrap apart gap-8-16">
        <SegmentedControl
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
      <KindTable key={`${kind} ${person ?? ''}`} person={person} names={names} />
    </>
  );
}
