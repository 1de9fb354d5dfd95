import { IconHistory } from '@tabler/icons-react';
import { unlessRefused } from '../../../commands/command.ts';
import type { Command } from '../../../commands/command.ts';
import { say } from '../../../i18n/setup.ts';
import { askBack } from '../../../stores/moments.ts';
import { inPast } from '../../../stores/target.ts';
import { countedAll } from '../../../text/names.ts';
import { countsOf } from '../../records/data/removeMixed.ts';
import type { NetEdge, NetNode } from '../model/model.ts';

/** Where a moment is looked at: makes the records that are selected, or a link, what they are here. None elsewhere. */
export function asThen(subjects: readonly NetNode[], link: Pick<NetEdge, 'id'> | undefined): Command[] {
  if (!inPast()) return [];
  const ids = subjects.length > 0 ? subjects.map(({ id }) => id) : link ? [link.id] : [];
  return [
    {
      id: 'network.asThen',
      group: 'record',
      label:
        subjects.length > 1
          ? say('past:restore.some', { what: countedAll(countsOf(subjects)) })
          : say('past:restore.one'),
      icon: IconHistory,
      ...unlessRefused(null, ids.length > 0),
      run: () => askBack(ids),
    },
  ];
}
