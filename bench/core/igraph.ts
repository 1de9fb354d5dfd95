import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { PeerMissing } from '../row.ts';
import { edgesOf } from './edges.ts';

const run = promisify(execFile);

/** Debian's own comes last: another one in front of it need not know Debian's packages. */
const interpreters = ['python3', '/usr/bin/python3'];

async function pythonWithIgraph(): Promise<string> {
  for (const python of interpreters) {
    const found = await run(python, ['-c', 'import igraph']).catch(() => null);
    if (found) return python;
  }
  throw new PeerMissing('python3-igraph');
}

const script = `
import igraph, random, sys, time
file, size, seed, turns, expression = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
graph = igraph.Graph(n=size, edges=[tuple(map(int, line.split())) for line in open(file)])
random.seed(seed)
start = time.perf_counter()
for _ in range(turns):
    value = eval(expression)
print((time.perf_counter() - start) * 1000 / turns, value if isinstance(value, float) else 0)
`;

/** What igraph says: its own milliseconds for one turn, without starting Python and reading the graph, and the value if it is a number. */
export type Igraph = (
  expression: string,
  options?: { turns?: number; seed?: number },
) => Promise<{ milliseconds: number; value: number }>;

/** Hands the graph to igraph, called `graph` in expressions, while `work` goes on. Without igraph, its first call throws PeerMissing. */
export async function withIgraph<R>(graph: Graph, work: (igraph: Igraph) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-bench-'));
  try {
    const file = join(folder, 'edges.txt');
    await writeFile(file, Array.from(edgesOf(graph), (edge) => edge.join(' ')).join('\n'));
    return await work(async (expression, { turns = 1, seed = 1 } = {}) => {
      const python = await pythonWithIgraph();
      const figures = [graph.size, seed, turns].map(String);
      const { stdout } = await run(python, ['-c', script, file, ...figures, expression]);
      const [milliseconds = NaN, value = NaN] = stdout.split(' ').map(Number);
      return { milliseconds, value };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
