import { useTranslation } from 'react-i18next';
import type { Verification } from '#shared/contract/workspace.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { say } from '../../../i18n/setup.ts';
import { foundText } from '../../../text/found.ts';
import { RecoverButton } from '../../../ui/RecoverButton.tsx';

const parts = ['integrity', 'chain', 'replay'] as const;
const shown = 20;

/** What a check that found nothing wrong says, as a sentence. */
export function orderText({ chain, counts }: Verification): string {
  const entries = say('home:kept.entries', { count: chain.transactions });
  const count = sumOf(counts);
  return say('home:kept.ok', { entries, records: say('common:count', { count }) });
}

/** What a check found wrong. Where that is no damage of the file, one can go on working in it. */
function Wrong({ result }: { result: Verification }) {
  const { t } = useTranslation('home');
  const isDamaged = result.damage.length > 0;
  const file = isDamaged ? 'integrity' : result.unread ? 'unread' : 'sound';
  const canGoOn = file === 'sound' && result.replay.ok;
  const wrong = parts.filter((part) => !result[part].ok);
  const problems = wrong.flatMap((part) => result[part].problems);
  return (
    <div className="home-damage" role="alert">
      {wrong.map((part) => (
        <p key={part}>{t(`kept.bad.${part === 'integrity' ? file : part}`)}</p>
      ))}
      <p>{t(canGoOn ? 'kept.bad.mend' : 'kept.bad.todo')}</p>
      {isDamaged && <RecoverButton />}
      <details>
        <summary>{t('kept.bad.problems')}</summary>
        <ul>
          {problems.slice(0, shown).map((problem, index) => (
            <li key={`${index}-${problem}`}>{foundText(problem)}</li>
          ))}
          {problems.length > shown && <li>{t('kept.bad.more', { count: problems.length - shown })}</li>}
        </ul>
      </details>
    </div>
  );
}

/** What the last check said. */
export function Verdict({ result }: { result: Verification }) {
  const { t } = useTranslation('home');
  if (!result.ok) return <Wrong result={result} />;
  return (
    <>
      <p className="home-verdict">{orderText(result)}</p>
      {!result.chain.kept && <p className="home-verdict">{t('kept.noHead')}</p>}
    </>
  );
}
