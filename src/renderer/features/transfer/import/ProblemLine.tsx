import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/transfer.ts';
import { i18n, say } from '../../../i18n/setup.ts';
import { coreText } from '../../../text/core.ts';
import type { ProblemRow } from './problems.ts';

/** What all problems of one kind have in common, as a sentence with their number. */
export function groupText(code: Problem['code'], count: number): string {
  return i18n.exists(`transfer:code.${code}_other`)
    ? say(`transfer:code.${code}`, { count })
    : say('transfer:code.other', { count, code });
}

/** What is lost, or changed, or only worth knowing: the colour of what is done. The word stands beside it. */
const tones: Readonly<Record<Problem['action'], string>> = {
  skipped: 'bad',
  ignored: 'bad',
  cleared: 'warn',
  set_aside: 'warn',
  last_wins: 'warn',
  converted: 'plain',
  given: 'plain',
  guessed: 'plain',
  kept: 'plain',
};

function One({ problem }: { problem: Problem }) {
  const { t } = useTranslation('transfer');
  const { code, path, message, action } = problem;
  return (
    <div className="problem">
      <p>{coreText('problem', code, message)}</p>
      <code>{path}</code>
      <span className={`pill pill-${tones[action]}`} title={t(`actionTip.${action}`)}>
        {t(`action.${action}`)}
      </span>
    </div>
  );
}

/** A line of the list of problems: a kind, one problem, or how many more there are. */
export function ProblemLine({ row, onToggle }: { row: ProblemRow; onToggle: () => void }) {
  const { t } = useTranslation('transfer');
  if (row.kind === 'problem') return <One problem={row.problem} />;
  if (row.kind === 'more')
    return <p className="dim problem-more">{t('problems.more', { count: row.count })}</p>;
  const { group, open } = row;
  return (
    <button type="button" className="problem-group" aria-expanded={open} onClick={onToggle}>
      <IconChevronRight size={15} stroke={1.8} className={open ? 'turned' : ''} />
      {groupText(group.code, group.count)}
    </button>
  );
}
