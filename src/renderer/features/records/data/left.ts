import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { here, isBrought, openRecord, showPanel } from '../../../stores/address.ts';
import { frontTab } from '../../../stores/tabs/store.ts';
import { titleOr } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';

/** As many filters as a list takes. */
const most = 20;

/** Says that a record which was just saved is no longer in the list that is shown, because of how it is narrowed. */
export async function tellIfLeft({ id, type, title }: EntityRecord): Promise<void> {
  const tab = frontTab();
  const { view } = here(tab);
  if (view.kind !== 'list' || view.type !== type || view.deleted === 'only') return;
  const { search, filters } = view;
  if ((search === '' && filters.length === 0) || filters.length >= most) return;
  let last = false;
  try {
    const itself = { field: 'id', op: 'is' as const, value: id };
    const asked = { type, search, filters: [...filters, itself], limit: 0 };
    if ((await api.entities.list(asked)).matched > 0) return;
    last =
      isBrought(tab) &&
      (await api.entities.list({ type, search, filters: [...filters], limit: 0 })).matched === 0;
  } catch (error) {
    report(error);
    return;
  }
  const shown = openRecord(tab) === id;
  const action = {
    label: say('grid:left.show'),
    run: () => showPanel({ kind: 'record', id, tab: 'details' }, tab),
  };
  notice({
    id: `left:${id}`,
    title: say(last ? 'grid:left.last' : 'grid:left.title', { title: titleOr(title, type) }),
    ...(shown ? {} : { action }),
  });
}
