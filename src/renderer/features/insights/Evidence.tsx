import { Button } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { Insight, Intervention } from '#shared/contract/analysis.ts';
import { matrixOf } from '#shared/address/view.ts';
import type { InsightsView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go, useView } from '../../stores/address.ts';
import { TitleLink, LinkButton } from '../../ui/LinkButton.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import type { Pending as PendingState } from '../../stores/useStream.ts';
import { Picture } from './Picture.tsx';
import { liveValue, mostLive, subjectOf, useLiveAnswer } from './useAnswer.ts';
import { useMayChange } from '../../stores/profile.ts';
import { inPlay, isLive } from '../../stores/target.ts';
import { report } from '../../ui/notices.tsx';
import { tryChanges } from '../play/NewSandbox.tsx';
import { makeStep } from '../play/step.ts';
import { PlanButton, Planned, samePlan, usePlanned } from './PlanRepair.tsx';
import { repairChanges } from './repair.ts';
import { costText, effectText, percentText, repairText, titleText } from './sentences.ts';
import styles from './insights.module.css';

/** A repair is tried in a sandbox, where the question is asked again. */
async function tryRepair(one: Intervention, view: InsightsView): Promise<void> {
  tryChanges(repairText(one), await repairChanges(one), view);
}

/** In a sandbox, a repair is a further step. */
async function addRepair(one: Intervention, view: InsightsView): Promise<void> {
  await makeStep(await repairChanges(one), repairText(one));
  go(view, { replace: true });
}

interface RepairsProps {
  item: Insight;
  pending: PendingState | null;
}

/** Progress and a stop button. */
export function Pending({ pending, label }: { pending: PendingState; label: string }) {
  const { t } = useTexts('common');
  return (
    <div className={`stack center gap-12 small ${styles.pending}`}>
      <span className="dim">{label}</span>
      <ProgressLine progress={pending.progress} label={label} />
      <Button size="xs" variant="default" onClick={pending.cancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}

/** In a sandbox: the value in live, and here. `isGone`: no longer listed here. */
function AgainstLive({ item, isGone }: { item: Insight; isGone: boolean }) {
  const { t } = useTexts('insights');
  const { data } = useLiveAnswer(useView() as InsightsView);
  if (!inPlay() || item.because.code.startsWith('set')) return null;
  const value = data && liveValue(data, item);
  const live = value === null ? t('against.unranked', { count: mostLive }) : percentText(value ?? 0);
  return (
    <section>
      <h2>{t('against.title')}</h2>
      <p className="num">
        {value === undefined
          ? t('against.reading')
          : isGone
            ? t('against.gone', { live, title: titleText(item) })
            : t('against.values', { live, here: percentText(item.value) })}
      </p>
    </section>
  );
}

/** The interventions for an item, with buttons to try them. */
function Repairs({ item, pending }: RepairsProps) {
  const { t } = useTexts('insights');
  // The repaired item stays shown, whatever its new rank.
  const view: InsightsView = { ...(useView() as InsightsView), item: subjectOf(item) };
  const mayChange = useMayChange();
  const { question } = view;
  const planned = usePlanned(question, item);
  const way = !mayChange ? null : inPlay() ? 'add' : isLive() ? 'try' : null;
  return (
    <section>
      <h2>{t('insights:repairs')}</h2>
      {pending && <Pending pending={pending} label={t('insights:computing')} />}
      {!pending && item.interventions.length === 0 && <p className="dim">{t('insights:noRepair')}</p>}
      <ul className={`repair-list stack gap-2-12 ${styles.repairs}`}>
        {item.interventions.map((one, at) => {
          const same = samePlan(planned, item, one);
          return (
            <li key={at}>
              <span>
                {repairText(one)}{' '}
                <span className={`flex wrap gap-2-12 tiny dim ${styles.cost}`}>
                  {costText(one)}
                  {same && <Planned record={same} />}
                </span>
              </span>
              <strong className="num">{effectText(item, one.value)}</strong>
              <span className={`flex wrap gap-4 ${styles.ways}`}>
                {way === 'try' && (
                  <Button size="xs" variant="default" onClick={() => void tryRepair(one, view).catch(report)}>
                    {t('insights:tryInPlay')}
                  </Button>
                )}
                {way === 'add' && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('whatif:addNamed', { what: repairText(one) })}
                    onClick={() => void addRepair(one, view).catch(report)}
                  >
                    {t('whatif:addAsStep')}
                  </Button>
                )}
                {way === 'try' && !same && <PlanButton question={question} item={item} one={one} />}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const mostNamed = 6;

function Records({ item }: { item: Insight }) {
  const { t } = useTexts('insights');
  const [all, setAll] = useState(false);
  const named = all ? item.records : item.records.slice(0, mostNamed);
  const hidden = item.record_count - named.length;
  return (
    <section className={styles.records}>
      <h2>{t('records')}</h2>
      <p>
        {named.map(({ id, type, title }) => (
          <TitleLink key={id} {...{ id, type, title }} />
        ))}
        {hidden > 0 && item.records.length > named.length && (
          <LinkButton className="dim" onClick={() => setAll(true)}>
            {t('more', { count: hidden })}
          </LinkButton>
        )}
      </p>
    </section>
  );
}

/** Links to an item's areas of expertise. */
function Areas({ areas }: { areas: readonly string[] }) {
  const { t } = useTexts('insights');
  return (
    <section className={styles.records}>
      <p>
        {areas.map((area) => (
          <Button
            key={area}
            size="xs"
            variant="default"
            leftSection={<IconGridDots size={16} stroke={1.6} />}
            onClick={() => go(matrixOf({ content: 'expertise', area }))}
          >
            {areas.length === 1 ? t('inMatrix') : t('areaInMatrix', { area })}
          </Button>
        ))}
      </p>
    </section>
  );
}

interface Props {
  item: Insight;
  /** The progress of confidence and interventions; null when done. */
  pending: PendingState | null;
  /** The item is from live, because it is no longer listed here. */
  isGone: boolean;
}

/** The evidence of an item: network, records, and interventions. */
export function Evidence({ item, pending, isGone }: Props) {
  return (
    <div className="column shrink shrink-y">
      <Picture item={item} />
      <div className={`shrink-y scroll-y small line-above ${styles.below}`}>
        {item.areas && <Areas areas={item.areas} />}
        <AgainstLive item={item} isGone={isGone} />
        {!isGone && <Repairs item={item} pending={pending} />}
        <Records item={item} />
      </div>
    </div>
  );
}
