import { Popover, Switch } from '@mantine/core';
import { useState } from 'react';
import { mayNamePeople } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useMe, useReadOnly } from '../../stores/profile.ts';
import { keys, queries } from '../../stores/queries.ts';
import { whyNotLive } from '../../stores/target.ts';
import { permissionText } from '../../text/faults.ts';
import { notice, report } from '../../ui/notices.tsx';
import { useNaming } from './useNaming.ts';

/** Whether people are named, with a switch for admins. */
export function Naming() {
  const { t } = useTexts('insights');
  const [opened, setOpened] = useState(false);
  const people = useNaming();
  const me = useMe();
  const closed = useReadOnly();
  const verdict = me && mayNamePeople(me);
  const refusal =
    whyNotLive() ?? closed ?? (verdict?.allowed === false ? permissionText(verdict.rule) : null);
  const set = async (wanted: boolean): Promise<void> => {
    await api.analysis.setRanking({ people: wanted });
    notice({ id: 'ranking', title: t(wanted ? 'naming.saved' : 'naming.savedOff') });
    await Promise.all([
      queries.invalidateQueries({ queryKey: keys.ranking }),
      queries.invalidateQueries({ queryKey: keys.insights({}).slice(0, 1) }),
    ]);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={380}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className="explained term" onClick={() => setOpened(!opened)}>
          {t(people ? 'naming.on' : 'naming.off')}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('naming.label')}>
        <Switch
          label={t('naming.label')}
          checked={people}
          disabled={refusal !== null}
          onChange={(event) => void set(event.currentTarget.checked).catch(report)}
        />
        <p className="small mt-8">{t('naming.what')}</p>
        {refusal !== null && <p className="dim small mt-8">{refusal}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
