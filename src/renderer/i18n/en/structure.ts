/** How the network holds together: what falls apart, where a failure spreads, what lies in the middle. */
export default {
  title: 'Structure',
  measuring: 'Measuring the structure',
  measure: 'Measure',
  none: 'Here stands how the network holds together. There are no links yet.',
  heading_one:
    'Half of the network falls apart when {{count, number}} of {{all, number}} linked records leaves',
  heading_other:
    'Half of the network falls apart when {{count, number}} of {{all, number}} linked records leave',
  within: '{{share}} of links stay within their university',
  modularity: 'modularity {{declared}} declared, {{found}} found',
  parts_one: '{{count, number}} part',
  parts_other: '{{count, number}} parts',
  links_one: '{{count, number}} link',
  links_other: '{{count, number}} links',
  more_one: '{{count, number}} more',
  more_other: '{{count, number}} more',
  chart: {
    title: 'What is left as records leave',
    axis: 'Records that left',
    betweenness: 'Most central first',
    degree: 'Most links first',
    random: 'By chance',
  },
  first: {
    some: 'The first {{count}} of them:',
    title: 'Whose leaving halves it',
    text_one:
      'Without this record the largest part has at most half of its records left. By chance it takes {{random, number}}.',
    text_other:
      'Without these {{count, number}} the largest part has at most half of its records left. By chance it takes {{random, number}}.',
  },
  spread: {
    title: 'Where a failure spreads furthest',
    note_one: 'can reach {{count, number}} record',
    note_other: 'can reach {{count, number}} records',
    none: 'A failure of no record spreads: nothing is known to pass over any link.',
    tried_one: 'Only the strongest record was tried.',
    tried_other: 'Only the {{count, number}} strongest records were tried.',
  },
  cuts: {
    title: 'What alone holds parts together',
    points_one: 'Without {{count, number}} record others are cut off:',
    points_other: 'Without any of {{count, number}} records others are cut off:',
    bridges_one: '{{count, number}} link is the only one between two parts:',
    bridges_other: 'Each of {{count, number}} links is the only one between two parts:',
    none: 'Nothing: whichever record or link goes, the others stay joined.',
  },
  central: { title: 'Most central' },
  core: {
    title: 'The densest core',
    text_one: '{{count, number}} record has at least {{links, number}} links to others of these:',
    text_other: '{{count, number}} records have at least {{links, number}} links to others of these each:',
  },
  estimated_one: 'Estimated from the shortest paths of {{count, number}} record.',
  estimated_other: 'Estimated from the shortest paths of {{count, number}} records.',
  rounds_one: 'Who is most central was computed once for {{removals, number}} that leave.',
  rounds_other:
    'Who is most central was computed {{count, number}} times for {{removals, number}} that leave.',
  how: {
    heading:
      'Records leave one after the other: always the most central of those left (betweenness), or always the next by its number of links, whichever does it sooner. Counted is how many have left when the largest connected part has at most half of the records it had. After Albert, Jeong and Barabási (2000) and Holme et al. (2002).',
    within:
      'Links with both ends at one university, of all; several between the same two records count once. The fewer lead out, the more each university can change by itself: it is nearly decomposable (Simon 1962). A record without a university stands by itself; where none has one, records of a type belong together.',
    modularity:
      'The share of links inside of groups, less what chance would put there: 0 is chance, and above 0.3 groups are clear (Newman and Girvan 2004). Declared are the universities; found are the groups that fit the links best (Leiden). Much more found than declared: people work together otherwise than the universities say.',
    parts: 'Parts that no link joins. A record without links counts nowhere here.',
    robustness:
      'The largest connected part, as a share of all linked records, when so many have left. The line by chance is the mean of {{count, number}} random orders. A line that drops early shows a network that depends on few.',
    spread:
      'A failure passes over a link with the likelihood of what passes over it (100 % minus its loss), over a path with the product, over at most three links; the likeliest path counts. What it does to a record is what that one carries: what passes over all its links. The value is likelihood times impact, added up, as a share of what all others carry. After Clarkson, Simons and Eckert (2004).',
    cuts: 'Articulation points are records without which some others are no longer joined; bridges are links of which the same is true (Tarjan 1974). A second link around them is the remedy.',
    central:
      'Betweenness (Freeman 1977): of the shortest paths between all others, the share that runs through the record. What lies on many of them is passed by much, and missed by many.',
    core: 'The k-core (Seidman 1983): the records that are left when those with fewer than k links to the others are taken away again and again, for the greatest k that leaves any.',
  },
};
