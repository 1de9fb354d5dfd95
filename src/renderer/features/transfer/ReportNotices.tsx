import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ImportNotice, ImportReport } from '#shared/contract/import-report.ts';
import { noticeValues } from '#shared/texts/import-notices.ts';
import { useTexts } from '../../i18n/setup.ts';
import importStyles from './import.module.css';
import sheetStyles from './sheet.module.css';

export function Notices({ notices }: { notices: readonly ImportNotice[] }) {
  const { t } = useTexts('transfer');
  return notices.map((notice) => {
    const { code, where } = notice;
    const text = t(`importNotice.${code}`, noticeValues(notice));
    return (
      <p
        key={JSON.stringify([code, where])}
        className={`row gap-8 small dim mt-8 ${sheetStyles.sheetNotice}`}
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
