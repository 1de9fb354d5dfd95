import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { historyOf } from '#shared/address/view.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { run } from '../../../commands/registry.ts';
import { go } from '../../../stores/address.ts';
import { CopyTrace } from '../../../ui/CopyTrace.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { explainFailure } from './explain.ts';
import { backToPreview, leave, lookAt } from './run.ts';
import type { DurationUnit, Landing, Looked } from './state.ts';

interface Props {
  file: FileHandle;
  unit: DurationUnit;
  looked: Looked | null;
  error: unknown;
  landing: Landing | null;
}

function Landed({ file, opId }: { file: FileHandle; opId: string }) {
  const { t } = useTranslation('transfer');
  return (
    <>
      <ViewHeader title={t('done.title', { name: file.name })} />
      <div className="state">
        <IconCircleCheck className="state-icon state-good" size={30} stroke={1.5} />
        <h2>{t('failed.landed')}</h2>
        <p>{t('failed.landedText')}</p>
        <div className="import-buttons">
          <Button onClick={() => go(historyOf({ open: opId }))}>{t('done.history')}</Button>
          <Button variant="default" onClick={leave}>
            {t('done.another')}
          </Button>
        </div>
      </div>
    </>
  );
}

/** Why a file did not come in: what happened and where, what is safe, what to do. */
export function Failed({ file, unit, looked, error, landing }: Props) {
  const { t } = useTranslation(['transfer', 'common']);
  if (landing?.state === 'landed') return <Landed file={file} opId={landing.op_id} />;
  const { what, line, path, safe, todo, trace, next } = explainFailure(error, looked !== null);
  return (
    <>
      <ViewHeader title={t(looked ? 'failed.importing' : 'failed.reading', { name: file.name })} />
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
        <div className="import-buttons">
          {next === 'import' && <Button onClick={backToPreview}>{t('failed.preview')}</Button>}
          <Button variant={next === 'import' ? 'default' : 'filled'} onClick={() => run('file.import')}>
            {t(next === 'chosen' ? 'failed.chooseAgain' : 'failed.choose')}
          </Button>
          {next === 'again' && (
            <Button variant="default" onClick={() => void lookAt(file, unit)}>
              {t('failed.again')}
            </Button>
          )}
        </div>
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
