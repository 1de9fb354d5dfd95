import { Button } from '@mantine/core';
import type { Insight, Intervention } from '#shared/contract/analysis.ts';
import type { InsightsView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go, useView } from '../../stores/address.ts';
import { useMayChange } from '../../stores/profile.ts';
import { inPlay, isLive } from '../../stores/target.ts';
import { report } from '../../ui/notices.tsx';
import { tryChanges } from '../play/NewSandbox.tsx';
import { makeStep } from '../play/step.ts';
import { Pending } from './Pending.tsx';
import { PlanButton, Planned, samePlan, usePlanned } from './PlanRepair.tsx';
import { repairChanges } from './repair.ts';
import { costText, effectText, repairText } from './sentences.ts';
import { subjectOf } from './useAnswer.ts';
import type { AnswerState } from './useAnswer.ts';
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

interface Props {
  item: Insight;
  pending: AnswerState['pending'];
}

/** The interventions for an item, with buttons to try them. */
export function Repairs({ item, pending }: Props) {
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
