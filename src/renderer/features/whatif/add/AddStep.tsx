import { Button, Menu } from '@mantine/core';
import {
  IconBolt,
  IconCalendarPlus,
  IconCut,
  IconFileText,
  IconLink,
  IconPlus,
  IconUserMinus,
  IconUserPlus,
  IconUsersPlus,
} from '@tabler/icons-react';
import { useTexts } from '../../../i18n/setup.ts';
import { useReadOnly } from '../../../stores/profile.ts';
import { askToAdvance } from '../../records/terms.tsx';
import { askWhatIsDocumented } from './DocumentForm.tsx';
import { askWhoLeaves } from './LeaveForm.tsx';
import { askForLinkStep } from './LinkForm.tsx';
import { askWhoJoins } from './RecruitForm.tsx';

const steps = [
  { id: 'terms', icon: IconCalendarPlus, run: askToAdvance },
  { id: 'leave', icon: IconUserMinus, run: askWhoLeaves },
  { id: 'recruit', icon: IconUsersPlus, run: askWhoJoins },
  { id: 'document', icon: IconFileText, run: askWhatIsDocumented },
  { id: 'strengthen', icon: IconBolt, run: () => askForLinkStep('strengthen') },
  { id: 'cut', icon: IconCut, run: () => askForLinkStep('cut') },
  { id: 'mentor', icon: IconUserPlus, run: () => askForLinkStep('mentor') },
  { id: 'link', icon: IconLink, run: () => askForLinkStep('link') },
] as const;

/** The possible steps of a scenario; each asks for its parameters, and is one change of the sandbox. */
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
