import { parseTarget } from '#shared/domain/target.ts';
import { parseLink } from '#shared/address/link.ts';
import type { Link } from '#shared/address/link.ts';
import { recordAlone } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { openTarget } from '../../stores/target.ts';
import { faultData } from '../../text/faults.ts';
import { report } from '../../ui/notices.tsx';
import { showLink } from '../workspace/turned.ts';
import { tellElsewhere } from './elsewhere.ts';
import { tellOtherTarget } from './other-target.ts';
import { refuse } from './refuse.ts';

/** The record that a view has open, if it has one. */
function recordOf(view: View): string | null {
  if (view.kind === 'record') return view.id;
  return view.kind === 'list' && view.panel?.kind === 'record' ? view.panel.id : null;
}

/** The view with the record as it is: a link may name another type for it, or one that has been deleted since. */
async function withRecord(view: View, id: string): Promise<View | null> {
  try {
    const { type, deleted_at } = await api.entities.find({ id });
    if (view.kind === 'record') return recordAlone(type, id, view.tab);
    if (view.kind !== 'list') return view;
    const deleted = deleted_at === null ? view.deleted : 'only';
    return type === view.type ? { ...view, deleted } : recordAlone(type, id);
  } catch (error) {
    if (!faultData(error, 'NOT_FOUND')) throw error;
    return refuse(say('notices:link.gone'), say('notices:link.goneRecord', { id }));
  }
}

/** The view as it can be shown; null when what it leads to is not here, which has been said then. */
async function settled({ address, workspace }: Link, text: string): Promise<View | null> {
  const { target, view } = address;
  if (!parseTarget(target)) {
    return refuse(
      say('notices:link.target'),
      say('notices:link.targetMore', { target: target.slice(0, 60) }),
    );
  }
  const { id, name } = await api.workspace.info({});
  if (workspace !== null && workspace !== id) {
    tellElsewhere(workspace, name, text);
    return null;
  }
  if (target !== openTarget()) return tellOtherTarget(target, text);
  const record = recordOf(view);
  if (record !== null) return withRecord(view, record);
  if (view.kind === 'history' && view.open !== '') {
    const { total } = await api.history.list({ op_id: view.open, limit: 1 });
    if (total === 0) return refuse(say('notices:link.gone'), say('notices:link.goneChange'));
  }
  if (view.kind === 'list' && view.saved !== '') {
    const views = await api.views.list({});
    if (views.some((saved) => saved.id === view.saved)) return view;
    // The link holds its filters and order too: they are shown without the name.
    refuse(say('notices:link.gone'), say('notices:link.goneView'));
    return { ...view, saved: '' };
  }
  return view;
}

/** Goes where a link from outside leads, in a tab of its own, or says why it cannot. It never does anything else. */
export async function followLink(text: string): Promise<void> {
  const link = parseLink(text);
  if (!link) {
    refuse(say('notices:link.malformed'), say('notices:link.malformedMore'));
    return;
  }
  try {
    showLink(text, await settled(link, text));
  } catch (error) {
    report(error, say('notices:link.failed'));
  }
}
