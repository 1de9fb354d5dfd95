import { Switch } from '@mantine/core';
import type { ImportPlan } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { displayTitle, typeName } from '../../text/names.ts';
import { Changes } from '../../ui/Changes.tsx';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { EncodingQuestion, EncodingSelect } from './Doubts.tsx';
import { ImportPanel, UnitChoice, unitsOfShares } from './ImportPanel.tsx';
import {
  AttributeTable,
  isUniversityUndecided,
  MatchingNodes,
  NodeTypeChoices,
  SingleNodeTypes,
  UniversityNames,
} from './Graph.tsx';
import { Problems } from './Problems.tsx';
import { changeImport, chooseOptions } from './run.ts';
import type { FramesFile } from './state.ts';
import { planSentences } from './sentences.ts';
import importStyles from './import.module.css';
import sheetStyles from './sheet.module.css';

/** Some of the existing records that change, with each field before and after. */
export function ChangedRecords({ records, count }: { records: ImportPlan['changed']; count: number }) {
  const { t } = useTexts('transfer');
  if (records.length === 0) return null;
  return (
    <section className={importStyles.changes} aria-label={t('preview.changed')}>
      <h2>{t('preview.changed')}</h2>
      <ul>
        {records.map(({ type, id, title, before, after }) => (
          <li key={id}>
            <p>
              <strong className="medium">{displayTitle(title, type)}</strong>{' '}
              <span className="dim">{typeName(type)}</span>
            </p>
            <Changes change={{ type, action: 'update', before, after }} />
          </li>
        ))}
      </ul>
      {count > records.length && (
        <p className="dim">{t('common:plan.more', { count: count - records.length })}</p>
      )}
    </section>
  );
}

export function FramesPage({ previewedFile }: { previewedFile: FramesFile }) {
  const { t } = useTexts('transfer');
  const { plan, options, hasConsent, isChecking } = previewedFile;
  const changeCount = sumOf(plan.updates) + sumOf(plan.restores);
  const count = sumOf(plan.creates) + changeCount;
  const isUndecided = plan.graph !== null && plan.graph.matched > 0 && options.matching === 'ask';
  // Choosing to update records of the same name is the consent.
  const needsConsent = changeCount > 0 && !(plan.graph !== null && options.matching === 'update');
  const isUnclear = plan.encodings.length > 0;
  const missingDecision = isUnclear
    ? t('sheets:doubt.first')
    : plan.graph && isUniversityUndecided(plan.graph, options)
      ? t('decide.university')
      : isUndecided
        ? t('decide.choose')
        : needsConsent && !hasConsent
          ? t('decide.confirm')
          : '';
  return (
    <>
      <ViewHeader title={t('title', { name: plan.source })}>
        <span className="dim num">{bytesText(plan.bytes)}</span>
      </ViewHeader>
      <div className="fill stack import-preview">
        <div
          className={`shrink shrink-y scroll-y relative ${importStyles.what} column sheet`}
          aria-busy={isChecking}
        >
          <p className={`normal px-12 py-8 on-panel ${sheetStyles.sheetLead}`}>
            {planSentences(plan).join(' ')}
          </p>
          {isUnclear && (
            <section className="card stack gap-16 pad-16 mt-16" aria-label={t('sheets:doubt.title')}>
              <EncodingQuestion
                readings={plan.encodings}
                onChoose={(encoding) => chooseOptions({ encoding })}
              />
            </section>
          )}
          {plan.graph && <SingleNodeTypes graph={plan.graph} options={options} />}
          {plan.graph && <AttributeTable graph={plan.graph} options={options} />}
          <ChangedRecords records={plan.changed} count={sumOf(plan.updates)} />
          <Problems plan={plan} />
        </div>
        <ImportPanel
          previewedFile={previewedFile}
          isEmpty={plan.workspace_empty}
          blockedReason={missingDecision}
          buttonLabel={count > 0 ? t('decide.import', { count }) : ''}
        >
          {(plan.encoding !== 'utf-8' || options.encoding !== undefined) && !isUnclear && (
            <EncodingSelect encoding={plan.encoding} onChoose={(encoding) => chooseOptions({ encoding })} />
          )}
          <UnitChoice
            label={t('decide.unit')}
            unit={plan.duration_unit}
            units={['years', 'months']}
            onChoose={(duration_unit) => chooseOptions({ duration_unit })}
          />
          {plan.graph && <NodeTypeChoices graph={plan.graph} options={options} />}
          {plan.graph && <UniversityNames graph={plan.graph} options={options} />}
          {plan.graph && <MatchingNodes graph={plan.graph} options={options} />}
          {plan.asks_loss_unit && (
            <UnitChoice
              label={t('decide.losses')}
              unit={plan.loss_unit}
              units={unitsOfShares(plan.loss_unit, plan.loss_scale)}
              onChoose={(loss_unit) => chooseOptions({ loss_unit })}
            />
          )}
          {(plan.same_universities > 0 || options.universities === 'new') && (
            <Switch
              label={t('decide.sameUniversities')}
              checked={options.universities === 'same'}
              onChange={(event) =>
                chooseOptions({ universities: event.currentTarget.checked ? 'same' : 'new' })
              }
            />
          )}
          {needsConsent && (
            <Switch
              label={t('decide.force')}
              description={t('decide.forceHint')}
              checked={hasConsent}
              onChange={(event) => changeImport({ hasConsent: event.currentTarget.checked })}
            />
          )}
        </ImportPanel>
      </div>
    </>
  );
}
