import Database from 'better-sqlite3';
import { UndirectedGraph } from 'graphology';
import graphologyBetweenness from 'graphology-metrics/centrality/betweenness.js';
import { sumPathsOnWorkers } from '#core/analysis/measures/path-sums-task.ts';
import { findCuts } from '#core/analysis/graph/connectivity.ts';
import { coreNumbers } from '#core/analysis/measures/network-model.ts';
import { buildGraph } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { leiden } from '#core/analysis/graph/leiden.ts';
import { modularity } from '#core/analysis/graph/modularity.ts';
import { Neighbourhood } from '#core/analysis/graph/neighbourhood.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { clusteredEdges, clusteredGraph, edgesOf } from './edges.ts';
import { withIgraph } from './igraph.ts';

const network = (run: Run): Graph => clusteredGraph(run.scaled(10_000), run.scaled(50_000));

/** Milliseconds of one turn of what is too short to measure alone. */
async function eachOf(turns: number, work: () => unknown): Promise<number> {
  const took = await timed(() => {
    for (let turn = 0; turn < turns; turn += 1) work();
  });
  return took / turns;
}

/** Ours against an expression of igraph on the network, both so many turns. */
const againstIgraph =
  (expression: string, turns: number, ours: (graph: Graph) => unknown): Row['measure'] =>
  (run) => {
    const graph = network(run);
    return withIgraph(graph, (igraph) =>
      pairs(run, 'lower', {
        ours: () => (turns === 1 ? timed(() => ours(graph)) : eachOf(turns, () => ours(graph))),
        theirs: async () => (await igraph(expression, { turns })).milliseconds,
      }),
    );
  };

/** Betweenness from all nodes, on two workers. */
function exactBetweenness(graph: Graph): Promise<unknown> {
  const sources = Uint32Array.from({ length: graph.size }, (_, node) => node);
  const weighted = { graph: buildGraph(0, [], []), sources: new Uint32Array(), isSample: false };
  return sumPathsOnWorkers({ graph, sources, isSample: false, weighted }, { log: silentLog });
}

const graphBetweenness: Row = {
  id: 'graph-betweenness',
  name: 'exact betweenness of 10k nodes, 50k edges, on two workers vs python3-igraph',
  target: 0.7,
  better: 'lower',
  measure: againstIgraph('graph.betweenness(directed=False)', 1, (graph) => exactBetweenness(graph)),
};

/** Node takes what the module exports for its default; its types do not. */
const theirBetweenness = graphologyBetweenness as unknown as typeof graphologyBetweenness.default;

/** Smaller than the other: graphology takes long. */
const graphBetweennessGraphology: Row = {
  id: 'graph-betweenness-graphology',
  name: 'exact betweenness of 5k nodes, 25k edges, on two workers vs graphology-metrics',
  target: 0.1,
  better: 'lower',
  measure: (run) => {
    const graph = clusteredGraph(run.scaled(5000), run.scaled(25_000));
    const theirs = new UndirectedGraph();
    for (let node = 0; node < graph.size; node += 1) theirs.addNode(node);
    for (const [from, to] of edgesOf(graph)) theirs.addEdge(from, to);
    return pairs(run, 'lower', {
      ours: () => timed(() => exactBetweenness(graph)),
      theirs: () => timed(() => theirBetweenness(theirs, { getEdgeWeight: null, normalized: false })),
    });
  },
};

const graphCores: Row = {
  id: 'graph-cores',
  name: 'core numbers of 10k nodes, 50k edges vs python3-igraph',
  target: 5,
  better: 'lower',
  measure: againstIgraph('graph.coreness()', 20, coreNumbers),
};

const graphArticulation: Row = {
  id: 'graph-articulation',
  name: 'articulation points and bridges of 10k nodes, 50k edges vs python3-igraph',
  target: 5,
  better: 'lower',
  measure: againstIgraph('(graph.articulation_points(), graph.bridges())', 20, findCuts),
};

const theirLeiden = "graph.community_leiden(objective_function='modularity')";

const graphLeiden: Row = {
  id: 'graph-leiden',
  name: 'Leiden of 10k nodes, 50k edges vs python3-igraph, each as by default',
  target: 5,
  better: 'lower',
  measure: againstIgraph(theirLeiden, 1, (graph) => leiden(graph, seededRandom(1))),
};

const graphLeidenModularity: Row = {
  id: 'graph-leiden-modularity',
  name: 'modularity that Leiden finds there vs python3-igraph',
  target: 1,
  better: 'higher',
  measure: (run) => {
    const graph = network(run);
    return withIgraph(graph, (igraph) =>
      pairs(run, 'lower', {
        ours: async (seed) => modularity(graph, leiden(graph, seededRandom(seed + 1))),
        theirs: async (seed) => (await igraph(`${theirLeiden}.q`, { seed: seed + 1 })).value,
      }),
    );
  },
};

const within = `
  WITH RECURSIVE reached (node, hops) AS (
    VALUES (?, 0)
    UNION
    SELECT edges.target, reached.hops + 1 FROM reached JOIN edges ON edges.source = reached.node WHERE reached.hops < 3
  )
  SELECT count(DISTINCT node) FROM reached`;

const graphNeighbourhood: Row = {
  id: 'graph-neighbourhood',
  name: '3 hops in 20k nodes, 100k edges vs an integer recursive CTE',
  target: 0.02,
  better: 'lower',
  measure: async (run) => {
    const graph = clusteredGraph(run.scaled(20_000), run.scaled(100_000));
    const db = new Database(':memory:');
    try {
      db.exec(
        'CREATE TABLE edges (source INTEGER, target INTEGER, PRIMARY KEY (source, target)) WITHOUT ROWID',
      );
      const insert = db.prepare('INSERT INTO edges VALUES (?, ?), (?, ?)');
      db.transaction(() => {
        for (const [from, to] of edgesOf(graph)) insert.run(from, to, to, from);
      })();
      const count = db.prepare<[number], number>(within).pluck();
      const neighbourhood = new Neighbourhood(graph);
      const sources = Array.from({ length: run.scaled(300) }, (_, at) => at * 61);
      for (const source of sources)
        if (count.get(source) !== neighbourhood.nodesWithin(source, 3).length)
          throw new Error(`the CTE finds other nodes near ${source}`);
      const eachSource = (find: (source: number) => unknown) => (): Promise<number> =>
        timed(() => {
          for (const source of sources) find(source);
        });
      return await pairs(run, 'lower', {
        ours: eachSource((source) => neighbourhood.nodesWithin(source, 3)),
        theirs: eachSource((source) => count.get(source)),
      });
    } finally {
      db.close();
    }
  },
};

const graphBuild: Row = {
  id: 'graph-build',
  name: 'building a graph of 1M edges vs sorting its entries as numbers',
  target: null,
  better: 'lower',
  measure: (run) => {
    const size = run.scaled(200_000);
    const { from, to } = clusteredEdges(size, run.scaled(1_000_000));
    const entries = new Float64Array(2 * from.length);
    return pairs(run, 'lower', {
      ours: () => timed(() => buildGraph(size, from, to)),
      theirs: () =>
        timed(() => {
          from.forEach((node, edge) => {
            entries[2 * edge] = node * size + (to[edge] as number);
            entries[2 * edge + 1] = (to[edge] as number) * size + node;
          });
          entries.sort();
        }),
    });
  },
};

export const graphRows: readonly Row[] = [
  graphBetweenness,
  graphBetweennessGraphology,
  graphCores,
  graphArticulation,
  graphLeiden,
  graphLeidenModularity,
  graphNeighbourhood,
  graphBuild,
];
