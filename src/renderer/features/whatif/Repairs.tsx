import { Button } from '@mantine/core';
import { insightsOf } from '#shared/address/view.ts';
import type { Intervention } from '#shared/contract/analysis.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useMayChange } from '../../stores/profile.ts';
import { report } from '../../ui/notices.tsx';
import { repairChanges } from '../insights/repair.ts';
import { useAnswer } from '../insights/useAnswer.ts';
import { costText, effectText, percentText, repairText, titleWithUniversity } from '../insights/sentences.ts';
import { makeStep } from '../play/step.ts';
import styles from './whatif.module.css';

/** The biggest risk of the scenario, and the most effective repair per link. */
export function Repairs() {
  const { t } = useTexts('whatif');
  const { answer, pending } = useAnswer(insightsOf('leavers'), false);
  const mayChange = useMayChange();
  const item = answer?.items[0];
  if (!item) return null;
  const add = async (one: Intervention): Promise<void> => {
    await makeStep(await repairChanges(one), repairText(one));
  };
  return (
    <section className={styles.repairs} aria-label={t('whatif:repairs')}>
      <h2>{t('whatif:repairs')}</h2>
      <p className="dim">
        {t('whatif:risk', { title: titleWithUniversity(item), value: percentText(item.value) })}{' '}
        {pending && (
          <>
            {t('insights:computing')}{' '}
            <button type="button" className="link-button" onClick={pending.cancel}>
              {t('common:cancel')}
            </button>
          </>
        )}
      </p>
      {!pending && item.interventions.length === 0 && <p className="dim">{t('insights:noRepair')}</p>}
      <ul className="repair-list">
        {item.interventions.map((one, at) => (
          <li key={at}>
            <span>{repairText(one)}</span>
            <span className="dim">{costText(one)}</span>
            <strong className="num">{effectText(item, one.value)}</strong>
            {mayChange && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('whatif:addNamed', { what: repairText(one) })}
                onClick={() => void add(one).catch(report)}
              >
                {t('whatif:addAsStep')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
