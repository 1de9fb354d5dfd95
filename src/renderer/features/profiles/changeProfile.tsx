import { say } from '../../i18n/setup.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { ChangeForm } from './ChangeForm.tsx';

/** Asks what becomes another of a profile: of that id, or of one that is chosen there. */
export function changeProfile(id: string | null = null): void {
  openDialog({ title: say('profiles:change.title') }, (close) => <ChangeForm first={id} onDone={close} />);
}
