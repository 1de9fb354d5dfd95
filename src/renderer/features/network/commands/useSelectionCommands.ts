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
import { useCommands } from '../../../commands/registry.ts';
import { commandFactory } from '../../../commands/command.ts';
import type { Command } from '../../../commands/command.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { adjustNetwork, navigate, openRecord, openRecordId, showPanel } from '../../../stores/address.ts';
import { requestRestore } from '../../../stores/open-point.ts';
import { useMe, writeRefusal } from '../../../stores/profile.ts';
import { frontTab } from '../../../stores/tabs/store.ts';
import { inPast } from '../../../stores/target.ts';
import { countedAll, displayTitle, inSentence, typeNames } from '../../../text/names.ts';
import { copyText } from '../../../ui/clipboard.ts';
import { countByType, removeRecords } from '../../records/data/remove.ts';
import { askForLink } from '../../records/panel/LinksTab.tsx';
import { groupKey, isGroup } from '../model/groups.ts';
import type { Model, NetNode } from '../model/model.ts';
import { clearPositions, savePositions } from '../saved-positions.ts';
import { selectNodes, useNetwork, useNetworkStore } from '../state.ts';
import type { CommandContext } from './useStageCommands.ts';
import { notice } from '../../../ui/notices.tsx';
import { hidesIsolatedUniversities } from '../data.ts';

/** The maximum number of ids in a filter. */
const maxFilterIds = 500;

