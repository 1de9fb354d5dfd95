import { parseLink, printLink } from '#shared/address/link.ts';
import { parseTarget, printTarget } from '#shared/domain/target.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { inPast } from '../../stores/target.ts';
import { notice } from '../../ui/notices.tsx';
import { follow, followToMoment } from '../workspace/turn.ts';
import { refuse } from './refuse.ts';

/** Tells that a link leads into a sandbox or a moment that is not open, or out of the one that is, and offers to go there. */
export async function tellOtherTarget(target: string, link: string): Promise<null> {
  const { sandbox, past, at } = parseTarget(target) ?? { sandbox: null, past: false, at: null };
  const found = sandbox === null ? null : (await api.sandboxes.list({})).find(({ id }) => id === sandbox);
  if (found === undefined) return refuse(say('play:link.gone'), say('play:link.goneMore'));
  const more = found === null ? '' : say('play:link.toPlayMore', { name: found.name ?? found.id });
  if (past) {
    if (at === null) return refuse(say('notices:link.target'), say('past:link.noMoment'));
    const go = (): void => void followToMoment(sandbox, at, withoutMoment(link));
    return offer(say('past:link.open'), say('past:link.title'), more, go);
  }
  if (found === null)
    return offer(
      say('play:link.openLive'),
      say('play:link.toLive'),
      say(inPast() ? 'past:link.here' : 'play:link.toLiveMore'),
      () => void follow(null, link),
    );
  return offer(say('play:link.open'), say('play:link.toPlay'), more, () => void follow(sandbox, link));
}

/** The link as the page of the moment knows its own place: which moment it is, is said beside it. */
function withoutMoment(link: string): string {
  const read = parseLink(link);
  const target = read && parseTarget(read.address.target);
  if (!read || !target) return link;
  return printLink({ ...read, address: { ...read.address, target: printTarget({ ...target, at: null }) } });
}

function offer(label: string, title: string, more: string, run: () => void): null {
  notice({ id: 'link', title, ...(more === '' ? {} : { more }), action: { label, run }, stays: 30_000 });
  return null;
}
