import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sumOf } from '#shared/domain/counts.ts';
import { useMayChange, useReadOnly } from '../../../stores/profile.ts';
import { needsConsent, writes } from './plan.ts';
import { chooseOptions, decide, leave, startImport } from './run.ts';
import type { Looked } from './state.ts';
import { BackupFirst, IntoSample } from './DecideParts.tsx';
import { LossUnit } from '../sheet/SheetDecide.tsx';

function Unit({ looked, rereading }: { looked: Looked; rereading: boolean }) {
  const { t } = useTranslation('transfer');
  const { options, plan } = looked;
  const unit = options.duration_unit;
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
        onChange={(chosen) => void chooseOptions({ duration_unit: chosen === 'years' ? 'years' : 'months' })}
      />
      <p className="dim">{t(unit === 'guess' ? 'decide.guessed' : 'decide.chosen')}</p>
    </div>
  );
}

/** What the person agrees to: that records change, or only that others come beside them. */
function consentLabel({ plan }: Looked): 'force' | 'add' {
  return sumOf(plan.updates) + sumOf(plan.restores) === 0 ? 'add' : 'force';
}

function Existing({ looked }: { looked: Looked }) {
  const { t } = useTranslation('transfer');
  const { plan, force, backup } = looked;
  if (plan.workspace_empty) return null;
  const label = consentLabel(looked);
  return (
    <>
      <Switch
        label={t(`decide.${label}`)}
        description={t(label === 'add' ? 'decide.forceNone' : 'decide.forceHint')}
        checked={force}
        onChange={(event) => decide({ force: event.currentTarget.checked })}
      />
      <BackupFirst wanted={backup} onChange={(wanted) => decide({ backup: wanted })} />
    </>
  );
}

/** What the person decides before an import, and the button that starts it. */
export function Decisions({ looked, rereading }: { looked: Looked; rereading: boolean }) {
  const { t } = useTranslation(['transfer', 'common']);
  const count = writes(looked.plan);
  const consent = needsConsent(looked);
  const viewer = useMayChange() ? null : t('decide.viewer');
  const why = useReadOnly() ?? viewer;
  return (
    <aside className="import-decide" aria-label={t('decide.title')}>
      <h2>{t('decide.title')}</h2>
      {count > 0 && (
        <>
          <IntoSample empty={looked.plan.workspace_empty} grant={looked.file.grant} />
          <Unit looked={looked} rereading={rereading} />
          <LossUnit
            unit={looked.plan.loss_unit}
            onChoose={(unit) => void chooseOptions({ loss_unit: unit })}
          />
          {(looked.plan.same_universities > 0 || looked.options.universities === 'new') && (
            <Switch
              label={t('decide.sameUniversities')}
              checked={looked.options.universities === 'same'}
              onChange={(event) =>
                void chooseOptions({ universities: event.currentTarget.checked ? 'same' : 'new' })
              }
            />
          )}
          <Existing looked={looked} />
          <p className="dim">{t('decide.undo')}</p>
        </>
      )}
      <div className="decide-buttons">
        {count > 0 && (
          <Button
            fullWidth
            loading={rereading}
            disabled={consent || why !== null}
            onClick={() => void startImport()}
          >
            {t('decide.import', { count })}
          </Button>
        )}
        {count > 0 && why !== null && <output className="dim">{why}</output>}
        {count > 0 && why === null && consent && (
          <output className="dim">
            {t('decide.confirm', { what: t(`decide.${consentLabel(looked)}`) })}
          </output>
        )}
        <Button fullWidth variant="default" onClick={leave}>
          {t('common:cancel')}
        </Button>
      </div>
    </aside>
  );
}
