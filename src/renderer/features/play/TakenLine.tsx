import { useTranslation } from 'react-i18next';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { useMe } from '../../stores/profile.ts';
import { whoIs, whoNamed } from '../../text/who.ts';
import { When } from '../../ui/When.tsx';

/** Of what, when and by whom a sandbox was taken: "Taken from live · 2 hours ago · by you". */
export function TakenLine({ sandbox: { from, made, by } }: { sandbox: Sandbox }) {
  const { t } = useTranslation('play');
  const me = useMe()?.id;
  return (
    <p className="play-taken dim">
      {t('taken', { from: t(from === 'live' ? 'fromLive' : 'fromOther') })}
      {made !== null && (
        <>
          {' · '}
          <When at={made} />
        </>
      )}
      {by !== null && <span title={whoNamed(by, me)}> · {t('by', { who: whoIs(by, me) })}</span>}
    </p>
  );
}
