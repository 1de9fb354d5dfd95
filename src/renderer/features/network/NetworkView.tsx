import { useElementSize } from '@mantine/hooks';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Button, ActionIcon } from '@mantine/core';
import { IconTopologyStar3, IconX } from '@tabler/icons-react';
import type { NetworkView } from '#shared/address/network.ts';
import { createLinkFilter } from '#shared/domain/link-filters.ts';
import type { LinkEnd, LinkFilters } from '#shared/domain/link-filters.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useRegistry, runCommand } from '../../commands/registry.ts';
import { adjustNetwork, navigate, openRecord, showPanel, useView } from '../../stores/address.ts';
import { useMe, writeRefusal, useCanChange } from '../../stores/profile.ts';
import { useStatus } from '../../stores/view-status.ts';
import { useTabId } from '../../stores/tabs/store.ts';
import { choiceName, newName, countedRecords, displayTitle } from '../../text/names.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import '../records/narrowing.module.css';
import { Canvas } from './Canvas.tsx';
import { useSelectionCommands } from './commands/useSelectionCommands.ts';
import { useStageCommands } from './commands/useStageCommands.ts';
import { ControlBar } from './controls/ControlBar.tsx';
import { Legend, useLegendShown } from './controls/Legend.tsx';
import { CornerControls } from './controls/Minimap.tsx';
import { networkCountsText, useNetworkData } from './data.ts';
import { PrintedNetwork } from './ReadOnlyNetwork.tsx';
import { useDrawPicture, useSavePicture, useShareNetwork } from './export/save.ts';
import type { GroupArea } from './layout/groups.ts';
import { withoutHidden } from './controls/legend-parts.ts';
import { lookOf, useLook, variablePalette } from './look/appearance.ts';
import { bridgesOf, useMeasures, withMeasures } from './measures.ts';
import { groupKey, isGroup } from './model/groups.ts';
import { emptyModel } from './model/model.ts';
import type { Model, NetNode } from './model/model.ts';
import styles from './network.module.css';
import { RecordStage } from './RecordStage.tsx';
import { Overlay, tracesOn } from './stage/Overlay.tsx';
import { createNetworkStore, NetworkProvider, selectNodes, useNetwork, useNetworkStore } from './state.ts';
import { Toolbar } from './Toolbar.tsx';
import { useNetworkScene, useSelectionInRoute, useShowModel } from './useNetworkScene.ts';
import { stageValue, valueOf } from './look/fields.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { SceneState } from './stage/useScene.ts';
import { iconOf } from '../../ui/icons.ts';
import { enableRowKeys } from '../../ui/row-keys.ts';
import '../../ui/stage/stage.css';

const maxListedNodes = 200;

