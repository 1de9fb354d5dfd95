import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { Finding, Health } from '#shared/contract/care.ts';
import { useTexts } from '../../i18n/setup.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { go } from '../../stores/address.ts';
import { isLive } from '../../stores/target.ts';
import { RecoverButton } from '../../ui/RecoverButton.tsx';
import { findingName, findingText, inOrder } from './findings.ts';
import styles from './care.module.css';

const signs = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX } as const;

/** The action for a finding, if it is in another view. */
function Deed({ finding: { id, state, code } }: { finding: Finding }) {
  const { t } = useTexts('care');
  const backUp = useCommand('data.backup');
  if (state === 'good') return null;
  if (
    ['backup.none', 'backup.none_here', 'backup.other', 'backup.old'].includes(code) &&
    backUp?.enabled !== false
  )
    return (
      <Button size="xs" variant="default" onClick={() => run('data.backup')}>
        {backUp?.label}
      </Button>
    );
  if (['integrity', 'daily'].includes(id) && state === 'bad' && isLive()) return <RecoverButton />;
  if (['integrity', 'chain', 'head', 'backup', 'verified'].includes(id))
    return (
      <Button size="xs" variant="default" onClick={() => go({ kind: 'versions' })}>
        {t('deed.backups')}
      </Button>
    );
  if (id !== 'sandboxes') return null;
  return (
    <Button size="xs" variant="default" onClick={() => go({ kind: 'play' })}>
      {t('deed.play')}
    </Button>
  );
}

const tones = { good: 'ok', warn: 'warn', bad: 'bad' } as const;

function Line({ finding }: { finding: Finding }) {
  const { t } = useTexts('care');
  const { state, code, params } = finding;
  // SQLite's message, for support.
  const problem = code === 'integrity.damaged' ? params['problem'] : undefined;
  const Icon = signs[state];
  return (
    <li className={`stack center gap-12 small px-12 py-4 ${styles.line}`}>
      <Icon size={17} stroke={1.6} className={tones[state]} aria-hidden />
      <h3 className="small medium">{findingName(finding)}</h3>
      <div className="breaks">
        <p>{findingText(finding)}</p>
        {problem !== undefined && (
          <details className="tiny dim">
            <summary className="tiny dim pointer">{t('common:details')}</summary>
            {problem}
          </details>
        )}
      </div>
      <Deed finding={finding} />
      <span className={`tiny text-end ${state === 'good' ? 'dim' : `medium ${tones[state]}`} ${styles.word}`}>
        {t(`word.${state}`)}
      </span>
    </li>
  );
}

export function FindingList({ health: { state, findings } }: { health: Health }) {
  const { t } = useTexts('care');
  const count = findings.filter((one) => one.state === state).length;
  return (
    <>
      <p className={`large medium ${state === 'good' ? '' : tones[state]}`}>
        {state === 'good' ? t('state.good') : t(`state.${state}`, { count })}
      </p>
      <ul className="card" aria-label={t('findings')}>
        {inOrder(findings).map((finding) => (
          <Line key={`${finding.id} ${finding.params['folder'] ?? ''}`} finding={finding} />
        ))}
      </ul>
    </>
  );
}
