import { Button } from '@mantine/core';
import { useState } from 'react';
import { riskBand } from '#shared/contract/factors.ts';
import type { FactorMeasures, RiskBand } from '#shared/contract/factors.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { listWithRecord } from '#shared/address/view.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { useRiskFactors } from '../../../stores/factors.ts';
import { useStatus } from '../../../stores/view-status.ts';
import { choiceName, fieldName, displayTitle } from '../../../text/names.ts';
import insights from '../insights.module.css';
import { Ranking } from '../Ranking.tsx';
import { totalText } from '../sentences.ts';
import styles from './models.module.css';

const levelOfBand: Readonly<Record<RiskBand, number>> = { low: 1, moderate: 2, high: 3, critical: 4 };

/** The band of a total as bars filled up to its level, with its name unless `isIconOnly`. */
function Band({ band, isIconOnly = false }: { band: RiskBand; isIconOnly?: boolean }) {
  const { t } = useTexts('models');
  return (
    <span className={`baseline gap-4 tiny medium nowrap inline-flex ${styles.band}`} data-band={band}>
      <svg width="16" height="12" aria-hidden>
        {[1, 2, 3, 4].map((level) => (
          <rect
            key={level}
            x={(level - 1) * 4}
            y={12 - level * 3}
            width="3"
            height={level * 3}
            fillOpacity={level <= levelOfBand[band] ? 1 : 0.25}
          />
        ))}
      </svg>
      {!isIconOnly && t(`band.${band}`)}
    </span>
  );
}

export type LinkFilter = RiskBand | 'changed' | 'unrated' | null;

interface Props {
  measures: FactorMeasures;
  model: EntityRecord;
  filter: LinkFilter;
  onFilter: (filter: LinkFilter) => void;
}
type Link = FactorMeasures['interfaces'][number];
type UnratedLink = FactorMeasures['unrated_interfaces'][number];
type Comparison = NonNullable<FactorMeasures['compared']>;

/** Buttons with the numbers of links: all, by band, changed and unrated. Each filters the links. */
function Bands({ measures, filter, onFilter }: Omit<Props, 'model'>) {
  const { t } = useTexts('models');
  const { bands, band_scale: scale, rated, unrated, mean, compared } = measures;
  const renderChip = (value: LinkFilter, label: string, count: number) => (
    <button
      key={label}
      type="button"
      className={styles.chip}
      aria-pressed={filter === value}
      disabled={count === 0 && filter !== value}
      onClick={() => onFilter(value)}
    >
      {value !== null && value !== 'changed' && value !== 'unrated' && <Band band={value} isIconOnly />}
      {label} <strong className="num">{count}</strong>
    </button>
  );
  return (
    <fieldset className="row wrap gap-8" aria-label={t('bands')}>
      {renderChip(null, t('all'), rated)}
      {riskBand.options.toReversed().map((band) => renderChip(band, t(`band.${band}`), bands[band]))}
      {compared && renderChip('changed', t('changed'), compared.changed)}
      <span className={styles.apart}>{renderChip('unrated', t('unrated'), unrated)}</span>
      {mean !== null && <span className="push small dim num">{t('mean', { mean: totalText(mean) })}</span>}
      {scale !== 'fixed' && <p className="full small dim">{t(`scale.${scale}`)}</p>}
    </fieldset>
  );
}

function Agreement({ compared }: { compared: Comparison }) {
  const { t } = useTexts('models');
  const { correlation, changed, mean, model } = compared;
  return (
    <p className="small mt-8">
      {correlation === null ? (
        t('correlationUnknown')
      ) : (
        <span title={t('comparisonTip')} className="explained term">
          {t('comparison', { correlation: totalText(correlation) })}
        </span>
      )}{' '}
      · {t('changes', { count: changed })} ·{' '}
      {mean !== null && t('by', { total: t('mean', { mean: totalText(mean) }), model: model.name })}
    </p>
  );
}

function Item({
  link,
  index,
  otherModel,
}: {
  link: Link | UnratedLink;
  index: number;
  otherModel: string | undefined;
}) {
  const { t } = useTexts('models');
  const title = (
    <>
      <strong>{displayTitle(link.title, 'interface')}</strong> <span className="dim">{link.university}</span>
    </>
  );
  if (!('total' in link))
    return (
      <>
        <span />
        <span className={`breaks ${insights.title}`}>{title}</span>
      </>
    );
  const { total, band, compared } = link;
  return (
    <>
      <span className="faint num">{index + 1}</span>
      <span className={`breaks ${insights.title}`}>{title}</span>
      <span className={`baseline gap-8 ${styles.total}`}>
        <strong className="num">{totalText(total)}</strong> <Band band={band} />
      </span>
      {compared && otherModel !== undefined && (
        <span className={`gap-8 dim ${styles.other}`}>
          {t('by', { total: totalText(compared.total), model: otherModel })}{' '}
          {compared.band !== band && <Band band={compared.band} />}
        </span>
      )}
    </>
  );
}

