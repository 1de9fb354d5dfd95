import { ForceLayout, separateNodes } from './force.ts';
import type { FromWorker, ToWorker } from './force.ts';
import { nodeSpacing } from './groups.ts';

const workerScope = globalThis as unknown as {
  addEventListener(name: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
};

let layout: ForceLayout | null = null;
let fixedFlags = new Uint8Array();

function runSlice(slice: number): void {
  if (!layout) return;
  const start = performance.now();
  do layout.step();
  while (!layout.isAtRest && performance.now() - start < slice);
  const points = layout.points();
  const done = layout.isAtRest;
  if (done && fixedFlags.length <= 5000) separateNodes(points, fixedFlags, nodeSpacing * 0.55);
  workerScope.postMessage({ points, progress: layout.progress, done }, [points.buffer]);
  if (done) layout = null;
}

workerScope.addEventListener('message', ({ data }) => {
  if (data.kind === 'begin') {
    layout = new ForceLayout(data.input);
    fixedFlags = data.input.fixed.slice();
  }
  runSlice(data.kind === 'begin' && data.until === 'end' ? Infinity : data.slice);
});
