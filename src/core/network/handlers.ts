import type { Network } from '#shared/contract/network.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { runYielding } from '../kernel/progress.ts';
import type { CallContext } from '../model/services.ts';
import { readAround } from './neighbourhood.ts';
import { readGraph } from './graph.ts';
import { linkIndex } from './link-index.ts';
import { arrangeNodes, removePositions } from './positions.ts';
import type { PositionsResult } from './positions.ts';

const os = operationBuilder.network;

const indexesOf = ({ services }: CallContext) => ({
  read: services.read,
  names: services.names,
  links: linkIndex(services),
});

function runWriteJob(
  { session, services }: CallContext,
  label: string,
  work: (write: WriteContext) => Generator<number, PositionsResult, void>,
  signal?: AbortSignal,
): Promise<PositionsResult> {
  const pace = { clock: services.source.clock, signal };
  return services.queue.job(session, label, (write) => runYielding(work(write), pace));
}

/** Reads in steps, yielding to other calls; can be cancelled. */
function runRead({ services }: CallContext, work: Generator<number, Network, void>, signal?: AbortSignal) {
  return runYielding(work, { clock: services.source.clock, signal });
}

export const networkHandlers = {
  graph: os.graph.handler(({ input, context, signal }) =>
    runRead(context, readGraph(indexesOf(context), input), signal),
  ),
  neighbourhood: os.neighbourhood.handler(({ input, context, signal }) =>
    runRead(context, readAround(indexesOf(context), input), signal),
  ),
  savePositions: os.savePositions.handler(({ input, context, signal }) =>
    runWriteJob(
      context,
      'arranging the network',
      (write) => arrangeNodes(write, input.places, input.drawing),
      signal,
    ),
  ),
  deletePositions: os.deletePositions.handler(({ input, context, signal }) =>
    runWriteJob(
      context,
      'releasing positions',
      (write) => removePositions(write, input.ids, input.drawing),
      signal,
    ),
  ),
};
