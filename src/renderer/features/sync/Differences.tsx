import { IconArrowsDiff, IconCircleCheck, IconCloud, IconDeviceDesktop } from '@tabler/icons-react';
import type { SyncComparison } from '#shared/contract/sync.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { fieldInSentence, joined } from '../../text/names.ts';
import { When } from '../../ui/When.tsx';
import { RecordLink } from './RecordLink.tsx';
import { useSync } from './state.ts';
import styles from './sync.module.css';

type Difference = SyncComparison['differences'][number];

/** At most this many are listed. */
const most = 200;
/** At most this many fields are named; more are only counted. */
const mostFields = 3;

const signs = { only_here: IconDeviceDesktop, only_there: IconCloud, differs: IconArrowsDiff } as const;

function Row({ difference: { record, kind, fields, reason } }: { difference: Difference }) {
  const { t } = useTexts('sync');
  const Icon = signs[kind];
  const named = fields.length > 0 && fields.length <= mostFields;
  const what =
    kind === 'differs' && named
      ? t('difference.fields', { fields: joined(fields.map(fieldInSentence)) })
      : kind === 'differs' && fields.length > 0
        ? t('difference.count', { count: fields.length })
        : t(`difference.${kind}`);
  return (
    <li className={`center gap-12 px-12 py-4 ${styles.difference}`}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className={`shrink breaks ${styles.about}`}>
        <RecordLink record={record} here={kind !== 'only_there'} />
      </span>
      <span>{what}</span>
      <span className={reason === null ? 'warn' : 'dim'}>{t(`difference.reason.${reason ?? 'none'}`)}</span>
    </li>
  );
}

function Found({ comparison: { in_step, compared, differences } }: { comparison: SyncComparison }) {
  const { t } = useTexts('sync');
  if (differences.length === 0)
    return (
      <p className={in_step ? `row gap-8 ${styles.good}` : 'row gap-8'}>
        {in_step && <IconCircleCheck size={17} stroke={1.6} aria-hidden />}
        {t(in_step ? 'difference.same' : 'difference.later', { count: compared })}
      </p>
    );
  const shown = differences.slice(0, most);
  return (
    <>
      <p>{t('difference.found', { count: differences.length, compared })}</p>
      <ul className={`card full ${styles.rows}`} aria-label={t('list.differences')}>
        {shown.map((difference) => (
          <Row key={`${difference.record.type} ${difference.record.id}`} difference={difference} />
        ))}
      </ul>
      {differences.length > most && (
        <p className="dim">{t('common:plan.more', { count: differences.length - most })}</p>
      )}
    </>
  );
}

/** The result of the last comparison: each difference from the server with its reason. */
export function Differences() {
  const { t } = useTexts('sync');
  const comparison = useSync((sync) => sync.comparison);
  const unexplained = comparison?.found.differences.some(({ reason }) => reason === null) === true;
  return (
    <>
      {!comparison && <p className="dim">{t('difference.what')}</p>}
      {comparison && (
        <>
          <Found comparison={comparison.found} />
          <p className="dim">
            {t('difference.compared')} <When at={comparison.at} />
          </p>
        </>
      )}
      <div className="flex wrap gap-8">
        <CommandButton id="sync.compare" />
        {unexplained && <CommandButton id="sync.repair" />}
      </div>
    </>
  );
}
