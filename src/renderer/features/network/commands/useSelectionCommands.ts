import {
  IconCopy,
  IconFocus2,
  IconHistory,
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
import type { NetworkView } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { api } from '../../../api/client.ts';
import { commandsOf } from '../../../commands/command.ts';
import type { Command } from '../../../commands/command.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { adjustNetwork, navigate, openRecord, showPanel } from '../../../stores/address.ts';
import { askBack } from '../../../stores/moments.ts';
import { useMe, whyNothing } from '../../../stores/profile.ts';
import { frontTab } from '../../../stores/tabs/store.ts';
import { inPast } from '../../../stores/target.ts';
import { countedAll, titleOr, inSentence, typeNames } from '../../../text/names.ts';
import { copyText } from '../../../ui/clipboard.ts';
import { countByType, removeRecords } from '../../records/data/remove.ts';
import { askForLink } from '../../records/panel/LinksTab.tsx';
import { groupKey, isGroup } from '../model/groups.ts';
import type { Model, NetNode } from '../model/model.ts';
import { forgetPositions, savePositions } from '../positions.ts';
import { selectNodes, useNetwork, useNetworkStore } from '../state.ts';
import type { CommandContext } from './useStageCommands.ts';
import { notice } from '../../../ui/notices.tsx';
import { hidesLonelyUniversities } from '../data.ts';

/** The most records that a filter names one by one. */
const most = 500;

/** The most frequent type; the first of equal ones. */
function commonType(nodes: Iterable<NetNode>): NodeType | undefined {
  const counts = new Map<NodeType, number>();
  for (const { type } of nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** Opens the selection as a list, else the first shown type with its filters. A notice names what the list leaves out. */
export function showAsList(view: NetworkView, subjects: readonly NetNode[], model: Model): void {
  const shown = [...model.nodes.values()];
  const type =
    commonType(subjects) ?? view.types.find((one) => shown.some((node) => node.type === one)) ?? 'team';
  const isPart = view.focus !== '' || (type === 'university' && hidesLonelyUniversities(view));
  const chosen = subjects.length > 0 ? subjects : isPart ? shown : [];
  const ofType = chosen.filter((node) => node.type === type);
  // If all matching nodes are shown, the filters suffice.
  const isWhole =
    !isPart &&
    model.matched === shown.length &&
    ofType.length === shown.filter((node) => node.type === type).length;
  const filters = view.filters.filter((one) => one.type === type).map(({ filter }) => filter);
  const listed = isWhole ? ofType : ofType.slice(0, most);
  const value = listed.map(({ id }) => id);
  navigate({
    ...listOf(type),
    filters: isWhole || value.length === 0 ? filters : [{ field: 'id', op: 'in', value }],
  });
  if (listed.length < chosen.length)
    notice({
      title: say('network:listed', {
        count: listed.length,
        all: chosen.length,
        what: inSentence(typeNames(type)),
      }),
      more: say('network:listedLimit', { count: most }),
    });
}

/** At a point in time: restores the selected records, or a link, from there. */
export function restoreCommands(subjects: readonly NetNode[], link: { id: string } | undefined): Command[] {
  if (!inPast()) return [];
  const ids = subjects.length > 0 ? subjects.map(({ id }) => id) : link ? [link.id] : [];
  const label =
    subjects.length > 1
      ? say('past:restore.some', { what: countedAll(countByType(subjects)) })
      : say('past:restore.one');
  const run = (): void => askBack(ids);
  return [
    commandsOf('record', 'network')('asThen', label, { icon: IconHistory, enabled: ids.length > 0, run }),
  ];
}

function useSubjects(model: Model): readonly NetNode[] {
  const selected = useNetwork((network) => network.selected);
  const cursor = useNetwork((network) => network.cursor);
  return useMemo(() => {
    const ids = selected.size > 0 ? [...selected] : cursor === null ? [] : [cursor];
    return ids.flatMap((id) => {
      const node = model.nodes.get(id);
      return node && node.members === undefined ? node : [];
    });
  }, [model, selected, cursor]);
}

export function useSelectionCommands({
  view,
  model,
  scene,
  focusCanvas,
}: CommandContext): readonly Command[] {
  const { t } = useTexts('network');
  const store = useNetworkStore();
  const subjects = useSubjects(model);
  const group = useNetwork(({ selected, cursor }) =>
    [[...selected].at(0) ?? cursor ?? ''].find((id) => isGroup(id) && selected.size < 2),
  );
  const edge = useNetwork((network) => network.edge);
  const selected = useNetwork((network) => network.selected);
  const why = whyNothing(useMe()) ?? undefined;
  return useMemo(() => {
    const canEdit = why === undefined;
    const [first, second] = subjects;
    const one = subjects.length === 1 ? first : undefined;
    const hasSubjects = subjects.length > 0;
    const edgeOfModel = edge === null ? undefined : model.edges.get(edge);
    const link =
      edgeOfModel?.kind === 'interface' && edgeOfModel.count === undefined ? edgeOfModel : undefined;
    const opened = one?.id ?? link?.id;
    const target = one ?? link;
    const placed = (hasSubjects ? subjects : [...model.nodes.values()]).filter(({ saved }) => saved);
    const open = (id: string): void => showPanel({ kind: 'record', id, tab: 'details' });
    /** Runs `remove`, and closes the panel of a deleted record. */
    const removing = async (ids: readonly string[], remove: () => Promise<boolean>): Promise<void> => {
      const tab = frontTab();
      const isRemoved = await remove();
      const shown = openRecord(tab);
      if (isRemoved && shown !== null && ids.includes(shown)) showPanel(null, tab);
      focusCanvas();
    };
    const removeOne = (id: string): Promise<void> =>
      removing([id], async () => removeRecords([await api.entities.find({ id })]));
    const removeAll = (): Promise<void> =>
      removing(
        subjects.map(({ id }) => id),
        () => removeRecords(subjects),
      );
    const savePlaces = (): Promise<boolean> => {
      const points = [...(scene?.layout.points ?? [])];
      const ids = new Set(subjects.map(({ id }) => id));
      const saved = new Map(hasSubjects ? points.filter(([id]) => ids.has(id)) : points);
      return savePositions(saved, first ? titleOr(first.title, first.type) : '');
    };
    const forgetPlaces = async (): Promise<void> => {
      scene?.layout.arrangeNext(true);
      if (!(await forgetPositions(placed.map(({ id }) => id)))) scene?.layout.arrangeNext(false);
    };
    const record = commandsOf('record', 'network');
    const views = commandsOf('view', 'network');
    const edit = commandsOf('edit', 'network');
    const several = subjects.length > 1;
    const deleteLabel = several
      ? t('commands:record.deleteNamed', { what: countedAll(countByType(subjects)) })
      : one
        ? t('network:command.deleteNode', { title: titleOr(one.title, one.type) })
        : t('panel:links.delete');
    const ofLink = { palette: false, menu: false };
    return [
      record('open', t('network:command.open'), {
        shortcut: 'Enter',
        local: true,
        icon: IconLayoutSidebarRight,
        enabled: opened !== undefined || group !== undefined,
        run: () =>
          group === undefined
            ? opened !== undefined && open(opened)
            : adjustNetwork({ expanded: [...view.expanded, groupKey(group)] }),
      }),
      views('around', t('commands:record.around'), {
        icon: IconFocus2,
        enabled: one !== undefined,
        run: () =>
          one && navigate({ ...view, focus: one.id, panel: { kind: 'record', id: one.id, tab: 'details' } }),
      }),
      edit('neighbours', t('network:command.neighbours'), {
        icon: IconTopologyStar3,
        enabled: hasSubjects,
        run: () => {
          const near = subjects.flatMap(({ id }) => [id, ...(scene?.layout.neighbours.get(id) ?? [])]);
          selectNodes(store, [...new Set(near)]);
        },
      }),
      record('linkThese', t('network:command.linkThese'), {
        shortcut: 'mod+L',
        icon: IconLinkPlus,
        enabled: canEdit && subjects.length === 2,
        why: subjects.length === 2 ? why : undefined,
        run: () => first && second && askForLink(first.id, second),
      }),
      views('asList', t('network:command.asList'), {
        icon: IconLayoutList,
        run: () => showAsList(view, subjects, model),
      }),
      edit('keep', t('network:command.keep'), {
        icon: IconPin,
        enabled: canEdit && model.nodes.size > 0,
        why,
        run: savePlaces,
      }),
      edit('release', t('molecule:reset'), {
        icon: IconPinnedOff,
        enabled: canEdit && placed.length > 0,
        why: placed.length > 0 ? why : undefined,
        run: forgetPlaces,
      }),
      edit('clear', t('network:command.clear'), {
        shortcut: 'Escape',
        local: true,
        icon: IconX,
        enabled: selected.size > 0 || edge !== null || view.panel !== null,
        run: () => {
          selectNodes(store, []);
          showPanel(null);
        },
      }),
      record('openEdge', t('network:command.open'), {
        ...ofLink,
        icon: IconLink,
        enabled: link !== undefined,
        run: () => link && open(link.id),
      }),
      record('deleteEdge', t('panel:links.delete'), {
        ...ofLink,
        icon: IconTrash,
        enabled: canEdit && link !== undefined,
        why,
        run: () => link && removeOne(link.id),
      }),
      record('copyId', t('commands:record.copyId'), {
        icon: IconCopy,
        enabled: one !== undefined,
        run: () => one && copyText(one.id),
      }),
      ...restoreCommands(subjects, link),
      ...(several || target
        ? [
            record('delete', deleteLabel, {
              shortcut: 'Delete',
              local: true,
              icon: IconTrash,
              enabled: canEdit,
              why,
              run: () => (several ? removeAll() : target && removeOne(target.id)),
            }),
          ]
        : []),
    ];
  }, [t, store, subjects, group, edge, selected, why, model, scene, view, focusCanvas]);
}
