import { Button, Menu } from '@mantine/core';
import {
  IconBolt,
  IconCalendarPlus,
  IconCut,
  IconLink,
  IconPlus,
  IconUserMinus,
  IconUserPlus,
} from '@tabler/icons-react';
import { useTexts } from '../../../i18n/setup.ts';
import { useReadOnly } from '../../../stores/profile.ts';
import { askToAdvance } from '../../records/terms.tsx';
import { askWhoLeaves } from './LeaveForm.tsx';
import { askForLinkStep } from './LinkForm.tsx';

const steps = [
  { id: 'terms', icon: IconCalendarPlus, run: askToAdvance },
  { id: 'leave', icon: IconUserMinus, run: askWhoLeaves },
  { id: 'strengthen', icon: IconBolt, run: () => askForLinkStep('strengthen') },
  { id: 'cut', icon: IconCut, run: () => askForLinkStep('cut') },
  { id: 'mentor', icon: IconUserPlus, run: () => askForLinkStep('mentor') },
  { id: 'link', icon: IconLink, run: () => askForLinkStep('link') },
] as const;

/** What can be done in a scenario; each asks for what it needs, and is one change of the sandbox. */
export function AddStep() {
  const { t } = useTexts('whatif');
  const why = useReadOnly();
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <Button
          variant="default"
          disabled={why !== null}
          title={why ?? undefined}
          leftSection={<IconPlus size={15} stroke={1.7} />}
        >
          {t('addStep')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {steps.map(({ id, icon: Icon, run }) => (
          <Menu.Item key={id} leftSection={<Icon size={15} stroke={1.6} />} onClick={run}>
            {id === 'terms' || id === 'leave' ? t(`add.${id}`) : `${t(`form.${id}`)}…`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
