import { useTranslation } from 'react-i18next';
import type { Finding } from '#shared/contract/care.ts';
import { go } from '../../../stores/address.ts';
import { isNoPlace, useBackupFindings } from '../../../stores/backups.ts';
import { When } from '../../../ui/When.tsx';
import { Sign } from './Sign.tsx';
import type { Tone } from './Sign.tsx';

interface Said {
  tone: Tone;
  text: 'backup' | 'noBackup' | 'otherBackup' | 'noPlace';
  /** When the one that has most of what is here was made (ISO 8601). */
  made?: string;
}

/** That there is none in the place of backups. */
const none: readonly string[] = ['backup.none', 'backup.none_here', 'backup.nothing'];

/** What Data care found, in short. */
function shortOf(found: readonly Finding[]): Said | null {
  if (found.some(isNoPlace)) return { tone: 'warn', text: 'noPlace' };
  const backup = found.find(({ id }) => id === 'backup');
  if (!backup) return null;
  const { code, state, params } = backup;
  if (none.includes(code)) return { tone: 'open', text: 'noBackup' };
  // One of records that were replaced since is none of what is here.
  if (code === 'backup.other') return { tone: 'warn', text: 'otherBackup' };
  return { tone: state, text: 'backup', made: String(params['since'] ?? params['made'] ?? '') };
}

/** When what is here was backed up last, or why it is not; it leads to all backups, or to where their place is mended. */
export function LastBackup() {
  const { t } = useTranslation('home');
  const { data } = useBackupFindings();
  const said = data && shortOf(data);
  if (!said) return null;
  const { tone, text, made = '' } = said;
  const away = text === 'noPlace';
  return (
    <li>
      <Sign tone={tone} />
      <button type="button" className="link-button" onClick={() => go({ kind: away ? 'care' : 'backups' })}>
        {t(`kept.${text}`)}
      </button>
      <span className="home-side">
        {away && t('kept.noPlaceText')}
        {made !== '' && <When at={made} />}
      </span>
    </li>
  );
}
