import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { historyOf } from '#shared/address/view.ts';
import { go } from '../../../stores/address.ts';
import { CopyTrace } from '../../../ui/CopyTrace.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import type { explainFailure } from './explain.ts';
import type { Landing } from './state.ts';

/** An import whose answer was lost, and which had arrived all the same. */
export function Landed({ name, opId, onLeave }: { name: string; opId: string; onLeave: () => void }) {
  const { t } = useTranslation('transfer');
  return (
    <>
      <ViewHeader title={t('done.title', { name })} />
      <div className="state">
        <IconCircleCheck className="state-icon state-good" size={30} stroke={1.5} />
        <h2>{t('failed.landed')}</h2>
        <p>{t('failed.landedText')}</p>
        <div className="import-buttons">
          <Button onClick={() => go(historyOf({ open: opId }))}>{t('done.history')}</Button>
          <Button variant="default" onClick={onLeave}>
            {t('done.another')}
          </Button>
        </div>
      </div>
    </>
  );
}

interface Props {
  title: string;
  why: ReturnType<typeof explainFailure>;
  landing: Landing | null;
  /** The buttons: what can be done now. */
  children: ReactNode;
}

/** Why something did not come in: what happened and where, what is safe, what to do. */
export function ImportFailure({ title, why, landing, children }: Props) {
  const { t } = useTranslation(['transfer', 'common']);
  const { what, line, path, safe, todo, trace } = why;
  return (
    <>
      <ViewHeader title={title} />
      <div className="import-failed" role="alert">
        <div className="import-why">
          <IconAlertTriangle className="state-bad" size={22} stroke={1.6} />
          <div>
            <h2>{what}</h2>
            {(line !== null || path !== null) && (
              <p className="import-where">
                {line !== null && <span className="pill pill-bad num">{t('failed.line', { line })}</span>}
                {path !== null && (
                  <span className="pill pill-plain">
                    {t('failed.path')} <code>{path}</code>
                  </span>
                )}
              </p>
            )}
          </div>
        </div>
        <dl>
          <dt>{t('failed.safe')}</dt>
          <dd>{landing?.state === 'looking' ? t('failed.checking') : safe}</dd>
          <dt>{t('failed.todo')}</dt>
          <dd>{todo}</dd>
        </dl>
        <div className="import-buttons">{children}</div>
        {trace !== null && (
          <details className="state-details">
            <summary>{t('common:details')}</summary>
            <CopyTrace trace={trace} />
          </details>
        )}
      </div>
    </>
  );
}
