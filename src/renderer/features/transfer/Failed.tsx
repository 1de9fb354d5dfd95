import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { historyOf } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { run } from '../../commands/registry.ts';
import { go } from '../../stores/address.ts';
import { coreText } from '../../text/core.ts';
import { describeError, faultData } from '../../text/faults.ts';
import { CopyTrace } from '../../ui/CopyTrace.tsx';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { backToLooked, look } from './run.ts';
import type { ImportState } from './state.ts';
import styles from './import.module.css';

const forSpreadsheets = ['not_a_table', 'old_workbook', 'damaged_workbook'];

/** A failed import: the error, its place, the state and the next step. */
export function Failed({ file, looked, error, landing }: Extract<ImportState, { stage: 'failed' }>) {
  const { t } = useTexts('transfer');
  const { title, detail, safe, action, trace } = describeError(error);
  const refused = faultData(error, 'BAD_FILE');
  const { line = null, path = null, reason = '' } = refused ?? {};
  const message = error instanceof Error ? error.message : '';
  const what = refused ? coreText('file', reason, message) : [title, detail].filter(Boolean).join('. ');
  const landed = landing?.state === 'landed' ? landing.op_id : null;
  const choose = (
    <Button variant={looked ? 'default' : 'filled'} onClick={() => run('file.import')}>
      {t('failed.another')}
    </Button>
  );
  return (
    <>
      <ViewHeader title={t(looked ? 'failed.importing' : 'failed.reading', { name: file.name })} />
      {landed === null ? (
        <div className={`stack rows-start scroll gap-16 px-12 py-24 ${styles.failed}`} role="alert">
          <div className="stack gap-12 marked">
            <IconAlertTriangle className="bad" size={22} stroke={1.6} />
            <div>
              <h2 className="large strong breaks">{what}</h2>
              {(line !== null || path !== null) && (
                <p className="flex wrap gap-8 mt-8">
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
            <dt className="dim">{t('failed.safe')}</dt>
            <dd>{landing === null ? safe : t(`failed.${landing.state}`)}</dd>
            <dt className="dim">{t('failed.todo')}</dt>
            <dd>{forSpreadsheets.includes(reason) ? t('failed.saveAs') : action}</dd>
          </dl>
          <div className={`flex wrap gap-8 ${styles.buttons}`}>
            {looked && <Button onClick={backToLooked}>{t('failed.back')}</Button>}
            {choose}
            {!looked && (
              <Button variant="default" onClick={() => void look(file)}>
                {t('common:retry')}
              </Button>
            )}
          </div>
          {trace !== null && (
            <details className="small text-start prose state-details">
              <summary>{t('common:details')}</summary>
              <CopyTrace trace={trace} />
            </details>
          )}
        </div>
      ) : (
        <div className="state">
          <p>{t('failed.landed')}</p>
          <Button onClick={() => go(historyOf({ open: landed }))}>{t('panel:history.openAll')}</Button>
          {choose}
        </div>
      )}
    </>
  );
}
