import { useElementSize } from '@mantine/hooks';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '#shared/address/network.ts';
import { go, showPanel } from '../../stores/address.ts';
import { useMe, whyNothing } from '../../stores/profile.ts';
import { useStatus } from '../../stores/shown.ts';
import { useTabId } from '../../stores/tabs/store.ts';
import { choiceName } from '../../text/names.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Beside } from './Beside.tsx';
import { Canvas } from './Canvas.tsx';
import { useNetworkCommands } from './commands/useNetworkCommands.ts';
import { Bar } from './controls/Bar.tsx';
import { Legend } from './controls/Legend.tsx';
import { Minimap } from './controls/Minimap.tsx';
import { SelectionBar } from './controls/SelectionBar.tsx';
import { ZoomButtons } from './controls/ZoomButtons.tsx';
import { useNetworkData } from './data.ts';
import { useSavePicture } from './export/useSavePicture.ts';
import type { Place } from './layout/groups.ts';
import { LinkOver } from './LinkOver.tsx';
import { useLook } from './look/useLook.ts';
import { emptyModel } from './model/model.ts';
import { Nothing } from './Nothing.tsx';
import { NoWebgl } from './NoWebgl.tsx';
import { ShownList } from './ShownList.tsx';
import { Overlay, tracesOn } from './stage/Overlay.tsx';
import { useDrawing } from './stage/useDesk.ts';
import { select, useNetwork, useNetworkStore } from './state.ts';
import { Toolbar } from './Toolbar.tsx';
import { useCounts } from './useCounts.ts';
import { useOpening, useShowing } from './useShowing.ts';

/** The network view: toolbar, picture with its controls, and one record beside it. */
export function Network({ view }: { view: NetworkView }) {
  const { t } = useTranslation('network');
  const tab = useTabId();
  const store = useNetworkStore();
  const whyNot = whyNothing(useMe());
  const mayChange = whyNot === null;
  const { model: read, error, gone, pictured, retry } = useNetworkData(view);
  const model = read ?? emptyModel;
  const look = useLook(model, pictured.colour, pictured.size);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const narrow = width > 0 && width < 560;
  // Beside an open record the legend would take half of the picture, and the rest would be drawn small to stay clear of it.
  const tight = width > 0 && width < 740;
  const canvas = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [listed, setListed] = useState(false);
  // It reaches for the element when a gesture goes on, never while drawing.
  // oxlint-disable-next-line react/refs
  const traces = useMemo(() => tracesOn(svg), []);
  const show = useCallback(
    (id: string | null) => showPanel(id === null ? null : { kind: 'record', id, tab: 'details' }, tab),
    [tab],
  );
  const drawing = useDrawing(
    container,
    { look, store, whyNot, traces, onPlaces: setPlaces, onOpen: (id) => go({ ...view, focus: id }) },
    attempt,
  );
  const desk = drawing.state === 'there' ? drawing.desk : null;
  useShowing({ view, pictured, model, look, desk });
  useOpening(show);
  const linking = useNetwork((network) => network.linking);
  const mode = useNetwork((network) => network.mode);
  const selected = useNetwork((network) => network.selected.size);
  const counts = useCounts(model);
  useStatus(counts, selected);

  const focusCanvas = useCallback(() => canvas.current?.focus({ preventScroll: true }), []);
  const choose = useCallback(
    (id: string, middle: boolean) => {
      select(store, [id]);
      desk?.stage.reveal(id, middle);
    },
    [store, desk],
  );
  const save = useSavePicture({ view, pictured, model, look, desk, counts });
  const focusSearch = useCallback(() => search.current?.select(), []);
  useNetworkCommands({ view, model, desk, focusSearch, focusCanvas, save });

  const nameOf = (group: string): string => {
    if (group === '') return view.layout === 'force' ? '' : t(`noGroup.${view.layout}`);
    return view.layout === 'university' ? (model.titles.get(group) ?? group) : choiceName(group);
  };
  const from = linking && model.nodes.get(linking.from);
  const to = linking && model.nodes.get(linking.to);
  const missing = drawing.state === 'missing' || drawing.state === 'lost';
  const failed = error !== null && !gone && read === null;
  const empty = !failed && (gone || (read !== null && model.nodes.size === 0));
  const drawn = desk !== null && !empty && !failed && read !== null;
  return (
    <div className="list network">
      <section className="list-main">
        <Toolbar
          view={view}
          model={model}
          search={search}
          listed={listed}
          onListed={setListed}
          onFound={(id) => choose(id, true)}
          onLeave={focusCanvas}
        />
        <div className="network-body" ref={measured}>
          <Canvas
            model={model}
            desk={desk}
            container={container}
            traces={svg}
            canvas={canvas}
            onWalked={(id) => desk?.stage.reveal(id)}
          >
            {drawn && (
              <Overlay
                desk={desk}
                places={places}
                nameOf={nameOf}
                titles={model.titles}
                mayChange={mayChange}
              />
            )}
          </Canvas>
          {!missing && !failed && read === null && (
            <output className="network-coming" aria-label={t('loading')} />
          )}
          {failed && <ErrorState error={error} onRetry={retry} />}
          {empty && !missing && <Nothing view={view} gone={gone} />}
          {missing && (
            <NoWebgl
              view={view}
              {...(drawing.state === 'lost' ? { onAgain: () => setAttempt(attempt + 1) } : {})}
            />
          )}
          {!missing && !failed && <Bar view={view} model={model} counts={counts} />}
          {mode !== 'move' && linking === null && (
            <output className="network-hint network-float">{t(`hint.${mode}`)}</output>
          )}
          {drawn && (
            <>
              <div className="network-corner">
                <ZoomButtons />
                {!narrow && <Minimap desk={desk} look={look} />}
              </div>
              <Legend model={model} look={look} colour={pictured.colour} narrow={tight} />
              <SelectionBar onDone={focusCanvas} />
            </>
          )}
          {mayChange && from && to && (
            <LinkOver
              key={`${from.id} ${to.id}`}
              desk={desk}
              traces={traces}
              from={from}
              to={to}
              onDone={(created) => {
                store.setState({ linking: null, mode: 'move' });
                focusCanvas();
                if (created !== null) store.setState({ edge: created, selected: new Set(), cursor: null });
              }}
            />
          )}
          {(listed || missing) && read !== null && (
            <ShownList
              model={model}
              onChoose={(id) => choose(id, false)}
              {...(missing ? {} : { onClose: () => setListed(false) })}
            />
          )}
        </div>
      </section>
      <Beside panel={view.panel} onLeave={focusCanvas} />
    </div>
  );
}
