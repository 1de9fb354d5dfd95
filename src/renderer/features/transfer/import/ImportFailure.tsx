import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { historyOf } from '#shared/address/view.ts';
import { isDisconnected } from '../../../api/failures.ts';
import { i18n, say } from '../../../i18n/setup.ts';
import { go } from '../../../stores/address.ts';
import { coreText } from '../../../text/core.ts';
import { describeError, faultData } from '../../../text/faults.ts';
import { failureText } from '../../../text/refusal.ts';
import { CopyTrace } from '../../../ui/CopyTrace.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import type { Landing } from './state.ts';

export interface Explained {
  /** What happened, as a sentence. */
  what: string;
  /** Where in the file: a line counted from 1, a JSON path. */
  line: number | null;
  path: string | null;
  safe: string;
  todo: string;
  trace: string | null;
  /** What may be tried: this file `again`, only one `chosen` anew, or the same `import` when what stood in its way is gone. */
  next: 'again' | 'chosen' | 'import';
}

const nowhere = { line: null, path: null };

function refusalText(reason: string): string {
  const key = `transfer:refused.${reason}`;
  return i18n.exists(key) ? (say as (key: string) => string)(key) : say('transfer:refused.other');
}

/** Why a file was not looked at or not imported, what is safe, and what to do. */
export function explainFailure(error: unknown, importing: boolean): Explained {
  const message = error instanceof Error ? error.message : '';
  const refused = faultData(error, 'BAD_FILE');
  if (refused) {
    const { line, path, reason } = refused;
    const safe = say('transfer:failed.untouched');
    return {
      what: coreText('file', reason, message),
      line,
      path,
      safe,
      todo: refusalText(reason),
      trace: null,
      next: 'again',
    };
  }
  if (isDisconnected(error)) {
    const safe = say(importing ? 'transfer:failed.lostSafe' : 'transfer:failed.lostReading');
    const todo = say('transfer:failed.lostTodo');
    return { what: say('transfer:failed.lost'), ...nowhere, safe, todo, trace: null, next: 'chosen' };
  }
  const { code, safe, action, trace } = describeError(error);
  if (code === 'GRANT_EXPIRED') {
    return { what: say('transfer:failed.expired'), ...nowhere, safe, todo: action, trace, next: 'chosen' };
  }
  return {
    what: failureText(error),
    ...nowhere,
    safe: importing ? say('transfer:failed.untouched') : safe,
    todo: action,
    trace,
    next: importing ? 'import' : 'again',
  };
}

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
