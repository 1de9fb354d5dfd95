import { say } from '../../i18n/setup.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { ProfileForm } from './ProfileForm.tsx';

/** Asks for a new profile. */
export function addProfile(): void {
  openDialog({ title: say('profiles:form.title') }, (close) => <ProfileForm onDone={close} />);
}