interface Props {
  model: Model;
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** The nodes as a list: the accessible form of the network. */
function NodeList({ model, onChoose, onClose }: Props) {
  const { t } = useTexts('network');
  const selected = useNetwork((network) => network.selected);
  const nodes = useMemo(
    () => [...model.nodes.values()].sort((a, b) => compareNames(a.title, b.title)).slice(0, maxListedNodes),
    [model],
  );
  return (
    <section
      className={`column small pad-8 ${styles.shownList} card on-panel`}
      aria-label={t('network:list')}
    >
      <header className="row apart px-4 mb-4">
        <h2 className="small strong">{t('network:list')}</h2>
        <ActionIcon size={22} aria-label={t('common:close')} onClick={onClose}>
          <IconX size={14} stroke={1.6} />
        </ActionIcon>
      </header>
      <ul ref={enableRowKeys} className="fill scroll-y pick-list">
        {nodes.map(({ id, type, title, links }) => {
          const Icon = iconOf[type];
          return (
            <li key={id}>
              <button type="button" aria-pressed={selected.has(id)} onClick={() => onChoose(id)}>
                <Icon size={15} stroke={1.6} />
                <span className="cut">{displayTitle(title, type)}</span>
                <span className="dim rigid num">{countedRecords('interface', links)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {model.nodes.size > maxListedNodes && (
        <p className="dim">{t('network:listNote', { count: maxListedNodes })}</p>
      )}
    </section>
  );
}

/** The empty network; `notFound`: the centre record does not exist. */
function EmptyNetwork({ view, notFound }: { view: NetworkView; notFound: boolean }) {
  const { t } = useTexts('network');
  const canEdit = useCanChange();
  const [text, action] = notFound
    ? [
        `${t('faults:NOT_FOUND.title')}.`,
        { label: t('whole'), run: () => adjustNetwork({ focus: '', panel: null }) },
      ]
    : view.filters.length > 0
      ? [t('empty.filtered'), { label: t('common:clearFilters'), run: () => adjustNetwork({ filters: [] }) }]
      : [t('empty.text'), canEdit ? { label: newName('team'), run: () => runCommand('new.team') } : null];
  return (
    <EmptyState icon={IconTopologyStar3} text={text}>
      {action && (
        <Button variant="filled" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </EmptyState>
  );
}

/** Reports that the network is drawn without WebGL. */
function WebglNotice({ webgl, onRetry }: Omit<SceneState, 'scene'>) {
  const { t } = useTexts('network');
  if (webgl === 'found') return null;
  return (
    <output className="row rigid gap-8 small line-below on-info high-24 px-12 py-2">
      {t(`webgl.${webgl}`)}
      {webgl === 'lost' && (
        <Button size="compact-xs" onClick={onRetry}>
          {t('webgl.retry')}
        </Button>
      )}
    </output>
  );
}

export function SelectionBar({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('grid');
  const count = useNetwork((network) => network.selected.size);
  const commands = useRegistry((registry) => registry.commands);
  if (count < 2) return null;
  const buttons: readonly { id: string; text?: string; keepsFocus?: boolean }[] = [
    { id: 'linkThese', keepsFocus: true },
    { id: 'asList' },
    { id: 'keep' },
    { id: 'asThen', text: t('past:restore.one'), keepsFocus: true },
    { id: 'delete', text: t('commands:record.delete') },
    { id: 'clear', text: t('common:clear') },
  ];
  return (
    <div
      className={`row wrap middle gap-2 on-bg ${styles.selection} card on-panel`}
      role="toolbar"
      aria-label={t('grid:selected', { count })}
    >
      <output className="num">{t('grid:selected', { count })}</output>
      {buttons.map(({ id, text, keepsFocus }) => {
        const command = commands.find((candidate) => candidate.id === `network.${id}`);
        if (!command || (command.enabled === false && command.why === undefined)) return null;
        return (
          <CommandButton
            key={id}
            quiet
            id={command.id}
            {...(text === undefined ? {} : { text })}
            {...(keepsFocus ? {} : { onBeforeRun: onDone })}
          />
        );
      })}
    </div>
  );
}

const stringOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function linkEndOf(node: NetNode): LinkEnd {
  return { university: stringOrNull(valueOf(node, 'university')), lifecycle: stageValue(node) };
}

function filterLinks(model: Model, filters: LinkFilters): Model {
  const matchesFilters = createLinkFilter(filters);
  if (!matchesFilters) return model;
  const ends = new Map([...model.nodes].map(([id, node]) => [id, linkEndOf(node)]));
  const edges = [...model.edges].filter(([, edge]) => {
    const [from, to] = [ends.get(edge.from), ends.get(edge.to)];
    return edge.kind === 'reference' || (from && to && matchesFilters(edge, from, to));
  });
  return { ...model, edges: new Map(edges) };
}

const noBridges: ReadonlySet<string> = new Set();
const minWidths = { overview: 560, legend: 740 };

/** The network view: toolbar, canvas with controls, and record panel. */
function Network({ view }: { view: NetworkView }) {
  const { t } = useTexts('network');
  const tab = useTabId();
  const store = useNetworkStore();
  const refusal = writeRefusal(useMe());
  const { model: loadedModel, groupCounts, error, notFound, shownView, retry } = useNetworkData(view);
  const measureState = useMeasures(view);
  const { network: measures, damage } = measureState;
  const fullModel = useMemo(
    () =>
      filterLinks(withMeasures(loadedModel ?? emptyModel, { network: measures, damage }), shownView.links),
    [loadedModel, measures, damage, shownView.links],
  );
  const bridges = useMemo(
    () => (shownView.bridges && measures ? bridgesOf(fullModel, measures) : noBridges),
    [fullModel, measures, shownView.bridges],
  );
  const look = useLook(fullModel, shownView, bridges);
  const model = useMemo(
    () => withoutHidden(fullModel, look, shownView.colour, shownView.hidden),
    [fullModel, look, shownView.colour, shownView.hidden],
  );
  const { ref: bodyRef, width } = useElementSize<HTMLDivElement>();
  const isNarrow = (limit: number): boolean => width > 0 && width < limit;
  const canvas = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [groups, setGroups] = useState<readonly GroupArea[]>([]);
  const [isListShown, setListShown] = useState(false);
  // Reads the element during a gesture, never while rendering.
  // oxlint-disable-next-line react/refs
  const traces = useMemo(() => tracesOn(svg), []);
  const openPanel = useCallback(
    (id: string | null) => (id === null || isGroup(id) ? showPanel(null, tab) : openRecord(id, tab)),
    [tab],
  );
  const { scene, webgl, onRetry } = useNetworkScene(container, {
    look,
    refusal,
    traces,
    onGroups: setGroups,
    onOpen: (id) =>
      isGroup(id)
        ? adjustNetwork({ expanded: [...view.expanded, groupKey(id)] })
        : navigate({ ...view, focus: id }),
  });
  useShowModel({ view: shownView, model, look, scene });
  useSelectionInRoute(view, model, scene, openPanel);
  const legend = useLegendShown(isNarrow(minWidths.legend));
  const mode = useNetwork((network) => network.mode);
  const selectedCount = useNetwork((network) => network.selected.size);
  const counts = useMemo(
    () => networkCountsText(loadedModel && model, loadedModel, groupCounts),
    [loadedModel, model, groupCounts],
  );
  useStatus(counts, selectedCount);

  const focusCanvas = useCallback(() => canvas.current?.focus({ preventScroll: true }), []);
  const focusSearch = useCallback(() => search.current?.select(), []);
  const selectAndReveal = (id: string, { isCentred } = { isCentred: false }): void => {
    selectNodes(store, [id]);
    scene?.stage.camera.reveal(id, isCentred);
  };
  const pictureOptions = { view, colour: shownView.colour, model, scene, counts };
  const save = useSavePicture({ ...pictureOptions, look });
  const draw = useDrawPicture(pictureOptions);
  const makePageLook = () => lookOf(model, shownView, variablePalette, bridges);
  useShareNetwork({ model, makePageLook, draw, counts, isDrawn: scene !== null && model.nodes.size > 0 });
  const drawCurrentLook = useCallback(() => draw(look), [draw, look]);
  const context = { view, model, scene, focusSearch, focusCanvas, save };
  useStageCommands(context);
  useSelectionCommands(context);

  const groupName = (group: string): string => {
    if (group === '') return t('noGroup');
    return view.layout === 'university' ? (model.titles.get(group) ?? group) : choiceName(group);
  };
  const hasFailed = error !== null && !notFound && loadedModel === null;
  const isEmpty = !hasFailed && (notFound || (loadedModel !== null && model.nodes.size === 0));
  const isDrawn = scene !== null && loadedModel !== null && !isEmpty && !hasFailed;
  return (
    <RecordStage panel={view.panel}>
      <Toolbar
        view={view}
        model={model}
        search={search}
        isListShown={isListShown}
        onListShown={setListShown}
        onFound={(id) => selectAndReveal(id, { isCentred: true })}
        onLeave={focusCanvas}
      />
      <WebglNotice webgl={webgl} onRetry={onRetry} />
      <PrintedNetwork draw={drawCurrentLook} />
      <div
        className={`fill column shrink clip relative on-canvas ${styles.body} print-replaced`}
        ref={bodyRef}
        data-testid="network-body"
      >
        <Canvas model={model} scene={scene} container={container} traces={svg} canvas={canvas}>
          {isDrawn && (
            <Overlay
              scene={scene}
              model={model}
              groups={groups}
              groupName={groupName}
              canEdit={refusal === null}
            />
          )}
        </Canvas>
        {!hasFailed && loadedModel === null && (
          <output className={`absolute inset ${styles.loading}`} aria-label={t('loading')} />
        )}
        {hasFailed && <ErrorState error={error} onRetry={retry} />}
        {isEmpty && <EmptyNetwork view={view} notFound={notFound} />}
        {!hasFailed && (
          <ControlBar
            view={view}
            model={fullModel}
            counts={counts}
            groupCounts={groupCounts}
            measureState={measureState}
          />
        )}
        {mode !== 'move' && (
          <output className={`untouched ${styles.hint} card on-panel`}>{t(`hint.${mode}`)}</output>
        )}
        {isDrawn && (
          <>
            <CornerControls scene={scene} look={look} hasOverview={!isNarrow(minWidths.overview)} />
            <Legend
              scene={scene}
              model={fullModel}
              look={look}
              colour={shownView.colour}
              size={shownView.size}
              measureState={measureState}
              hidden={shownView.hidden}
              legend={legend}
            />
            <SelectionBar onDone={focusCanvas} />
          </>
        )}
        {isListShown && loadedModel !== null && (
          <NodeList
            model={model}
            onChoose={(id) => selectAndReveal(id)}
            onClose={() => setListShown(false)}
          />
        )}
      </div>
    </RecordStage>
  );
}

export default function NetworkView() {
  const view = useView();
  const [store] = useState(createNetworkStore);
  if (view.kind !== 'network') return null;
  return (
    <NetworkProvider value={store}>
      <Network view={view} />
    </NetworkProvider>
  );
}
