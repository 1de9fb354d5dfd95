import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconBulb, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { listOf, recordPage } from '#shared/address/view.ts';
import type { ModelsView as View } from '#shared/address/view.ts';
import type { FactorMeasures } from '#shared/contract/factors.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { changeVerdict } from '#shared/domain/permissions.ts';
import type { FieldChange } from '#shared/contract/bulk.ts';
import { baselineFactors, baselineModel } from '#shared/domain/baseline-model.ts';
import { useTexts, say } from '../../../i18n/setup.ts';
import { navigate, useView } from '../../../stores/address.ts';
import { useFactorModels, useRiskFactors } from '../../../stores/factors.ts';
import type { RiskFactor } from '../../../stores/factors.ts';
import { useCanChange, useMe } from '../../../stores/profile.ts';
import { denialText } from '../../../text/faults.ts';
import { openListName, typeNames } from '../../../text/names.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { reportError, notice } from '../../../ui/notices.tsx';
import { insightLists } from '../../../ui/navigation.ts';
import { QuietButton } from '../../../ui/QuietButton.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { Formula } from '../Formula.tsx';
import { InsightsBar } from '../InsightsBar.tsx';
import insights from '../insights.module.css';
import { Links } from './Links.tsx';
import { Outcomes, validationHeading } from './Outcomes.tsx';
import type { LinkFilter } from './Links.tsx';
import { api } from '../../../api/client.ts';
import { queryKeys, queryFor } from '../../../stores/queries.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoAction } from '../../../stores/undo.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { countChanges, PlanPreview } from '../../../ui/PlanPreview.tsx';
import { useChangeScope } from '../../../ui/useUniversityChoice.tsx';

function askToRate(): void {
  openDialog({ title: say('models:rating.title'), size: 520 }, (close) => <RateForm onDone={close} />);
}

function RateForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('models');
  const { university, field } = useChangeScope();
  return (
    <PlanForm
      input={{ university }}
      start={(step, options) => api.analysis.rateByBonds({ university, ...step }, options)}
      onApplied={({ op_id, ...result }) => {
        onDone();
        notice({ ...undoAction(op_id), title: t('rating.done', { count: countChanges(result) }) });
      }}
      blocked={(plan) => countChanges(plan) === 0}
      saveLabel={t('rating.button')}
      runningLabel={t('rating.title')}
      onCancel={onDone}
    >
      {(plan) => (
        <>
          <p>{t('rating.what')}</p>
          {field}
          <PlanPreview plan={plan}>
            {plan.unknown > 0 && <li className="dim">{t('rating.unknown', { count: plan.unknown })}</li>}
          </PlanPreview>
          {countChanges(plan) === 0 && plan.problems.length === 0 && <p>{t('rating.nothing')}</p>}
        </>
      )}
    </PlanForm>
  );
}

async function applyChanges(changes: FieldChange[], title: string): Promise<void> {
  const { op_id } = await whileSaving(() => api.entities.applyChanges({ changes }));
  notice({ ...undoAction(op_id), title });
}

const activationChange = (id: string, is_active: boolean): FieldChange => ({
  kind: 'update',
  type: 'factor-model',
  id,
  data: { is_active },
});

function activate({ id, title }: EntityRecord, models: readonly EntityRecord[]): Promise<void> {
  const activeModels = models.filter((model) => model.id !== id && model.payload['is_active'] === true);
  const changes = [
    ...activeModels.map((model) => activationChange(model.id, false)),
    activationChange(id, true),
  ];
  return applyChanges(changes, say('models:activated', { model: title }));
}

function addBaseline(factors: readonly RiskFactor[]): Promise<void> {
  const missingFactors = baselineFactors.filter(({ factor_name }) =>
    factors.every(({ name }) => name !== factor_name),
  );
  const changes: FieldChange[] = [
    ...missingFactors.map((data) => ({ kind: 'create' as const, type: 'risk-factor' as const, data })),
    { kind: 'create', type: 'factor-model', data: baselineModel },
  ];
  return applyChanges(changes, say('models:baselineAdded'));
}

const updateView = (view: View, change: Partial<Omit<View, 'kind'>>): void =>
  navigate({ ...view, ...change }, { replace: true });

function useEditRefusal(): string | undefined {
  const me = useMe();
  return denialText(me && changeVerdict(me, { type: 'factor-model', universities: [null] })) ?? undefined;
}

interface ToolsProps {
  view: View;
  models: readonly EntityRecord[];
  chosenModel: EntityRecord;
}

function Tools({ view, models, chosenModel }: ToolsProps) {
  const { t } = useTexts('models');
  const refusal = useEditRefusal();
  const otherModels = models.filter(({ id }) => id !== chosenModel.id);
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('model')}
        value={chosenModel.id}
        data={models.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={({ currentTarget }) => updateView(view, { model: currentTarget.value })}
      />
      {chosenModel.payload['is_active'] === true ? (
        <span className="inline gap-4 medium ok">
          <IconCheck size={14} stroke={2} aria-hidden /> {t('records:field.is_active')}
        </span>
      ) : (
        <Button
          size="xs"
          disabled={refusal !== undefined}
          title={refusal}
          onClick={() => void activate(chosenModel, models).catch(reportError)}
        >
          {t('activate')}
        </Button>
      )}
      <Button size="xs" onClick={() => navigate(recordPage('factor-model', chosenModel.id))}>
        {t('edit')}
      </Button>
      {otherModels.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('compareWith')}
          value={otherModels.some(({ id }) => id === view.compared) ? view.compared : ''}
          data={[
            { value: '', label: view.compared === '' ? t('compareWith') : t('alone') },
            ...otherModels.map(({ id, title }) => ({
              value: id,
              label: t('comparedWith', { model: title }),
            })),
          ]}
          onChange={({ currentTarget }) => updateView(view, { compared: currentTarget.value })}
        />
      )}
    </>
  );
}

