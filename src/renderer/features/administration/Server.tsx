import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ServerFigures } from '#shared/contract/administration.ts';
import { useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { numberText } from '../../text/values.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Figures } from '../../ui/Figures.tsx';
import type { Figure } from '../../ui/Figures.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { durationText, healthLines } from './health.ts';
import styles from './administration.module.css';
import { useQuery } from '@tanstack/react-query';
import { queryFor } from '../../stores/queries.ts';

function StateIcon({ isGood, size }: { isGood: boolean; size: number }) {
  const Icon = isGood ? IconCircleCheck : IconAlertTriangle;
  return <Icon size={size} stroke={1.6} aria-hidden />;
}

function Health({ figures }: { figures: ServerFigures }) {
  const { t } = useTexts('administration');
  const lines = healthLines(figures);
  const isGood = lines.every(({ state }) => state === 'good');
  return (
    <section className="stack gap-12" aria-label={t('care:title')}>
      <p className={`row gap-8 title strong ${styles[isGood ? 'good' : 'warn']}`}>
        <StateIcon isGood={isGood} size={20} />
        {t(isGood ? 'server.good' : 'server.bad')}
      </p>
      <ul className={`card ${styles.lines}`} aria-label={t('care:title')}>
        {lines.map(({ subject, state, text }) => (
          <li key={subject} className={styles[state]}>
            <StateIcon isGood={state === 'good'} size={16} />
            <h3 className="small medium">
              {subject === 'backup' ? t('home:kept.backup') : t(`server.${subject}`)}
            </h3>
            <span>{text}</span>
            <span className={`tiny dim ${styles.word}`}>{t(`care:word.${state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ServerSizes({ figures: { status, database } }: { figures: ServerFigures }) {
  const { t } = useTexts('administration');
  const { pool, size_bytes, records, operations } = status.database;
  const databaseFigures: readonly Figure[] = database
    ? [
        [t('part.people'), numberText(database.stats.users)],
        [t('server.sessions'), numberText(database.stats.sessions)],
        [t('server.connections'), t('server.of', database.health.connections)],
        [t('server.postgres'), database.health.version],
      ]
    : [[t('server.connections'), numberText(pool.total)]];
  const figures: readonly Figure[] = [
    [t('server.version'), status.version],
    [t('server.uptime'), durationText(status.uptime_seconds)],
    [t('server.size'), bytesText(size_bytes)],
    [t('common:records'), numberText(records)],
    [t('audit.changes'), numberText(operations)],
    ...databaseFigures,
  ];
  return <Figures title={t('server.figures')} figures={figures} />;
}

type Stats = NonNullable<ServerFigures['database']>['stats'];

function Tables({ tables }: { tables: Stats['tables'] }) {
  const { t } = useTexts('administration');
  return (
    <section aria-label={t('server.tables')}>
      <h2>{t('server.tables')}</h2>
      <DataTable
        rows={tables.toSorted((a, b) => b.bytes - a.bytes)}
        keyOf={({ name }) => name}
        className={`plain-table ${styles.narrow}`}
        columns={[
          {
            key: 'name',
            title: t('care:tables.name'),
            kind: 'name',
            classOf: () => styles.mono,
            renderCell: ({ name }) => name,
          },
          {
            key: 'rows',
            title: t('care:tables.rows'),
            kind: 'number',
            renderCell: ({ rows }) => numberText(rows),
          },
          {
            key: 'bytes',
            title: t('records:field.size'),
            kind: 'number',
            renderCell: ({ bytes }) => bytesText(bytes),
          },
        ]}
      />
    </section>
  );
}

export function Server() {
  const { t } = useTexts('common');
  const query = useQuery(queryFor('administration.serverStatus', {}));
  return (
    <QueryView query={query} label={t('asking')}>
      {(figures) => (
        <>
          <Health figures={figures} />
          <ServerSizes figures={figures} />
          {figures.database && figures.database.stats.tables.length > 0 && (
            <Tables tables={figures.database.stats.tables} />
          )}
        </>
      )}
    </QueryView>
  );
}
