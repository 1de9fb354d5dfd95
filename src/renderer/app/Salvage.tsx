import { Button } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { RefusedCall } from '#shared/shell/refused-call.ts';
import { shell } from '../api/shell.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { refusalText } from '../text/faults.ts';
import { missingText } from '../text/audit.ts';
import { countedRecords, countedAll, typeOfName, typeName } from '../text/names.ts';
import { exactTime } from '../text/time.ts';
import { reportError } from '../ui/notices.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import type { DataColumn } from '../ui/DataTable.tsx';
import { useRecoveryState } from './recovery-parts.tsx';

/** Maximum number of listed left-out records; the command line lists more. */
const maxListed = 50;

function Details({ report: { tables, left, more } }: { report: SalvageReport }) {
  const { t } = useTexts('frame');
  const rows = Object.entries(tables).filter(([, { found, now }]) => found > 0 || now > 0);
  return (
    <details className="small">
      <summary>{t('common:details')}</summary>
      <DataTable
        rows={rows}
        keyOf={([table]) => table}
        className="my-8"
        columns={[
          {
            key: 'kind',
            title: t('salvage.kind'),
            kind: 'name',
            renderCell: ([table, { found }]) => countedRecords(typeOfName(table), found),
          },
          ...(['now', 'taken', 'left'] as const).map((key): DataColumn<(typeof rows)[number]> => ({
            key,
            title: t(`salvage.${key}`),
            kind: 'number',
            renderCell: ([, table]) => table[key],
          })),
        ]}
      />
      <ul className="bullets">
        {left.slice(0, maxListed).map(({ type, id, title, why }) => (
          <li key={`${type} ${id}`}>
            {type === '' ? id : `${typeName(type)} ${title === '' ? id : title}`}: {t(`salvage.why.${why}`)}
          </li>
        ))}
      </ul>
      {left.length + more > maxListed && (
        <p className="dim">{t('common:plan.more', { count: left.length + more - maxListed })}</p>
      )}
    </details>
  );
}

/** Lists the later backups that are not the base, each with the reason, and the backup folders that cannot be read. */
function SkippedBackups({ report: { spoiled, unused, closed = [] } }: { report: SalvageReport }) {
  const { t } = useTexts('frame');
  return (
    <>
      {[...spoiled.map((id) => ({ id, why: 'damaged' as const })), ...unused].map(({ id, why }) => (
        <p key={id} className="bad">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden /> {t(`salvage.unused.${why}`, { id })}
        </p>
      ))}
      {closed.map((folder) => (
        <p key={folder} className="bad">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden /> {t('salvage.closed', { folder })}
        </p>
      ))}
    </>
  );
}

/** The possible losses if the history was not read to its end. */
function incompleteText(lostCount: number, unreadCount: number, hasOlderCopy: boolean): string {
  return [
    hasOlderCopy ? '' : say('frame:salvage.broken'),
    lostCount > 0 ? say('frame:salvage.leftOut', { count: lostCount }) : '',
    unreadCount > 0 ? say('frame:salvage.unread', { count: unreadCount }) : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function Salvage({
  report,
  refused,
}: {
  report: SalvageReport | null | undefined;
  refused?: RefusedCall | undefined;
}) {
  const { t } = useTexts('frame');
  const { actor, isBlocked } = useRecoveryState();
  if (refused) return <p className="bad">{t('salvage.unlooked', { why: refusalText(refused) })}</p>;
  if (report === undefined) return <p className="dim">{t('salvage.looking')}</p>;
  if (report === null) return <p className="dim">{t('salvage.nothing')}</p>;
  const counts = Object.fromEntries(Object.entries(report.tables).map(([table, { now }]) => [table, now]));
  const lostCount = report.left.length + report.more;
  const isComplete = report.whole && lostCount === 0;
  // All records of the file are readable; only later changes are missing.
  const isOnlyOutdated = report.missing !== null && lostCount === 0 && report.unread === 0;
  const completenessText = (): string => {
    if (isComplete) return t('salvage.whole');
    if (isOnlyOutdated && report.missing) return missingText(report.missing);
    if (report.whole) return t('salvage.lost', { count: lostCount });
    return incompleteText(lostCount, report.unread, report.older !== undefined);
  };
  return (
    <>
      <p>{t('salvage.what', { what: countedAll(counts) })}</p>
      <p>
        {report.backup
          ? t('salvage.from', { count: report.transactions, when: exactTime(report.backup.made) })
          : t('salvage.fromNothing', { count: report.transactions })}
        {report.until !== null && ` ${t('salvage.until', { when: exactTime(report.until) })}`}
      </p>
      {report.older && <p>{t('salvage.olderCopy', { when: exactTime(report.older.until) })}</p>}
      <p className={isComplete ? undefined : 'bad'}>
        {isComplete ? (
          <IconShieldCheck className="recovery-good" size={16} stroke={1.6} aria-hidden />
        ) : (
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
        )}
        {completenessText()}
      </p>
      {report.missing !== null && !isOnlyOutdated && <p className="bad">{missingText(report.missing)}</p>}
      <SkippedBackups report={report} />
      <Details report={report} />
      <Button disabled={isBlocked} onClick={() => void shell.workspace.salvage({ actor }).catch(reportError)}>
        {t('salvage.command')}
      </Button>
    </>
  );
}