function RateButton({ count, isPrimary = false }: { count: number; isPrimary?: boolean }) {
  const { t } = useTexts('models');
  const canRate = useCanChange();
  if (count === 0 || !canRate) return null;
  return (
    <Button variant="filled" {...(isPrimary ? {} : { size: 'xs', variant: 'default' })} onClick={askToRate}>
      {t('rate', { count })}
    </Button>
  );
}

function NoModel() {
  const { t } = useTexts('models');
  const refusal = useEditRefusal();
  const factors = useRiskFactors();
  return (
    <EmptyState icon={IconBulb} text={t('noModel')}>
      <Button
        variant="filled"
        disabled={refusal !== undefined || !factors}
        title={refusal}
        onClick={() => void addBaseline(factors ?? []).catch(reportError)}
      >
        {t('addBaseline')}
      </Button>
    </EmptyState>
  );
}

function NoRatedLinks({ measures }: { measures: FactorMeasures }) {
  const { t } = useTexts('models');
  const hasLinks = measures.unrated > 0;
  return (
    <EmptyState icon={IconBulb} text={t(hasLinks ? 'noneRated' : 'noLinks')}>
      {hasLinks && measures.ratable > 0 ? (
        <RateButton count={measures.ratable} isPrimary />
      ) : (
        <Button onClick={() => navigate(listOf('interface'))}>{openListName('interface')}</Button>
      )}
    </EmptyState>
  );
}

interface ModelPageProps extends ToolsProps {
  measures: FactorMeasures;
  filter: LinkFilter;
  onFilter: (filter: LinkFilter) => void;
}

function ModelPage({ view, models, chosenModel, measures, filter, onFilter }: ModelPageProps) {
  const { t } = useTexts('models');
  const { rated, bands, band_scale: scale, validation } = measures;
  const showsLinks = view.part === 'links';
  const model = chosenModel.title;
  const linksHeading =
    scale === 'rank'
      ? t('headingByRank', { count: rated, model })
      : t('heading', { count: bands.critical, rated, model });
  const heading = showsLinks ? linksHeading : validationHeading(validation, model);
  return (
    <>
      <header className="rigid line-below px-16 py-12">
        <h1 className="title strong breaks mb-4">{heading}</h1>
        <div className={`row wrap small ${insights.controls}`}>
          <Formula text={t(showsLinks ? 'how' : 'validation.how')} />
          <SegmentedControl
            aria-label={t('part.label')}
            value={view.part}
            data={[
              { value: 'links', label: typeNames('interface') },
              { value: 'outcomes', label: typeNames('outcome') },
            ]}
            onChange={(part) => updateView(view, { part })}
          />
          <Tools view={view} models={models} chosenModel={chosenModel} />
          <RateButton count={measures.ratable} />
        </div>
      </header>
      {showsLinks ? (
        <Links measures={measures} model={chosenModel} filter={filter} onFilter={onFilter} />
      ) : (
        <Outcomes measures={measures} />
      )}
    </>
  );
}

const maxLinks = 200;

function useMeasures({ model, compared }: View, filter: LinkFilter) {
  const models = useFactorModels();
  const findModel = (id: string) => models?.find((candidate) => candidate.id === id);
  const findFlagged = (field: string) => models?.find(({ payload }) => payload[field] === true);
  const chosenModel: EntityRecord | undefined =
    findModel(model) ?? findFlagged('is_active') ?? findFlagged('is_baseline') ?? models?.[0];
  const comparedModel = findModel(compared);
  const input = {
    ...(chosenModel && { model: chosenModel.id }),
    ...(comparedModel && comparedModel.id !== chosenModel?.id && { compare: comparedModel.id }),
    only: filter === 'unrated' ? null : filter,
    limit: maxLinks,
  };
  const { data, error, refetch } = useQuery({
    ...queryFor('analysis.factor', input, queryKeys.insights({ factor: input })),
    enabled: models !== undefined,
    placeholderData: keepPreviousData,
  });
  return { models, chosenModel, measures: data, error, retry: () => void refetch() };
}

function Models({ view }: { view: View }) {
  const { t } = useTexts('models');
  const [filter, setFilter] = useState<LinkFilter>(null);
  const { models, chosenModel, measures, error, retry } = useMeasures(view, filter);
  if (!models || !measures)
    return <QueryView query={{ data: undefined, error, refetch: retry }} label={t('asking')} />;
  if (!chosenModel) return <NoModel />;
  if (measures.rated === 0) return <NoRatedLinks measures={measures} />;
  return <ModelPage {...{ view, models, chosenModel, measures }} filter={filter} onFilter={setFilter} />;
}

/** Links rated by a factor model, compared with another model and with recorded outcomes. */
export default function ModelsView() {
  const view = useView() as View;
  return (
    <div className={`fill column ${insights.insights}`}>
      <InsightsBar currentPage="models">
        <div className="flex push gap-4">
          {insightLists().map(({ id, label, icon, view: list }) => (
            <QuietButton key={id} icon={icon} size="xs" onClick={() => navigate(list)}>
              {label}
            </QuietButton>
          ))}
        </div>
      </InsightsBar>
      <Models key={`${view.model} ${view.compared}`} view={view} />
    </div>
  );
}
