import { say } from '../../i18n/setup.ts';
import { actAs } from '../../stores/profile.ts';
import { dropNotice, notice, report } from '../../ui/notices.tsx';

/** The notice that offers to act as a profile; it goes once one does. */
export function offerOf(profile: string): string {
  return `act-as:${profile}`;
}

/** Acts as another profile and says what that allows. */
export async function switchTo(profile: string): Promise<void> {
  try {
    const { name, role } = await actAs(profile);
    dropNotice(offerOf(profile));
    const more = say('profiles:switchedMore', {
      role: say(`profiles:role.${role}`),
      may: say(`profiles:may.${role}`),
    });
    notice({ id: 'profile', title: say('profiles:switched', { name }), more });
  } catch (error) {
    report(error, say('profiles:switchFailed'));
  }
}
