import { nodeType } from '#shared/contract/network.ts';
import { recordAlone } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';

const drawn: ReadonlySet<string> = new Set([...nodeType.options, 'interface']);

/**
 * Where a found record is shown: beside its list; but where a record stands by itself (`now`), it takes that one's place, and what the
 * network can draw is shown there.
 */
export function inPlace(view: View, now: View): View {
  if (view.kind !== 'list' || view.panel?.kind !== 'record') return view;
  const { panel, type, deleted } = view;
  if (now.kind === 'record') return recordAlone(type, panel.id, panel.tab);
  const isDrawn = now.kind === 'network' && drawn.has(type) && deleted !== 'only';
  return isDrawn ? { ...now, panel } : view;
}
