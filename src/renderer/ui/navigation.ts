import { parseSide } from '#shared/domain/points-in-time.ts';
import {
  IconAffiliate,
  IconAtom,
  IconBulb,
  IconCloud,
  IconFlask,
  IconGridDots,
  IconHeartbeat,
  IconHistory,
  IconHome,
  IconMessageQuestion,
  IconStack2,
  IconUserShield,
} from '@tabler/icons-react';
import { networkOf } from '#shared/address/network.ts';
import type { View } from '#shared/address/view.ts';
import {
  administrationOf,
  historyOf,
  askOf,
  insightsOf,
  listOf,
  matrixOf,
  moleculeOf,
} from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../i18n/setup.ts';
import { typeNames } from '../text/names.ts';
import { iconOf } from './icons.ts';
import type { IconType } from './icons.ts';

export interface Destination {
  id: string;
  label: string;
  icon: IconType;
  view: View;
  type?: EntityType;
  isServerAdminOnly?: boolean;
}

const listDestination = (type: EntityType): Destination => ({
  id: type,
  label: typeNames(type),
  icon: iconOf[type],
  view: listOf(type),
  type,
});

/** The destinations of the rail in sections, each with a heading or none. */
export function railSections(): readonly { heading: string | null; destinations: readonly Destination[] }[] {
  return [
    {
      heading: null,
      destinations: [
        { id: 'home', label: say('frame:nav.home'), icon: IconHome, view: { kind: 'home' } },
        { id: 'insights', label: say('insights:title'), icon: IconBulb, view: insightsOf() },
        { id: 'ask', label: say('ask:title'), icon: IconMessageQuestion, view: askOf() },
        { id: 'network', label: say('compare:as.network'), icon: IconAffiliate, view: networkOf() },
        { id: 'matrix', label: say('matrix:title'), icon: IconGridDots, view: matrixOf() },
        { id: 'molecule', label: say('molecule:title'), icon: IconAtom, view: moleculeOf() },
      ],
    },
    {
      heading: say('frame:nav.organisation'),
      destinations: (
        [
          'university',
          'team',
          'faculty',
          'student',
          'project',
          'organisation',
          'repository',
          'interface',
          'contact',
          'outcome',
          'document',
        ] as const
      ).map(listDestination),
    },
    {
      heading: say('commands:group.data'),
      destinations: [
        { id: 'play', label: say('commands:menu.play'), icon: IconFlask, view: { kind: 'play' } },
        { id: 'history', label: say('panel:tab.history'), icon: IconHistory, view: historyOf() },
        { id: 'versions', label: say('backups:title'), icon: IconStack2, view: { kind: 'versions' } },
        { id: 'sync', label: say('sync:title'), icon: IconCloud, view: { kind: 'sync' } },
        {
          id: 'administration',
          label: say('administration:title'),
          icon: IconUserShield,
          view: administrationOf(),
          isServerAdminOnly: true,
        },
        { id: 'care', label: say('care:title'), icon: IconHeartbeat, view: { kind: 'care' } },
      ],
    },
  ];
}

const insightTypes: readonly EntityType[] = ['repair', 'task', 'factor-model', 'risk-factor'];

export const insightLists = (): readonly Destination[] => insightTypes.map(listDestination);

/** Comments are written at their records; all of them are reached from the list of documents. */
export const commentList = (): Destination => listDestination('comment');

export function destinationIdOf(view: View): string {
  // Links are confirmed from their list.
  if (view.kind === 'confirm') return 'interface';
  if (view.kind === 'evidence') return 'contact';
  // Comparisons and scenarios belong to Play.
  if (view.kind === 'compare' || view.kind === 'whatif') return 'play';
  if (view.kind === 'jobs') return 'care';
  if (view.kind === 'models' || view.kind === 'dashboard' || view.kind === 'structure') return 'insights';
  // A comparison belongs to History if it starts from a point in time, else to Versions.
  if (view.kind === 'moments') return parseSide(view.from).kind === 'point' ? 'history' : 'versions';
  if (view.kind !== 'list' && view.kind !== 'record') return view.kind;
  if (view.type === 'comment') return 'document';
  return insightTypes.includes(view.type) ? 'insights' : view.type;
}
