import { insightsOf } from '#shared/address/view.ts';
import type { InsightsView } from '#shared/address/view.ts';
import type { Intervention } from '#shared/contract/analysis.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useCanChange } from '../../stores/profile.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { reportError } from '../../ui/notices.tsx';
import { RowButton } from '../../ui/RowButton.tsx';
import { ComparedValues } from '../insights/ItemDetails.tsx';
import { repairChanges } from '../insights/repair-changes.ts';
import { effectText, percentText, titleWithUniversity } from '../insights/sentences.ts';
import { costText, repairText } from '../insights/repair-sentences.ts';
import { matchesView, useAnswer, useLiveAnswer } from '../insights/useAnswer.ts';
import { applyStep, useStoredItem } from '../play/kept-changes.ts';

const defaultView = insightsOf('leavers');

/** The item that the sandbox was made for, from the answers of Insights here and in live; without one, the biggest risk. */
function useItem(view: InsightsView) {
  const { answer, pending } = useAnswer(view);
  const { data: liveAnswer } = useLiveAnswer(view);
  if (!answer || view.item === '') return { item: answer?.items[0], isUnlisted: false, pending };
  const item = answer.items.find(matchesView(view));
  // If the sandbox no longer lists a repaired item, the item of live is shown.
  return { item: item ?? liveAnswer?.items.find(matchesView(view)), isUnlisted: !item, pending };
}

/** The item of Insights that the sandbox was made for, and its value in live and here; nothing for other sandboxes. */
export function StoredItem() {
  const { t } = useTexts('whatif');
  const storedView = useStoredItem();
  const view = storedView ?? defaultView;
  const { item, isUnlisted } = useItem(view);
  if (!storedView || !item) return null;
  return (
    <section className="small" aria-label={t('measuredItem')}>
      <p className="dim">
        {t('fromInsights', { question: t(`insights:question.${view.question}`) })}{' '}
        <LinkButton className="medium" onClick={() => navigate(view)}>
          {titleWithUniversity(item)}
        </LinkButton>
      </p>
      <ComparedValues view={view} item={item} isUnlisted={isUnlisted} />
    </section>
  );
}

/** The item that the sandbox was made for, or the biggest risk of the scenario, and its repairs. */
export function Repairs() {
  const { t } = useTexts('whatif');
  const storedView = useStoredItem();
  const { item, isUnlisted, pending } = useItem(storedView ?? defaultView);
  const canChange = useCanChange();
  if (!item) return null;
  const add = async (repair: Intervention): Promise<void> => {
    await applyStep(await repairChanges(repair), repairText(repair));
  };
  const repairs = isUnlisted ? [] : item.interventions;
  return (
    <section className="small" aria-label={t('whatif:repairs')}>
      <h2 className="mb-4">{t('whatif:repairs')}</h2>
      <p className="dim">
        {!storedView &&
          t('whatif:risk', { title: titleWithUniversity(item), value: percentText(item.value) })}{' '}
        {pending && (
          <>
            {t('insights:computing')}{' '}
            <button type="button" className="link-button" onClick={pending.cancel}>
              {t('common:cancel')}
            </button>
          </>
        )}
      </p>
      {!pending && repairs.length === 0 && <p className="dim">{t('insights:noRepair')}</p>}
      <ul className="repair-list">
        {repairs.map((repair, index) => (
          <li key={index}>
            <span>{repairText(repair)}</span>
            <span className="dim">{costText(repair)}</span>
            <strong className="num">{effectText(item, repair.value)}</strong>
            {canChange && (
              <RowButton
                label={t('whatif:addAsStep')}
                named={t('whatif:addNamed', { what: repairText(repair) })}
                onClick={() => void add(repair).catch(reportError)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
