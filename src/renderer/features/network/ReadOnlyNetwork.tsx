import { useCallback, useEffect, useRef } from 'react';
import { reportError } from '../../ui/notices.tsx';
import { Surface } from '../../ui/stage/Surface.tsx';
import { CornerControls } from './controls/Minimap.tsx';
import type { Look } from './look/appearance.ts';
import type { Model } from './model/model.ts';
import styles from './network.module.css';
import { HoverNote } from './stage/Overlay.tsx';
import { useScene } from './stage/useScene.ts';
import { useNetworkStore } from './state.ts';
import { readOnlyActions, useShowModel } from './useNetworkScene.ts';
import { usePrintPreparation } from '../../stores/printing.ts';
import type { Picture } from './export/picture.ts';

const noTraces = { lasso: () => {}, link: () => {} };
const wholeView = { layout: 'force', focus: '', depth: 1 } as const;

/** A network that can be explored but not changed. Must be inside a `NetworkProvider`. */
export function ReadOnlyNetwork({ model, look, label }: { model: Model; look: Look; label: string }) {
  const store = useNetworkStore();
  const container = useRef<HTMLDivElement>(null);
  const { scene } = useScene(container, {
    ink: look.ink,
    traces: noTraces,
    dimsOthers: false,
    listeners: { onRunning: () => {}, onGroups: () => {}, onFailure: reportError },
    actions: (layout) => readOnlyActions(store, layout),
  });
  useShowModel({ view: wholeView, model, look, scene });
  useEffect(
    () =>
      store.subscribe(({ selected, selectedEdge }) => {
        const [selectedId] = selected;
        const edgeSource = selectedEdge === null ? undefined : model.edges.get(selectedEdge)?.from;
        const nodeId = selectedId ?? edgeSource;
        if (nodeId !== undefined) scene?.stage.camera.reveal(nodeId);
      }),
    [store, scene, model],
  );
  const draw = useCallback(async () => {
    if (!scene) return null;
    const { pictureOf } = await import('./export/picture.ts');
    const texts = { workspace: '', title: '', counts: '', colour: '', when: '' };
    return { ...pictureOf(scene.stage, model, look, texts), title: label, legend: [] };
  }, [scene, model, look, label]);
  return (
    <div className={`fill clip relative on-canvas ${styles.readOnly}`}>
      <PrintedNetwork draw={draw} />
      <Surface
        as="div"
        ref={container}
        className={`absolute inset ${styles.stage} print-replaced`}
        kind="img"
        label={label}
      />
      {scene && (
        <>
          <div className={`clip full full-y untouched absolute inset ${styles.overlay} print-replaced`}>
            <HoverNote scene={scene} model={model} />
          </div>
          <CornerControls scene={scene} look={look} hasOverview={false} />
        </>
      )}
    </div>
  );
}

/** Replaces the canvas in print: the network as a vector graphic. */
export function PrintedNetwork({ draw }: { draw: () => Promise<Picture | null> }) {
  const container = useRef<HTMLDivElement>(null);
  usePrintPreparation(
    useCallback(async () => {
      const picture = await draw();
      if (!picture) return container.current?.replaceChildren();
      const { svgOf } = await import('./export/svg.ts');
      const svg = new DOMParser().parseFromString(svgOf(picture), 'image/svg+xml').documentElement;
      container.current?.replaceChildren(document.importNode(svg, true));
    }, [draw]),
  );
  return <div ref={container} className="print-picture" />;
}
