declare module 'graphology-layout-forceatlas2/iterate.js' {
  interface Options {
    linLogMode: boolean;
    outboundAttractionDistribution: boolean;
    adjustSizes: boolean;
    edgeWeightInfluence: number;
    scalingRatio: number;
    strongGravityMode: boolean;
    gravity: number;
    slowDown: number;
    barnesHutOptimize: boolean;
    barnesHutTheta: number;
  }

  /** One iteration of ForceAtlas2, in place, on matrices with ten numbers for each node and three for each edge. */
  export default function iterate(options: Options, nodes: Float32Array, edges: Float32Array): object;
}
