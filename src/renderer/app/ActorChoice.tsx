import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '#shared/contract/workspace.ts';
import { actor } from '../api/actor.ts';
import { goOnAs } from '../stores/profile.ts';
import { report } from '../ui/notices.tsx';

/** Those who may act here, after the window's own profile was not accepted. */
export function ActorChoice() {
  const { t } = useTranslation('profiles');
  const door = actor((state) => state.door);
  const [profiles, setProfiles] = useState<readonly Profile[]>([]);
  useEffect(() => {
    door?.profiles().then(setProfiles, report);
  }, [door]);
  if (profiles.length === 0) return null;
  return (
    <fieldset className="gone-choice">
      <legend>{t('refused.choose')}</legend>
      {profiles.map(({ id, name, role }) => (
        <Button key={id} variant="default" onClick={() => void goOnAs(id).catch(report)}>
          {t('form.act', { name })} ({t(`role.${role}`)})
        </Button>
      ))}
    </fieldset>
  );
}
