import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { notice } from '../../ui/notices.tsx';
import { follow } from '../workspace/turn.ts';
import { refuse } from './refuse.ts';

/** Tells that a link leads into a sandbox that is not open, or out of the one that is, and offers to go there. */
export async function tellOtherTarget(target: string, link: string): Promise<null> {
  if (target === 'live') return offer(null, say('play:link.toLive'), say('play:link.toLiveMore'), link);
  const sandbox = (await api.sandboxes.list({})).find(({ id }) => id === target);
  if (!sandbox) return refuse(say('play:link.gone'), say('play:link.goneMore'));
  const more = say('play:link.toPlayMore', { name: sandbox.name ?? sandbox.id });
  return offer(target, say('play:link.toPlay'), more, link);
}

function offer(sandbox: string | null, title: string, more: string, link: string): null {
  const label = say(sandbox === null ? 'play:link.openLive' : 'play:link.open');
  notice({
    id: 'link',
    title,
    more,
    action: { label, run: () => void follow(sandbox, link) },
    stays: 30_000,
  });
  return null;
}
