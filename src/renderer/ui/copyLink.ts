import { printLink, subjectOf } from '#shared/address/link.ts';
import type { View } from '#shared/address/view.ts';
import { parseTarget, printTarget } from '#shared/domain/target.ts';
import type { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { here } from '../stores/address.ts';
import { keys, queries } from '../stores/queries.ts';
import { titleOr } from '../text/names.ts';
import { copyText } from './clipboard.ts';
import { notice } from './notices.tsx';

/** Id of the workspace that is open; null while that is not known, and a link can do without. */
function workspaceId(): string | null {
  return queries.getQueryData<{ id: string }>(keys.info)?.id ?? null;
}

/** What is open, as a link names it: of the past with the moment that it is looked at. */
function targetHere(): string {
  const { target } = here();
  const named = parseTarget(target);
  const at = queries.getQueryData<{ moment: { id: number } | null }>(keys.moments('opened'))?.moment?.id;
  return named?.past && at !== undefined ? printTarget({ ...named, at }) : target;
}

/** The link to a view of what is open here. */
export function linkTo(view: View): string {
  return printLink({ address: { target: targetHere(), view }, workspace: workspaceId() });
}

function nameOf(view: View): string | null {
  const id =
    view.kind === 'record'
      ? view.id
      : view.kind === 'list' && view.panel?.kind === 'record'
        ? view.panel.id
        : null;
  const record =
    id === null ? null : queries.getQueryData<Awaited<ReturnType<typeof api.entities.find>>>(keys.record(id));
  return record ? titleOr(record.title, record.type) : null;
}

/** Puts the link to a view on the clipboard, and says so. Without a view it is what is in front. */
export function copyLink(view: View = subjectOf(here().view)): void {
  const title = nameOf(view);
  if (!copyText(linkTo(view))) notice({ id: 'link', tone: 'bad', title: say('notices:link.notCopied') });
  else {
    notice({
      id: 'link',
      title: title === null ? say('notices:link.copied') : say('notices:link.copiedRecord', { title }),
      stays: 4000,
    });
  }
}