const roundingTolerance = 0.000_001;

function FactorTable({ link, compared }: { link: Link; compared: Comparison | null }) {
  const { t } = useTexts('models');
  const factors = useRiskFactors();
  const sum = link.parts.reduce((total, { contribution }) => total + contribution, 0);
  const isCapped = sum > 1 + roundingTolerance;
  return (
    <table className={`small full ${styles.table}`}>
      <thead>
        <tr>
          <th scope="col">{t('records:field.factor')}</th>
          <th scope="col">{t('records:field.value')}</th>
          <th scope="col" className="num">
            {t('records:field.contribution')}
          </th>
          <th scope="col" className="num">
            {t('records:field.weight')}
          </th>
          <th scope="col" className="num">
            {t('adds')}
          </th>
        </tr>
      </thead>
      <tbody>
        {link.parts.map(({ factor, value, weight, contribution }) => {
          const riskFactor = factors?.find(({ name }) => name === factor);
          const unweightedValue = riskFactor?.values.find((option) => option.value === value)?.contribution;
          return (
            <tr key={factor}>
              <th scope="row">{riskFactor?.label ?? factor}</th>
              <td>{value}</td>
              <td className="num">{unweightedValue === undefined ? '–' : totalText(unweightedValue)}</td>
              <td className="num">× {totalText(weight)}</td>
              <td className="num">{totalText(contribution)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={4}>
            {t('dashboard:total')} <Band band={link.band} />
          </th>
          <td className="num">{totalText(link.total)}</td>
        </tr>
        {compared && link.compared && (
          <tr>
            <th scope="row" colSpan={4}>
              {compared.model.name} <Band band={link.compared.band} />
            </th>
            <td className="num">{totalText(link.compared.total)}</td>
          </tr>
        )}
        {isCapped && (
          <tr>
            <td colSpan={5} className="dim">
              {t('capped', { sum: totalText(sum) })}
            </td>
          </tr>
        )}
      </tfoot>
    </table>
  );
}

function Detail({
  link,
  compared,
}: {
  link: Link | { id: string; title: string };
  compared: Comparison | null;
}) {
  const { t } = useTexts('models');
  return (
    <section className={styles.detail} aria-label={link.title}>
      <header className="flex top apart gap-12 mb-12">
        <h2>{displayTitle(link.title, 'interface')}</h2>
        <Button size="xs" onClick={() => navigate(listWithRecord('interface', link.id))}>
          {t('panel:links.open')}
        </Button>
      </header>
      {!('total' in link) ? (
        <p className="dim">{t('notRated')}</p>
      ) : (
        <>
          {link.parts.length === 0 && <p className="dim">{t('unknownParts')}</p>}
          <FactorTable link={link} compared={compared} />
        </>
      )}
    </section>
  );
}

function Hypothesis({ model: { title, payload } }: { model: EntityRecord }) {
  const { hypothesis, validation_status: status } = payload;
  if (typeof hypothesis !== 'string' || hypothesis === '') return null;
  return (
    <section className={`line-above ${styles.hypothesis}`}>
      <h2 className="small mb-4">
        {fieldName('hypothesis')}: {title}{' '}
        {typeof status === 'string' && <span className="dim">{choiceName(status)}</span>}
      </h2>
      <p className="breaks prose">{hypothesis}</p>
    </section>
  );
}

export function Links({ measures, model, filter, onFilter }: Props) {
  const { t } = useTexts('models');
  const [selected, setSelected] = useState(0);
  const { compared } = measures;
  const isUnrated = filter === 'unrated';
  const items: readonly (Link | UnratedLink)[] = isUnrated
    ? measures.unrated_interfaces
    : measures.interfaces;
  const totalCount = isUnrated ? measures.unrated : measures.matched;
  const selectedIndex = Math.min(selected, items.length - 1);
  const item = items[selectedIndex];
  const shownText = t('shown', { shown: items.length, all: totalCount });
  useStatus(shownText);
  return (
    <>
      <div className="rigid line-below px-16 py-8">
        <Bands
          measures={measures}
          filter={filter}
          onFilter={(next) => {
            setSelected(0);
            onFilter(next);
          }}
        />
        {compared && <Agreement compared={compared} />}
      </div>
      <div className={`fill stack ${insights.body}`}>
        <Ranking
          label={t(isUnrated ? 'unratedLinks' : 'links')}
          rows={items.map((link, index) => ({
            key: link.id,
            content: <Item link={link} index={index} otherModel={compared?.model.name} />,
          }))}
          selectedIndex={selectedIndex}
          onSelect={setSelected}
          foot={items.length === 0 ? t('nothingShown') : totalCount > items.length ? shownText : ''}
        />
        <div className="shrink scroll-y">
          {item && <Detail key={item.id} link={item} compared={compared} />}
          <Hypothesis model={model} />
        </div>
      </div>
    </>
  );
}
