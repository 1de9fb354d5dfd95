import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ImportNotice, ImportReport } from '#shared/contract/import-report.ts';
import { noticeValues } from '#shared/texts/import-notices.ts';
import { useTexts } from '../../i18n/setup.ts';
import importStyles from './import.module.css';
import sheetStyles from './sheet.module.css';

/** Notices of which a table or graph can have one for each column or attribute. */
const groupedCodes = ['column_left_out', 'attribute_left_out'] as const;
/** So many are shown one by one; more are one line with the names. */
const maxSingle = 3;
const maxNames = 6;

const nameOf = ({ where: { column, attribute } }: ImportNotice): string => column ?? attribute ?? '';

/** Notices of one code and sheet that are shown as one line. */
function groupNotices(notices: readonly ImportNotice[]): (readonly ImportNotice[])[] {
  const groups = Map.groupBy(notices, (notice) => {
    const { code, where } = notice;
    const isGrouped = groupedCodes.some((one) => one === code);
    return JSON.stringify(isGrouped ? [code, where.sheet, where.of] : [code, where]);
  });
  return [...groups.values()].flatMap((group) =>
    group.length > maxSingle ? [group] : group.map((notice) => [notice]),
  );
}

export function Notices({ notices }: { notices: readonly ImportNotice[] }) {
  const { t } = useTexts('transfer');
  return groupNotices(notices).map((group) => {
    const [notice] = group as [ImportNotice];
    const { code, where } = notice;
    const names = group.map(nameOf);
    const text =
      group.length === 1
        ? t(`importNotice.${code}`, noticeValues(notice))
        : t(code === 'column_left_out' ? 'notImported.columns' : 'notImported.attributes', {
            count: group.length,
            names: `${names.slice(0, maxNames).join(', ')}${names.length > maxNames ? ' …' : ''}`,
          });
    return (
      <p
        key={JSON.stringify([code, where])}
        className={`row gap-8 small dim mt-8 ${sheetStyles.sheetNotice}`}
        title={group.length > 1 ? names.join(', ') : undefined}
      >
        <IconInfoCircle size={16} stroke={1.7} aria-hidden />
        {where.sheet === undefined ? text : t('inSheet', { sheet: where.sheet, text })}
      </p>
    );
  });
}

/** The notices of an import, or that every value was understood. */
export function ReportNotices({ report: { complete, notices } }: { report: ImportReport }) {
  const { t } = useTexts('sheets');
  if (!complete) return <Notices notices={notices} />;
  return (
    <p className={`row gap-8 small dim mt-24 ${importStyles.problemsNone}`}>
      <IconCircleCheck size={17} stroke={1.7} />
      {t('issue.none')}
    </p>
  );
}
