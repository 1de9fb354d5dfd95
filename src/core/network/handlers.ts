import type { Network } from '#shared/contract/network.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { operationBuilder } from '../model/implement.ts';
import { runToEnd, progressStream } from '../kernel/progress.ts';
import type { CallContext } from '../model/services.ts';
import { readAround } from './around.ts';
import { readGraph } from './graph.ts';
import { linkIndex } from './link-index.ts';
import { arrangeNodes, releasePins } from './positions.ts';
import type { Arranged } from './positions.ts';

const os = operationBuilder.network;

const indexesOf = ({ services }: CallContext) => ({
  read: services.read,
  names: services.names,
  links: linkIndex(services),
});

function writeMany(
  { session, services }: CallContext,
  label: string,
  work: (write: WriteContext) => Generator<number, Arranged, void>,
  signal?: AbortSignal,
): Promise<Arranged> {
  const steps = { step: 'writing', total: null, clock: services.source.clock, signal };
  return services.queue.job(session, label, (write) => runToEnd(progressStream(work(write), steps)));
}

/** Reads in steps, yielding to other calls; can be cancelled. */
function readMany({ services }: CallContext, work: Generator<number, Network, void>, signal?: AbortSignal) {
  const steps = { step: 'reading', total: null, clock: services.source.clock, signal };
  return runToEnd(progressStream(work, steps));
}

export const networkHandlers = {
  graph: os.graph.handler(({ input, context, signal }) =>
    readMany(context, readGraph(indexesOf(context), input), signal),
  ),
  around: os.around.handler(({ input, context, signal }) =>
    readMany(context, readAround(indexesOf(context), input), signal),
  ),
  arrange: os.arrange.handler(({ input, context, signal }) =>
    writeMany(
      context,
      'arranging the network',
      (write) => arrangeNodes(write, input.places, input.drawing),
      signal,
    ),
  ),
  release: os.release.handler(({ input, context, signal }) =>
    writeMany(
      context,
      'releasing positions',
      (write) => releasePins(write, input.ids, input.drawing),
      signal,
    ),
  ),
};
