import { modals } from '@mantine/modals';
import { say } from '../../i18n/setup.ts';
import { ProfileForm } from './ProfileForm.tsx';

/** Asks for a new profile. */
export function addProfile(): void {
  const modalId = 'profile';
  modals.open({
    modalId,
    title: say('profiles:form.title'),
    children: <ProfileForm onDone={() => modals.close(modalId)} />,
  });
}
