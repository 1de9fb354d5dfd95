import '../records/records.css';
import { useElementSize } from '@mantine/hooks';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useCommands } from '../../commands/registry.ts';
import { adjustNetwork, go, showPanel, useView } from '../../stores/address.ts';
import { useMe, whyNothing } from '../../stores/profile.ts';
import { useStatus } from '../../stores/shown.ts';
import { useTabId } from '../../stores/tabs/store.ts';
import { choiceName } from '../../text/names.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import '../records/narrowing.module.css';
import { Canvas } from './Canvas.tsx';
import { useSelectionCommands } from './commands/useSelectionCommands.ts';
import { useStageCommands } from './commands/useStageCommands.ts';
import { Bar } from './controls/Bar.tsx';
import { Legend, useLegendShown } from './controls/Legend.tsx';
import { Corner } from './controls/Minimap.tsx';
import { SelectionBar } from './controls/SelectionBar.tsx';
import { countsOf, useNetworkData } from './data.ts';
import { PrintedNetwork } from './export/Printed.tsx';
import { useDrawPicture, useSavePicture } from './export/save.ts';
import { useShareNetwork } from './export/useShareNetwork.ts';
import type { GroupPlace } from './layout/groups.ts';
import { withoutHidden } from './controls/legend-parts.ts';
import { lightPalette, lookOf, useLook } from './look/appearance.ts';
import { bridgesOf, useMeasures, withMeasures } from './measures.ts';
import { withLinks } from './model/link-filters.ts';
import { groupKey, isGroup } from './model/groups.ts';
import { emptyModel } from './model/model.ts';
import styles from './network.module.css';
import { NetworkRecordPanel } from './NetworkRecordPanel.tsx';
import { ShownList } from './ShownList.tsx';
import { Overlay, tracesOn } from './stage/Overlay.tsx';
import { createNetworkStore, NetworkProvider, select, useNetwork, useNetworkStore } from './state.ts';
import { EmptyNetwork, WebglNotice } from './States.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useNetworkScene, useSelectionInRoute, useShowModel } from './useNetworkScene.ts';

const noBridges: ReadonlySet<string> = new Set();
const narrow = { overview: 560, legend: 740 };

