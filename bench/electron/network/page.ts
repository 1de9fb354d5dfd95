import { startPoint, unitHash } from '#renderer/features/network/layout/positions.ts';
import { emptyModel, neighboursOf, networkDifference } from '#renderer/features/network/model/model.ts';
import type { Model, NetEdge, NetNode } from '#renderer/features/network/model/model.ts';
import { Stage } from '#renderer/features/network/stage/Stage.ts';

const size = { width: 1100, height: 650 };

function large(nodes: number, edges: number): Model {
  const shown = Array.from({ length: nodes }, (_, at): [string, NetNode] => {
    const id = `n${at}`;
    return [
      id,
      { id, type: 'team', title: `Team ${at}`, university: null, links: 10, saved: null, values: {} },
    ];
  });
  const joined = Array.from({ length: edges }, (_, at): [string, NetEdge] => {
    const id = `e${at}`;
    const [from, to] = [1, 2].map((salt) => `n${Math.floor(unitHash(id, salt) * nodes)}`);
    return [id, { id, from: from ?? '', to: to ?? '', kind: 'interface', bond: null, loss: at % 70 }];
  });
  return { nodes: new Map(shown), edges: new Map(joined), titles: new Map(), matched: nodes };
}

function open(model: Model): Stage {
  const container = document.createElement('div');
  Object.assign(container.style, {
    position: 'absolute',
    inset: '0',
    width: `${size.width}px`,
    height: `${size.height}px`,
  });
  document.body.append(container);
  const ink = { text: '#111111', faint: '#777777', background: '#ffffff', accent: '#4450d8' };
  const stage = new Stage(container, { ink, isMotionReduced: false, drawing: 'webgl' });
  const points = new Map([...model.nodes.keys()].map((id) => [id, startPoint(id, model.nodes.size)]));
  const styles = {
    node: (id: string) => ({ size: 4, color: '#0a7d66', shape: 'circle' as const, label: id }),
    edge: () => ({ size: 0.9, color: '#3b92b8', dash: null }),
  };
  stage.apply(model, neighboursOf(model), networkDifference(emptyModel, model), points, { styles, ink });
  stage.camera.fit(points.values(), false);
  return stage;
}

/** What draws here: the name of a graphics card, or of a program that stands in for one. */
function rendererName(): string {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Milliseconds of one frame while the picture glides as it does under a dragging hand. */
async function perFrame(stage: Stage, duration: number): Promise<number> {
  let frames = 0;
  const count = (): void => void (frames += 1);
  const camera = stage.sigma.getCamera();
  await frame();
  stage.sigma.on('afterRender', count);
  const begun = performance.now();
  await camera.animate({ x: camera.x + 0.1 }, { duration, easing: 'linear' });
  // The last frame is through when the next one begins.
  await frame();
  const took = performance.now() - begun;
  stage.sigma.off('afterRender', count);
  camera.setState({ x: 0.5 });
  return took / Math.max(1, frames);
}

export interface PanningSize {
  rounds: number;
  nodes: number;
  edges: number;
  /** Milliseconds of one glide. */
  duration: number;
}

/** Measures pairs of panning over a network and over nothing. Called by the bench from outside the page. */
async function measure({
  rounds,
  nodes,
  edges,
  duration,
}: PanningSize): Promise<{ renderer: string; times: { full: number; empty: number }[] }> {
  const model = large(nodes, edges);
  const figures: { full: number; empty: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const times = { full: 0, empty: 0 };
    for (const which of round % 2 === 0 ? (['full', 'empty'] as const) : (['empty', 'full'] as const)) {
      const stage = open(which === 'full' ? model : emptyModel);
      await frame();
      await frame();
      times[which] = await perFrame(stage, duration);
      stage.kill();
      document.body.replaceChildren();
    }
    if (round >= 0) figures.push(times);
  }
  return { renderer: rendererName(), times: figures };
}

Object.assign(globalThis, { measurePanning: measure });
