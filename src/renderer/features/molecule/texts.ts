import type { Lifecycle } from '#shared/domain/vocabulary.ts';
import { say } from '../../i18n/setup.ts';
import { choiceName, countedRecords, inSentence } from '../../text/names.ts';
import { numberFormatter } from '../../text/formats.ts';
import { stageValue } from '../network/look/fields.ts';
import { nodeName, typeAndUniversity } from '../network/model/model.ts';
import type { Model, NetNode } from '../network/model/model.ts';
import type { Proposal } from './proposals.ts';

/** "Radio · Team · Summit · Outgoing · 5 links" */
export function nodeText(node: NetNode, titles: Model['titles']): string {
  const stage = stageValue(node);
  const links = countedRecords('interface', node.links);
  const parts = [
    nodeName(node),
    typeAndUniversity(node, titles),
    stage === null ? '' : choiceName(stage),
    links,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

const upToOneDecimal = (value: number): string => numberFormatter({ maximumFractionDigits: 1 })(value);

/** The loss if a record leaves, as a sentence. `share` is undefined while it is computed, null if it cannot be. */
export function lossText(node: NetNode, share: number | null | undefined): string {
  const title = nodeName(node);
  if (share === undefined) return say('molecule:without.computing', { title });
  if (share === null) return say('molecule:without.unknown', { title });
  return say('molecule:without.share', { title, share: `${upToOneDecimal(100 * share)}\u00a0%` });
}

const stageName = (stage: Lifecycle): string => inSentence(choiceName(stage));

export function proposalText(proposal: Proposal): string {
  if (proposal.kind === 'lifecycle')
    return say('molecule:proposal.lifecycle', {
      title: nodeName(proposal.team),
      to: stageName(proposal.to),
    });
  const { from, to, bond } = proposal;
  return say('molecule:proposal.bond', {
    from: nodeName(from),
    to: nodeName(to),
    bond: inSentence(choiceName(bond)),
  });
}
