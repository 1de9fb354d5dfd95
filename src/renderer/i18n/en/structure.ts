export default {
  title: 'Structure',
  measure: 'Measure',
  none: 'No links yet. Add links to see how the network holds together.',
  heading: 'Removing {{count, number}} of {{all, number}} linked records splits the network in half',
  within: '{{share}} of links stay within their university',
  modularity: 'Modularity: {{declared}} by university, {{found}} best grouping found',
  parts_one: '{{count, number}} component',
  parts_other: '{{count, number}} components',
  chart: {
    title: 'Largest component as records are removed',
    axis: 'Records removed',
    betweenness: 'Most central first',
    degree: 'Most links first',
    random: 'At random',
  },
  first: {
    some: 'First {{count}}:',
    title: 'Smallest set that splits the network',
    text_one: 'Removing this record halves the largest component ({{random, number}} if removed at random).',
    text_other:
      'Removing these {{count, number}} records halves the largest component ({{random, number}} if removed at random).',
  },
  spread: {
    title: 'Widest spread of failure',
    note_one: 'can reach {{count, number}} record',
    note_other: 'can reach {{count, number}} records',
    none: 'No failure spreads: every link has an unknown or total loss.',
    tried_one: 'Computed for the strongest record only.',
    tried_other: 'Computed for the {{count, number}} strongest records only.',
  },
  cuts: {
    title: 'Single points of failure',
    points_one: 'Losing {{count, number}} record cuts others off:',
    points_other: 'Losing any of {{count, number}} records cuts others off:',
    bridges_one: '{{count, number}} link is the only path between two parts:',
    bridges_other: 'Each of {{count, number}} links is the only path between two parts:',
    none: 'None: the network stays connected without any one record or link.',
  },
  central: { title: 'Most central' },
  core: {
    title: 'Densest core',
    text_one: '{{count, number}} record has at least {{links, number}} links within the core:',
    text_other: '{{count, number}} records have at least {{links, number}} links each within the core:',
  },
  estimated_one:
    'Estimated from the shortest paths of {{count, number}} record. Error up to {{error}} of the largest value.',
  estimated_other:
    'Estimated from the shortest paths of {{count, number}} records. Error up to {{error}} of the largest value.',
  rounds_one:
    'Centrality was computed once for {{removals, number}} removals, from {{sources, number}} records.',
  rounds_other:
    'Centrality was computed {{count, number}} times for {{removals, number}} removals, each time from up to {{sources, number}} records.',
  how: {
    heading:
      'Records are removed one by one, by betweenness (recomputed) or by number of links, whichever is faster. The number counts removals until the largest component has at most half of its records. After Albert, Jeong and Barabási (2000) and Holme et al. (2002).',
    within:
      'The share of links with both ends at one university; parallel links count once. The fewer links lead out, the more each university can change independently (Simon 1962). Records without a university count alone; if none has one, records are grouped by type.',
    modularity:
      'The share of links inside groups, minus what chance would give: 0 is chance, above 0.3 groups are clear (Newman and Girvan 2004). The best grouping found is that of Leiden; no method is sure to find the best. If it is much higher, people work together across universities.',
    parts: 'Components are parts that no link connects. Records without links are not counted.',
    robustness:
      'The largest component as a share of all linked records, after each removal. The random line is the mean of {{count, number}} orders. A line that drops early means that the network depends on few records.',
    spread:
      'A failure passes a link with a likelihood of 100 % minus its loss; likelihoods multiply along the likeliest path of up to three links. The impact on a record is the strength of all its links. The value sums likelihood times impact, as a share of all other records. After Clarkson, Simons and Eckert (2004).',
    cuts: 'Articulation points are records, bridges are links, whose removal disconnects others (Tarjan 1974). Add a second link around them.',
    central:
      'Betweenness (Freeman 1977): the share of shortest paths between all other records that run through this one.',
    core: 'The k-core (Seidman 1983): the records that remain when those with fewer than k links to the rest are removed repeatedly, for the largest possible k.',
  },
} as const;