/** The most frequent type; the first of equal ones. */
function commonType(nodes: Iterable<NetNode>): NodeType | undefined {
  const counts = new Map<NodeType, number>();
  for (const { type } of nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** Opens the selection as a list, or else the first shown type with its filters. A notice says if the list omits nodes. */
export function showAsList(view: NetworkView, subjects: readonly NetNode[], model: Model): void {
  const shownNodes = [...model.nodes.values()];
  const type =
    commonType(subjects) ??
    view.types.find((candidate) => shownNodes.some((node) => node.type === candidate)) ??
    'team';
  const omitsMatches = view.focus !== '' || (type === 'university' && hidesIsolatedUniversities(view));
  const nodes = subjects.length > 0 ? subjects : omitsMatches ? shownNodes : [];
  const nodesOfType = nodes.filter((node) => node.type === type);
  // The filters match exactly the nodes to list.
  const canUseFilters =
    !omitsMatches &&
    model.matched === shownNodes.length &&
    nodesOfType.length === shownNodes.filter((node) => node.type === type).length;
  const filters = view.filters.filter((entry) => entry.type === type).map(({ filter }) => filter);
  const listedNodes = canUseFilters ? nodesOfType : nodesOfType.slice(0, maxFilterIds);
  const ids = listedNodes.map(({ id }) => id);
  navigate({
    ...listOf(type),
    filters: canUseFilters || ids.length === 0 ? filters : [{ field: 'id', op: 'in', value: ids }],
  });
  if (listedNodes.length < nodes.length)
    notice({
      title: say('network:listed', {
        count: listedNodes.length,
        all: nodes.length,
        what: inSentence(typeNames(type)),
      }),
      more: say('network:listedLimit', { count: maxFilterIds }),
    });
}

/** At a point in time, the command that restores the selected records or the link as they were then. */
export function restoreCommands(subjects: readonly NetNode[], link: { id: string } | undefined): Command[] {
  if (!inPast()) return [];
  const ids = subjects.length > 0 ? subjects.map(({ id }) => id) : link ? [link.id] : [];
  const label =
    subjects.length > 1
      ? say('past:restore.some', { what: countedAll(countByType(subjects)) })
      : say('past:restore.one');
  const run = (): void => requestRestore(ids);
  return [
    commandFactory('record', 'network')('asThen', label, { icon: IconHistory, enabled: ids.length > 0, run }),
  ];
}

function useSubjects(model: Model): readonly NetNode[] {
  const selected = useNetwork((network) => network.selected);
  const focusedNode = useNetwork((network) => network.focusedNode);
  return useMemo(() => {
    const ids = selected.size > 0 ? [...selected] : focusedNode === null ? [] : [focusedNode];
    return ids.flatMap((id) => {
      const node = model.nodes.get(id);
      return node && node.members === undefined ? node : [];
    });
  }, [model, selected, focusedNode]);
}

export function useSelectionCommands({ view, model, scene, focusCanvas }: CommandContext): void {
  const { t } = useTexts('network');
  const store = useNetworkStore();
  const subjects = useSubjects(model);
  const selected = useNetwork((network) => network.selected);
  const groupId = useNetwork((network) => {
    const [id = network.focusedNode] = network.selected;
    return id !== null && isGroup(id) && network.selected.size < 2 ? id : undefined;
  });
  const edgeId = useNetwork((network) => network.selectedEdge);
  const refusal = writeRefusal(useMe()) ?? undefined;
  useCommands(() => {
    const canEdit = refusal === undefined;
    const [firstNode, secondNode] = subjects;
    const singleNode = subjects.length === 1 ? firstNode : undefined;
    const hasSubjects = subjects.length > 0;
    const edge = edgeId === null ? undefined : model.edges.get(edgeId);
    const link = edge?.kind === 'interface' && edge.count === undefined ? edge : undefined;
    const target = singleNode ?? link;
    const savedNodes = (hasSubjects ? subjects : [...model.nodes.values()]).filter(({ saved }) => saved);
    /** Runs `remove`, and closes the panel of a deleted record. */
    const removeAndClose = async (ids: readonly string[], remove: () => Promise<boolean>): Promise<void> => {
      const tab = frontTab();
      const isRemoved = await remove();
      const openId = openRecordId(tab);
      if (isRemoved && openId !== null && ids.includes(openId)) showPanel(null, tab);
      focusCanvas();
    };
    const removeOne = (id: string): Promise<void> =>
      removeAndClose([id], async () => removeRecords([await api.entities.find({ id })]));
    const removeAll = (): Promise<void> =>
      removeAndClose(
        subjects.map(({ id }) => id),
        () => removeRecords(subjects),
      );
    const saveCurrentPositions = (): Promise<boolean> => {
      const points = [...(scene?.layout.points ?? [])];
      const ids = new Set(subjects.map(({ id }) => id));
      const pointsToSave = new Map(hasSubjects ? points.filter(([id]) => ids.has(id)) : points);
      return savePositions(pointsToSave, firstNode ? displayTitle(firstNode.title, firstNode.type) : '');
    };
    const resetPositions = async (): Promise<void> => {
      scene?.layout.setMustArrange(true);
      if (!(await clearPositions(savedNodes.map(({ id }) => id)))) scene?.layout.setMustArrange(false);
    };
    const recordCommand = commandFactory('record', 'network');
    const viewCommand = commandFactory('view', 'network');
    const editCommand = commandFactory('edit', 'network');
    const hasSeveral = subjects.length > 1;
    const deleteLabel = hasSeveral
      ? t('commands:record.deleteNamed', { what: countedAll(countByType(subjects)) })
      : singleNode
        ? t('network:command.deleteNode', { title: displayTitle(singleNode.title, singleNode.type) })
        : t('panel:links.delete');
    const linkOptions = { palette: false, menu: false };
    return [
      recordCommand('open', t('network:command.open'), {
        shortcut: 'Enter',
        local: true,
        icon: IconLayoutSidebarRight,
        enabled: target !== undefined || groupId !== undefined,
        run: () =>
          groupId === undefined
            ? target && openRecord(target.id)
            : adjustNetwork({ expanded: [...view.expanded, groupKey(groupId)] }),
      }),
      viewCommand('around', t('commands:record.around'), {
        icon: IconFocus2,
        enabled: singleNode !== undefined,
        run: () =>
          singleNode &&
          navigate({
            ...view,
            focus: singleNode.id,
            panel: { kind: 'record', id: singleNode.id, tab: 'details' },
          }),
      }),
      editCommand('neighbours', t('network:command.neighbours'), {
        icon: IconTopologyStar3,
        enabled: hasSubjects,
        run: () => {
          const withNeighbours = subjects.flatMap(({ id }) => [
            id,
            ...(scene?.layout.neighbours.get(id) ?? []),
          ]);
          selectNodes(store, [...new Set(withNeighbours)]);
        },
      }),
      recordCommand('linkThese', t('network:command.linkThese'), {
        shortcut: 'mod+L',
        icon: IconLinkPlus,
        enabled: canEdit && subjects.length === 2,
        why: subjects.length === 2 ? refusal : undefined,
        run: () => firstNode && secondNode && askForLink(firstNode.id, secondNode),
      }),
      viewCommand('asList', t('network:command.asList'), {
        icon: IconLayoutList,
        run: () => showAsList(view, subjects, model),
      }),
      editCommand('keep', t('network:command.keep'), {
        icon: IconPin,
        enabled: canEdit && model.nodes.size > 0,
        why: refusal,
        run: saveCurrentPositions,
      }),
      editCommand('release', t('molecule:reset'), {
        icon: IconPinnedOff,
        enabled: canEdit && savedNodes.length > 0,
        why: savedNodes.length > 0 ? refusal : undefined,
        run: resetPositions,
      }),
      editCommand('clear', t('network:command.clear'), {
        shortcut: 'Escape',
        local: true,
        icon: IconX,
        enabled: selected.size > 0 || edgeId !== null || view.panel !== null,
        run: () => {
          selectNodes(store, []);
          showPanel(null);
        },
      }),
      recordCommand('openEdge', t('network:command.open'), {
        ...linkOptions,
        icon: IconLink,
        enabled: link !== undefined,
        run: () => link && openRecord(link.id),
      }),
      recordCommand('deleteEdge', t('panel:links.delete'), {
        ...linkOptions,
        icon: IconTrash,
        enabled: canEdit && link !== undefined,
        why: refusal,
        run: () => link && removeOne(link.id),
      }),
      recordCommand('copyId', t('commands:record.copyId'), {
        icon: IconCopy,
        enabled: singleNode !== undefined,
        run: () => singleNode && copyText(singleNode.id),
      }),
      ...restoreCommands(subjects, link),
      ...(hasSeveral || target
        ? [
            recordCommand('delete', deleteLabel, {
              shortcut: 'Delete',
              local: true,
              icon: IconTrash,
              enabled: canEdit,
              why: refusal,
              run: () => (hasSeveral ? removeAll() : target && removeOne(target.id)),
            }),
          ]
        : []),
    ];
  }, [t, store, subjects, groupId, edgeId, selected, refusal, model, scene, view, focusCanvas]);
}
