import { printLink, viewForLink } from '#shared/address/link.ts';
import type { View } from '#shared/address/view.ts';
import { parseTarget, printTarget } from '#shared/domain/target.ts';
import type { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { currentAddress } from '../stores/address.ts';
import { queryKeys, queryClient } from '../stores/queries.ts';
import { displayTitle } from '../text/names.ts';
import { copyText } from './clipboard.ts';
import { notice } from './notices.tsx';

/** The id of the open workspace; null until known, which a link tolerates. */
function workspaceId(): string | null {
  return queryClient.getQueryData<{ id: string }>(queryKeys.info)?.id ?? null;
}

/** The target of links: the open one, with an open point in time by its id. */
function linkTarget(): string {
  const { target } = currentAddress();
  const parsed = parseTarget(target);
  const pointId = queryClient.getQueryData(queryKeys.openPoint)?.moment?.id;
  return parsed?.isPast && pointId !== undefined ? printTarget({ ...parsed, at: pointId }) : target;
}

export function linkTo(view: View): string {
  return printLink({ address: { target: linkTarget(), view }, workspace: workspaceId() });
}

function recordTitle(view: View): string | null {
  const id =
    view.kind === 'record'
      ? view.id
      : view.kind === 'list' && view.panel?.kind === 'record'
        ? view.panel.id
        : null;
  const record =
    id === null
      ? null
      : queryClient.getQueryData<Awaited<ReturnType<typeof api.entities.find>>>(queryKeys.record(id));
  return record ? displayTitle(record.title, record.type) : null;
}

/** Copies the link to a view, by default the front one, and reports it. */
export function copyLink(view: View = viewForLink(currentAddress().view)): void {
  const title = recordTitle(view);
  if (!copyText(linkTo(view))) notice({ id: 'link', tone: 'bad', title: say('notices:link.notCopied') });
  else {
    notice({
      id: 'link',
      title: title === null ? say('notices:link.copied') : say('notices:link.copiedRecord', { title }),
      stays: 4000,
    });
  }
}
