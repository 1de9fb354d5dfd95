import {
  IconCopy,
  IconFocus2,
  IconLayoutList,
  IconLayoutSidebarRight,
  IconLink,
  IconLinkPlus,
  IconPin,
  IconPinnedOff,
  IconTopologyStar3,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import type { Command } from '../../../commands/command.ts';
import { go, openRecord, showPanel } from '../../../stores/address.ts';
import { useMe, whyNothing } from '../../../stores/profile.ts';
import { frontTab } from '../../../stores/tabs/store.ts';
import { countedAll, titleOr } from '../../../text/names.ts';
import { copyText } from '../../../ui/clipboard.ts';
import { removeRecord } from '../../records/data/remove.ts';
import { countsOf, removeMixed } from '../../records/data/removeMixed.ts';
import type { Point } from '../model/model.ts';
import { keepPositions, releasePositions } from '../positions.ts';
import { select, useNetwork, useNetworkStore } from '../state.ts';
import { asList } from './as-list.ts';
import { asThen } from './as-then.ts';
import { useSubjects } from './given.ts';
import type { Given } from './given.ts';

/** The commands of what is selected: of records, or of a link. */
export function useSelectionCommands({ view, model, desk, focusCanvas }: Given): readonly Command[] {
  const { t } = useTranslation(['network', 'commands']);
  const store = useNetworkStore();
  const subjects = useSubjects(model);
  const edge = useNetwork((network) => network.edge);
  const selected = useNetwork((network) => network.selected);
  const why = whyNothing(useMe()) ?? undefined;
  return useMemo(() => {
    const mayChange = why === undefined;
    const [first, second] = subjects;
    const one = subjects.length === 1 ? first : undefined;
    const link = edge === null ? undefined : model.edges.get(edge);
    const drawn = link?.kind === 'interface' ? link : undefined;
    const close = (ids: readonly string[], tab: string): void => {
      const open = openRecord(tab);
      if (open !== null && ids.includes(open)) showPanel(null, tab);
    };
    const remove = async (id: string): Promise<void> => {
      const tab = frontTab();
      const gone = await removeRecord(await api.entities.find({ id }));
      if (gone) close([id], tab);
      focusCanvas();
    };
    const removeThese = async (): Promise<void> => {
      const tab = frontTab();
      const ids = subjects.map((subject) => subject.id);
      if (await removeMixed(subjects)) close(ids, tab);
      focusCanvas();
    };
    const opened = one?.id ?? drawn?.id;
    const pinned =
      subjects.length > 0
        ? subjects.filter(({ saved }) => saved)
        : [...model.nodes.values()].filter(({ saved }) => saved);
    const commands: Command[] = [
      {
        id: 'network.open',
        group: 'record',
        label: t('network:command.open'),
        shortcut: 'Enter',
        local: true,
        icon: IconLayoutSidebarRight,
        enabled: opened !== undefined,
        run: () => opened !== undefined && showPanel({ kind: 'record', id: opened, tab: 'details' }),
      },
      {
        id: 'network.around',
        group: 'view',
        label: t('network:command.around'),
        icon: IconFocus2,
        enabled: one !== undefined,
        run: () =>
          one && go({ ...view, focus: one.id, panel: { kind: 'record', id: one.id, tab: 'details' } }),
      },
      {
        id: 'network.neighbours',
        group: 'edit',
        label: t('network:command.neighbours'),
        icon: IconTopologyStar3,
        enabled: subjects.length > 0,
        run: () => {
          const near = subjects.flatMap(({ id }) => [id, ...(desk?.director.neighbours.get(id) ?? [])]);
          select(store, [...new Set(near)]);
        },
      },
      {
        id: 'network.linkThese',
        group: 'record',
        label: t('network:command.linkThese'),
        shortcut: 'mod+L',
        icon: IconLinkPlus,
        enabled: mayChange && subjects.length === 2,
        why: subjects.length === 2 ? why : undefined,
        run: () => first && second && store.setState({ linking: { from: first.id, to: second.id } }),
      },
      {
        id: 'network.asList',
        group: 'view',
        label: t('network:command.asList'),
        icon: IconLayoutList,
        run: () => asList(view, subjects, model),
      },
      {
        id: 'network.keep',
        group: 'edit',
        label: t(subjects.length > 0 ? 'network:command.keepThese' : 'network:command.keep'),
        icon: IconPin,
        enabled: mayChange && model.nodes.size > 0,
        why,
        run: () => {
          const points = desk?.director.points ?? new Map<string, Point>();
          const ids = new Set(subjects.length > 0 ? subjects.map(({ id }) => id) : points.keys());
          const places = new Map([...points].filter(([id]) => ids.has(id)));
          return keepPositions(places, first ? titleOr(first.title, first.type) : '');
        },
      },
      {
        id: 'network.release',
        group: 'edit',
        label: t(subjects.length > 0 ? 'network:command.releaseThese' : 'network:command.release'),
        icon: IconPinnedOff,
        enabled: mayChange && pinned.length > 0,
        why: pinned.length > 0 ? why : undefined,
        run: async () => {
          desk?.director.rearrangeNext(true);
          if (!(await releasePositions(pinned.map(({ id }) => id)))) desk?.director.rearrangeNext(false);
        },
      },
      {
        id: 'network.clear',
        group: 'edit',
        label: t('network:command.clear'),
        shortcut: 'Escape',
        local: true,
        icon: IconX,
        enabled: selected.size > 0 || edge !== null || view.panel !== null,
        run: () => {
          select(store, []);
          showPanel(null);
        },
      },
      {
        id: 'network.openEdge',
        group: 'record',
        label: t('network:command.openEdge'),
        icon: IconLink,
        palette: false,
        menu: false,
        enabled: drawn !== undefined,
        run: () => drawn && showPanel({ kind: 'record', id: drawn.id, tab: 'details' }),
      },
      {
        id: 'network.deleteEdge',
        group: 'record',
        label: t('network:command.deleteEdge'),
        icon: IconTrash,
        palette: false,
        menu: false,
        enabled: mayChange && drawn !== undefined,
        why,
        run: () => drawn && remove(drawn.id),
      },
      {
        id: 'network.copyId',
        group: 'record',
        label: t('commands:record.copyId'),
        icon: IconCopy,
        enabled: one !== undefined,
        run: () => one && copyText(one.id),
      },
      ...asThen(subjects, drawn),
    ];
    const target = one ?? drawn;
    const several = subjects.length > 1;
    if (several || target)
      commands.push({
        id: 'network.delete',
        group: 'record',
        label: several
          ? t('commands:record.deleteNamed', { what: countedAll(countsOf(subjects)) })
          : one
            ? t('network:command.deleteNode', { title: titleOr(one.title, one.type) })
            : t('network:command.deleteEdge'),
        shortcut: 'Delete',
        local: true,
        icon: IconTrash,
        enabled: mayChange,
        why,
        run: () => (several ? removeThese() : target && remove(target.id)),
      });
    return commands;
  }, [t, store, subjects, edge, selected, why, model, desk, view, focusCanvas]);
}
