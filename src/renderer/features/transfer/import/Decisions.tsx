import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { needsConsent, sumOf, writes } from './plan.ts';
import { chooseUnit, decide, leave, startImport } from './run.ts';
import type { Looked } from './state.ts';

function Unit({ looked, rereading }: { looked: Looked; rereading: boolean }) {
  const { t } = useTranslation('transfer');
  const { unit, plan } = looked;
  const shown = unit === 'guess' ? plan.duration_unit : unit;
  if (shown === null || (plan.duration_unit === null && unit === 'guess')) return null;
  return (
    <div className="decide-item">
      <span id="decide-unit">{t('decide.unit')}</span>
      <SegmentedControl
        size="xs"
        aria-labelledby="decide-unit"
        disabled={rereading}
        value={shown}
        data={[
          { value: 'years', label: t('decide.years') },
          { value: 'months', label: t('decide.months') },
        ]}
        onChange={(chosen) => void chooseUnit(chosen === 'years' ? 'years' : 'months')}
      />
      <p className="dim">{t(unit === 'guess' ? 'decide.guessed' : 'decide.chosen')}</p>
    </div>
  );
}

function Existing({ looked }: { looked: Looked }) {
  const { t } = useTranslation('transfer');
  const { plan, force, backup } = looked;
  if (plan.workspace_empty) return null;
  return (
    <>
      <Switch
        label={t('decide.force')}
        description={t(sumOf(plan.updates) === 0 ? 'decide.forceNone' : 'decide.forceHint')}
        checked={force}
        onChange={(event) => decide({ force: event.currentTarget.checked })}
      />
      <Switch
        label={t('decide.backup')}
        description={t('decide.backupHint')}
        checked={backup}
        onChange={(event) => decide({ backup: event.currentTarget.checked })}
      />
    </>
  );
}

/** What the person decides before an import, and the button that starts it. */
export function Decisions({ looked, rereading }: { looked: Looked; rereading: boolean }) {
  const { t } = useTranslation(['transfer', 'common']);
  const count = writes(looked.plan);
  const consent = needsConsent(looked);
  return (
    <aside className="import-decide" aria-label={t('decide.title')}>
      <h2>{t('decide.title')}</h2>
      {count > 0 && (
        <>
          <Unit looked={looked} rereading={rereading} />
          <Existing looked={looked} />
          <p className="dim">{t('decide.undo')}</p>
        </>
      )}
      <div className="decide-buttons">
        {count > 0 && (
          <Button fullWidth loading={rereading} disabled={consent} onClick={() => void startImport()}>
            {t('decide.import', { count })}
          </Button>
        )}
        {count > 0 && consent && (
          <p className="dim" role="status">
            {t('decide.confirm', { what: t('decide.force') })}
          </p>
        )}
        <Button fullWidth variant="default" onClick={leave}>
          {t('common:cancel')}
        </Button>
      </div>
    </aside>
  );
}
