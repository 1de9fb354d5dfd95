import { ForceLayout, separateNodes } from './force.ts';
import type { FromWorker, ToWorker } from './force.ts';
import { groupSpacing } from './groups.ts';

const scope = globalThis as unknown as {
  addEventListener(name: 'message', heard: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
};

let layout: ForceLayout | null = null;
let fixed = new Uint8Array();

function work(slice: number): void {
  if (!layout) return;
  const begun = performance.now();
  do layout.step();
  while (!layout.atRest && performance.now() - begun < slice);
  const points = layout.points();
  const done = layout.atRest;
  if (done && fixed.length <= 5000) separateNodes(points, fixed, groupSpacing * 0.55);
  scope.postMessage({ points, progress: layout.progress, done }, [points.buffer]);
  if (done) layout = null;
}

scope.addEventListener('message', ({ data }) => {
  if (data.kind === 'begin') {
    layout = new ForceLayout(data.input);
    fixed = data.input.fixed.slice();
  }
  work(data.kind === 'begin' && data.until === 'end' ? Infinity : data.slice);
});
