import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconBulb, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { listOf, recordPage } from '#shared/address/view.ts';
import type { ModelsView as View } from '#shared/address/view.ts';
import type { FactorMeasures } from '#shared/contract/factors.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { mayChange } from '#shared/domain/permissions.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { go, useView } from '../../../stores/address.ts';
import { useRiskFactors } from '../../../stores/factors.ts';
import { useMayChange, useMe } from '../../../stores/profile.ts';
import { permissionText } from '../../../text/faults.ts';
import { openListName, typeNames } from '../../../text/names.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { report } from '../../../ui/notices.tsx';
import { insightLists } from '../../../ui/navigation.ts';
import { QuietButton } from '../../../ui/QuietButton.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { Formula } from '../Formula.tsx';
import { InsightsBar } from '../InsightsBar.tsx';
import insights from '../insights.module.css';
import { activate, addBaseline } from './actions.ts';
import { Links } from './Links.tsx';
import { askToRate } from './rate.tsx';
import { Outcomes } from './Outcomes.tsx';
import { useMeasures } from './useMeasures.ts';
import type { Only } from './useMeasures.ts';
import styles from './models.module.css';

const adjust = (view: View, part: Partial<Omit<View, 'kind'>>): void =>
  go({ ...view, ...part }, { replace: true });

function useWhyNot(): string | undefined {
  const me = useMe();
  const verdict = me && mayChange(me, { type: 'factor-model', universities: [null] });
  return verdict?.allowed === false ? permissionText(verdict.rule) : undefined;
}

interface ToolsProps {
  view: View;
  models: readonly EntityRecord[];
  chosen: EntityRecord;
}

function Tools({ view, models, chosen }: ToolsProps) {
  const { t } = useTexts('models');
  const why = useWhyNot();
  const others = models.filter(({ id }) => id !== chosen.id);
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('model')}
        value={chosen.id}
        data={models.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={({ currentTarget }) => adjust(view, { model: currentTarget.value })}
      />
      {chosen.payload['is_active'] === true ? (
        <span className={`inline gap-4 medium ${styles.inUse}`}>
          <IconCheck size={14} stroke={2} aria-hidden /> {t('records:field.is_active')}
        </span>
      ) : (
        <Button
          size="xs"
          variant="default"
          disabled={why !== undefined}
          title={why}
          onClick={() => void activate(chosen, models).catch(report)}
        >
          {t('activate')}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => go(recordPage('factor-model', chosen.id))}>
        {t('edit')}
      </Button>
      {others.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('compareWith')}
          value={others.some(({ id }) => id === view.compared) ? view.compared : ''}
          data={[
            { value: '', label: view.compared === '' ? t('compareWith') : t('alone') },
            ...others.map(({ id, title }) => ({ value: id, label: t('comparedWith', { model: title }) })),
          ]}
          onChange={({ currentTarget }) => adjust(view, { compared: currentTarget.value })}
        />
      )}
    </>
  );
}

/** Rates unrated links by their bonds. */
function RateButton({ count, isPrimary = false }: { count: number; isPrimary?: boolean }) {
  const { t } = useTexts('models');
  const may = useMayChange();
  if (count === 0 || !may) return null;
  return (
    <Button {...(isPrimary ? {} : { size: 'xs', variant: 'default' })} onClick={askToRate}>
      {t('rate', { count })}
    </Button>
  );
}

function NoModel() {
  const { t } = useTexts('models');
  const why = useWhyNot();
  const factors = useRiskFactors();
  return (
    <EmptyState icon={IconBulb} text={t('noModel')}>
      <Button
        disabled={why !== undefined || !factors}
        title={why}
        onClick={() => void addBaseline(factors ?? []).catch(report)}
      >
        {t('addBaseline')}
      </Button>
    </EmptyState>
  );
}

function NoneRated({ measures }: { measures: FactorMeasures }) {
  const { t } = useTexts('models');
  const hasLinks = measures.unrated > 0;
  return (
    <EmptyState icon={IconBulb} text={t(hasLinks ? 'noneRated' : 'noLinks')}>
      {hasLinks && measures.ratable > 0 ? (
        <RateButton count={measures.ratable} isPrimary />
      ) : (
        <Button variant="default" onClick={() => go(listOf('interface'))}>
          {openListName('interface')}
        </Button>
      )}
    </EmptyState>
  );
}

interface ShownProps extends ToolsProps {
  measures: FactorMeasures;
  only: Only;
  onOnly: (only: Only) => void;
}

function Shown({ view, models, chosen, measures, only, onOnly }: ShownProps) {
  const { t } = useTexts('models');
  const { rated, bands, validation } = measures;
  const isLinks = view.part === 'links';
  const model = chosen.title;
  const heading = isLinks
    ? t('heading', { count: bands.critical, rated, model })
    : validation.judged === 0
      ? t('validation.none')
      : t('validation.heading', { count: validation.judged, correct: validation.correct, model });
  return (
    <>
      <header className={`rigid line-below px-16 py-12 ${insights.head}`}>
        <h1 className="title strong breaks">{heading}</h1>
        <div className={`row wrap small ${insights.controls}`}>
          <Formula text={t(isLinks ? 'how' : 'validation.how')} />
          <SegmentedControl
            size="xs"
            aria-label={t('part.label')}
            value={view.part}
            data={[
              { value: 'links', label: typeNames('interface') },
              { value: 'outcomes', label: typeNames('outcome') },
            ]}
            onChange={(part) => adjust(view, { part })}
          />
          <Tools view={view} models={models} chosen={chosen} />
          <RateButton count={measures.ratable} />
        </div>
      </header>
      {isLinks ? (
        <Links measures={measures} model={chosen} only={only} onOnly={onOnly} />
      ) : (
        <Outcomes measures={measures} />
      )}
    </>
  );
}

function Models({ view }: { view: View }) {
  const { t } = useTexts('models');
  const [only, setOnly] = useState<Only>(null);
  const { models, chosen, measures, error, retry } = useMeasures(view, only);
  if (!models || !measures)
    return <QueryView query={{ data: undefined, error, refetch: retry }} label={t('asking')} />;
  if (!chosen) return <NoModel />;
  if (measures.rated === 0) return <NoneRated measures={measures} />;
  return <Shown {...{ view, models, chosen, measures, only }} onOnly={setOnly} />;
}

/** Links rated by a factor model, compared with another model and with recorded outcomes. */
export default function ModelsView() {
  const view = useView() as View;
  return (
    <div className={`fill column ${insights.insights}`}>
      <InsightsBar current="models">
        <div className="flex push gap-4">
          {insightLists().map(({ id, label, icon, view: list }) => (
            <QuietButton key={id} icon={icon} size="xs" onClick={() => go(list)}>
              {label}
            </QuietButton>
          ))}
        </div>
      </InsightsBar>
      <Models key={`${view.model} ${view.compared}`} view={view} />
    </div>
  );
}
