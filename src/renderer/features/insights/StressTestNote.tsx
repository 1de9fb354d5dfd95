import type { Answer } from '#shared/contract/analysis.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { unrecordedText } from './sentences.ts';

/** How confidence was tested, and what the tests assume of links that nobody recorded. */
export function StressTestNote({ answer: { runs, unrecorded } }: { answer: Answer }) {
  const { t } = useTexts('insights');
  if (runs === 0) return null;
  return (
    <>
      {t('tests')}{' '}
      {unrecorded && (
        <>
          {unrecordedText(unrecorded)}{' '}
          <LinkButton className="accent" onClick={() => navigate({ kind: 'confirm' })}>
            {t(unrecorded.confirmed + unrecorded.added > 0 ? 'unrecorded.update' : 'unrecorded.measure')}
          </LinkButton>
        </>
      )}
    </>
  );
}
