import type { MatrixOrder } from '#shared/address/view.ts';
import { say } from '../../i18n/setup.ts';
import { choiceName, inSentence, titleOr } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import type { Model, NetEdge, NetNode } from '../network/model/model.ts';

export const nodeName = ({ title, type }: NetNode): string => titleOr(title, type);

/** The name of a group. */
export function groupName(key: string, order: MatrixOrder, titles: Model['titles']): string {
  if (key === '') return say(order === 'cluster' ? 'matrix:noCluster' : 'network:noGroup');
  if (order === 'cluster') return say('matrix:cluster', { number: key });
  return order === 'university' ? (titles.get(key) ?? key) : choiceName(key);
}

/** "Flight software → Autonomy: loses 15 %, codified, moderate" for the links in a cell; with universities if they differ. */
export function cellText(
  { from, to }: Record<'from' | 'to', NetNode>,
  [link, ...others]: readonly NetEdge[],
  titles: Model['titles'],
): string {
  const endName = (node: NetNode): string => {
    const university = from.university === to.university ? undefined : titles.get(node.university ?? '');
    return university === undefined ? nodeName(node) : `${nodeName(node)} (${university})`;
  };
  const ends = { from: endName(from), to: endName(to) };
  if (!link) return say('matrix:none', ends);
  const { loss, bond } = link;
  const lost = loss === null ? say('records:loss.unknown') : say('matrix:loses', { loss: numberText(loss) });
  const about = bond === null ? lost : `${lost}, ${inSentence(choiceName(bond))}`;
  const text = say('matrix:link', { ...ends, about });
  return others.length === 0 ? text : `${text} · ${say('matrix:more', { count: others.length })}`;
}
