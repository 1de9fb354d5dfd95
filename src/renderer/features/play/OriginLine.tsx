import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { timeOfBackupId } from '#shared/domain/backup-id.ts';
import { exactTime } from '../../text/time.ts';
import { authorName, authorFullName } from '../../text/author-name.ts';
import { When } from '../../ui/When.tsx';
import { useSandboxes, useSharedSandboxes } from './useSandboxes.ts';
import styles from './play.module.css';

/** The origin of a sandbox: "from live", "from golden version 2". */
function useOriginText(from: string | null): string {
  const { t } = useTexts('play');
  const { data: sandboxes = [] } = useSandboxes();
  const { data: shared = [] } = useSharedSandboxes();
  if (from === 'live') return t('fromLive');
  if (from === 'salvage') return t('fromSalvage');
  if (from?.startsWith('shared:')) {
    const sharedSandbox = shared.find(({ id }) => `shared:${id}` === from);
    return sharedSandbox ? t('fromShared', { name: sharedSandbox.name }) : t('fromOtherShared');
  }
  if (from?.startsWith('golden:')) return t('fromGolden', { version: from.slice('golden:'.length) });
  if (from?.startsWith('backup:')) {
    const id = from.slice('backup:'.length);
    const madeAt = timeOfBackupId(id);
    return t('fromBackup', { when: madeAt === null ? id : exactTime(madeAt) });
  }
  const name = sandboxes.find(({ id }) => id === from)?.name;
  return name == null ? t('fromOther') : t('fromSandbox', { name });
}

/** Origin, time and author of a sandbox, and its last refresh: "Taken from live · 2 hours ago · by you". */
export function OriginLine({ sandbox: { from, made, by, refreshed } }: { sandbox: Sandbox }) {
  const { t } = useTexts('play');
  const me = useMe()?.id;
  return (
    <p className={`${styles.taken} dim cut`}>
      {t('taken', { from: useOriginText(from) })}
      {made !== null && (
        <>
          {' · '}
          <When at={made} />
        </>
      )}
      {by !== null && (
        <span title={authorFullName(by, me)}> · {t('history:detail.by', { who: authorName(by, me) })}</span>
      )}
      {refreshed !== null && (
        <>
          {' · '}
          {t('refreshed')} <When at={refreshed} />
        </>
      )}
    </p>
  );
}