/** The network view: toolbar, canvas with controls, and record panel. */
function Network({ view }: { view: NetworkView }) {
  const { t } = useTexts('network');
  const tab = useTabId();
  const store = useNetworkStore();
  const whyNot = whyNothing(useMe());
  const { model: read, grouped, error, notFound, shown, retry } = useNetworkData(view);
  const measuring = useMeasures(view);
  const { network: measures, damage } = measuring;
  const known = useMemo(
    () => withLinks(withMeasures(read ?? emptyModel, { network: measures, damage }), shown.links),
    [read, measures, damage, shown.links],
  );
  const bridges = useMemo(
    () => (shown.bridges && measures ? bridgesOf(known, measures) : noBridges),
    [known, measures, shown.bridges],
  );
  const look = useLook(known, shown, bridges);
  const model = useMemo(
    () => withoutHidden(known, look, shown.colour, shown.hidden),
    [known, look, shown.colour, shown.hidden],
  );
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const isNarrow = (limit: number): boolean => width > 0 && width < limit;
  const canvas = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [groups, setGroups] = useState<readonly GroupPlace[]>([]);
  const [isListed, setListed] = useState(false);
  // Reads the element during a gesture, never while rendering.
  // oxlint-disable-next-line react/refs
  const traces = useMemo(() => tracesOn(svg), []);
  const open = useCallback(
    (id: string | null) =>
      showPanel(id === null || isGroup(id) ? null : { kind: 'record', id, tab: 'details' }, tab),
    [tab],
  );
  const { scene, webgl, onRetry } = useNetworkScene(container, {
    look,
    whyNot,
    traces,
    onGroups: setGroups,
    onOpen: (id) =>
      isGroup(id)
        ? adjustNetwork({ expanded: [...view.expanded, groupKey(id)] })
        : go({ ...view, focus: id }),
  });
  useShowModel({ shown, model, look, scene });
  useSelectionInRoute(view, model, scene, open);
  const legend = useLegendShown(isNarrow(narrow.legend));
  const mode = useNetwork((network) => network.mode);
  const selected = useNetwork((network) => network.selected.size);
  const counts = useMemo(() => countsOf(read && model, read, grouped), [read, model, grouped]);
  useStatus(counts, selected);

  const focusCanvas = useCallback(() => canvas.current?.focus({ preventScroll: true }), []);
  const focusSearch = useCallback(() => search.current?.select(), []);
  const choose = (id: string, centre: boolean): void => {
    select(store, [id]);
    scene?.stage.camera.reveal(id, centre);
  };
  const drawing = { view, colour: shown.colour, model, scene, counts };
  const save = useSavePicture({ ...drawing, look });
  const draw = useDrawPicture(drawing);
  const lookOnPaper = () => lookOf(model, shown, lightPalette(), bridges);
  useShareNetwork({ model, lookOnPaper, draw, counts, isDrawn: scene !== null && model.nodes.size > 0 });
  const drawLook = useCallback(() => draw(look), [draw, look]);
  const context = { view, model, scene, focusSearch, focusCanvas, save };
  useCommands(useStageCommands(context));
  useCommands(useSelectionCommands(context));

  const nameOf = (group: string): string => {
    if (group === '') return t('noGroup');
    return view.layout === 'university' ? (model.titles.get(group) ?? group) : choiceName(group);
  };
  const hasFailed = error !== null && !notFound && read === null;
  const isEmpty = !hasFailed && (notFound || (read !== null && model.nodes.size === 0));
  const isDrawn = scene !== null && read !== null && !isEmpty && !hasFailed;
  return (
    <div className="list">
      <section className="list-main">
        <Toolbar
          view={view}
          model={model}
          search={search}
          isListed={isListed}
          onListed={setListed}
          onFound={(id) => choose(id, true)}
          onLeave={focusCanvas}
        />
        <WebglNotice webgl={webgl} onRetry={onRetry} />
        <PrintedNetwork draw={drawLook} />
        <div
          className={`fill column shrink clip relative on-canvas ${styles.body} print-replaced`}
          ref={measured}
          data-testid="network-body"
        >
          <Canvas model={model} scene={scene} container={container} traces={svg} canvas={canvas}>
            {isDrawn && (
              <Overlay
                scene={scene}
                model={model}
                groups={groups}
                nameOf={nameOf}
                canEdit={whyNot === null}
              />
            )}
          </Canvas>
          {!hasFailed && read === null && <output className={styles.loading} aria-label={t('loading')} />}
          {hasFailed && <ErrorState error={error} onRetry={retry} />}
          {isEmpty && <EmptyNetwork view={view} notFound={notFound} />}
          {!hasFailed && (
            <Bar view={view} model={known} counts={counts} grouped={grouped} measured={measuring} />
          )}
          {mode !== 'move' && (
            <output className={`untouched ${styles.hint} card on-panel`}>{t(`hint.${mode}`)}</output>
          )}
          {isDrawn && (
            <>
              <Corner scene={scene} look={look} hasOverview={!isNarrow(narrow.overview)} />
              <Legend
                scene={scene}
                model={known}
                look={look}
                colour={shown.colour}
                size={shown.size}
                measured={measuring}
                hidden={shown.hidden}
                legend={legend}
              />
              <SelectionBar onDone={focusCanvas} />
            </>
          )}
          {isListed && read !== null && (
            <ShownList model={model} onChoose={(id) => choose(id, false)} onClose={() => setListed(false)} />
          )}
        </div>
      </section>
      <NetworkRecordPanel panel={view.panel} onLeave={focusCanvas} />
    </div>
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
