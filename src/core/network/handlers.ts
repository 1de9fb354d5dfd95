import type { WriteContext } from '../log/commands/write-context.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { longQuery } from '../model/pipeline.ts';
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

export const networkHandlers = {
  graph: os.graph.handler(longQuery((_db, input, call) => readGraph(indexesOf(call), input))),
  neighbourhood: os.neighbourhood.handler(
    longQuery((_db, input, call) => readAround(indexesOf(call), input)),
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
