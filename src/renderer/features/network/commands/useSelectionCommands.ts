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
import { requestRestore } from '../../../stores/moments.ts';
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
import { hidesLonelyUniversities } from '../data.ts';

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
    commonType(subjects) ?? view.types.find((one) => shownNodes.some((node) => node.type === one)) ?? 'team';
  const isPartial = view.focus !== '' || (type === 'university' && hidesLonelyUniversities(view));
  const nodes = subjects.length > 0 ? subjects : isPartial ? shownNodes : [];
  const ofType = nodes.filter((node) => node.type === type);
  // If all matching nodes are shown, the filters suffice.
  const isComplete =
    !isPartial &&
    model.matched === shownNodes.length &&
    ofType.length === shownNodes.filter((node) => node.type === type).length;
  const filters = view.filters.filter((one) => one.type === type).map(({ filter }) => filter);
  const listedNodes = isComplete ? ofType : ofType.slice(0, maxFilterIds);
  const value = listedNodes.map(({ id }) => id);
  navigate({
    ...listOf(type),
    filters: isComplete || value.length === 0 ? filters : [{ field: 'id', op: 'in', value }],
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

/** At a point in time, restores the selected records, or the link, as they were then. */
export function restoreCommands(subjects: readonly NetNode[], link: { id: string } | undefined): Command[] {
  if (!inPast()) return [];
  const ids = subjects.length > 0 ? subjects.map(({ id }) => id) : link ? [link.id] : [];
  const label =
    subjects.length > 1
      ? say('past:restore.some', { what: countedAll(countByType(subjects)) })
      : say('past:restore.one');
  const run = (): void => requestRestore(ids);
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
  const groupId = useNetwork(({ selected, cursor }) =>
    [[...selected].at(0) ?? cursor ?? ''].find((id) => isGroup(id) && selected.size < 2),
  );
  const edgeId = useNetwork((network) => network.edge);
  const selected = useNetwork((network) => network.selected);
  const refusal = writeRefusal(useMe()) ?? undefined;
  return useMemo(() => {
    const canEdit = refusal === undefined;
    const [first, second] = subjects;
    const single = subjects.length === 1 ? first : undefined;
    const hasSubjects = subjects.length > 0;
    const edgeOfModel = edgeId === null ? undefined : model.edges.get(edgeId);
    const link =
      edgeOfModel?.kind === 'interface' && edgeOfModel.count === undefined ? edgeOfModel : undefined;
    const subjectId = single?.id ?? link?.id;
    const target = single ?? link;
    const savedNodes = (hasSubjects ? subjects : [...model.nodes.values()]).filter(({ saved }) => saved);
    const open = (id: string): void => showPanel({ kind: 'record', id, tab: 'details' });
    /** Runs `remove`, and closes the panel of a deleted record. */
    const removeAndClose = async (ids: readonly string[], remove: () => Promise<boolean>): Promise<void> => {
      const tab = frontTab();
      const isRemoved = await remove();
      const openId = openRecord(tab);
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
    const saveCurrent = (): Promise<boolean> => {
      const points = [...(scene?.layout.points ?? [])];
      const ids = new Set(subjects.map(({ id }) => id));
      const saved = new Map(hasSubjects ? points.filter(([id]) => ids.has(id)) : points);
      return savePositions(saved, first ? displayTitle(first.title, first.type) : '');
    };
    const resetPositions = async (): Promise<void> => {
      scene?.layout.setMustArrange(true);
      if (!(await clearPositions(savedNodes.map(({ id }) => id)))) scene?.layout.setMustArrange(false);
    };
    const record = commandsOf('record', 'network');
    const views = commandsOf('view', 'network');
    const edit = commandsOf('edit', 'network');
    const hasSeveral = subjects.length > 1;
    const deleteLabel = hasSeveral
      ? t('commands:record.deleteNamed', { what: countedAll(countByType(subjects)) })
      : single
        ? t('network:command.deleteNode', { title: displayTitle(single.title, single.type) })
        : t('panel:links.delete');
    const linkOptions = { palette: false, menu: false };
    return [
      record('open', t('network:command.open'), {
        shortcut: 'Enter',
        local: true,
        icon: IconLayoutSidebarRight,
        enabled: subjectId !== undefined || groupId !== undefined,
        run: () =>
          groupId === undefined
            ? subjectId !== undefined && open(subjectId)
            : adjustNetwork({ expanded: [...view.expanded, groupKey(groupId)] }),
      }),
      views('around', t('commands:record.around'), {
        icon: IconFocus2,
        enabled: single !== undefined,
        run: () =>
          single &&
          navigate({ ...view, focus: single.id, panel: { kind: 'record', id: single.id, tab: 'details' } }),
      }),
      edit('neighbours', t('network:command.neighbours'), {
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
      record('linkThese', t('network:command.linkThese'), {
        shortcut: 'mod+L',
        icon: IconLinkPlus,
        enabled: canEdit && subjects.length === 2,
        why: subjects.length === 2 ? refusal : undefined,
        run: () => first && second && askForLink(first.id, second),
      }),
      views('asList', t('network:command.asList'), {
        icon: IconLayoutList,
        run: () => showAsList(view, subjects, model),
      }),
      edit('keep', t('network:command.keep'), {
        icon: IconPin,
        enabled: canEdit && model.nodes.size > 0,
        why: refusal,
        run: saveCurrent,
      }),
      edit('release', t('molecule:reset'), {
        icon: IconPinnedOff,
        enabled: canEdit && savedNodes.length > 0,
        why: savedNodes.length > 0 ? refusal : undefined,
        run: resetPositions,
      }),
      edit('clear', t('network:command.clear'), {
        shortcut: 'Escape',
        local: true,
        icon: IconX,
        enabled: selected.size > 0 || edgeId !== null || view.panel !== null,
        run: () => {
          selectNodes(store, []);
          showPanel(null);
        },
      }),
      record('openEdge', t('network:command.open'), {
        ...linkOptions,
        icon: IconLink,
        enabled: link !== undefined,
        run: () => link && open(link.id),
      }),
      record('deleteEdge', t('panel:links.delete'), {
        ...linkOptions,
        icon: IconTrash,
        enabled: canEdit && link !== undefined,
        why: refusal,
        run: () => link && removeOne(link.id),
      }),
      record('copyId', t('commands:record.copyId'), {
        icon: IconCopy,
        enabled: single !== undefined,
        run: () => single && copyText(single.id),
      }),
      ...restoreCommands(subjects, link),
      ...(hasSeveral || target
        ? [
            record('delete', deleteLabel, {
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
