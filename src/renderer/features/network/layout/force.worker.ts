import { ForceLayout, separateNodes } from './force.ts';
import type { FromWorker, ToWorker } from './force.ts';
import { nodeSpacing } from './groups.ts';

const workerScope = globalThis as unknown as {
  addEventListener(name: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
};

const maxSeparatedNodes = 5000;
const minNodeDistance = nodeSpacing * 0.55;

let layout: ForceLayout | null = null;
let fixedFlags = new Uint8Array();

function runSlice(slice: number): void {
  if (!layout) return;
  const start = performance.now();
  do layout.step();
  while (!layout.isAtRest && performance.now() - start < slice);
  const points = layout.points();
  const isDone = layout.isAtRest;
  if (isDone && fixedFlags.length <= maxSeparatedNodes) separateNodes(points, fixedFlags, minNodeDistance);
  workerScope.postMessage({ points, progress: layout.progress, isDone }, [points.buffer]);
  if (isDone) layout = null;
}

workerScope.addEventListener('message', ({ data }) => {
  if (data.kind === 'begin') {
    layout = new ForceLayout(data.input);
    fixedFlags = data.input.fixed.slice();
  }
  runSlice(data.kind === 'begin' && data.states === 'last' ? Infinity : data.slice);
});
