export default {
  bondLinks: {
    'codified-strong': 'a link in reviewed documents',
    'codified-moderate': 'a link in notes and routines',
    'institutional-weak': 'a link from person to person',
    'fragile-temporary': 'a link by chance',
  },
  measures: {
    reach: 'Knowledge flow',
    single_bearer: 'Links that depend on one person',
    bridges: 'Bridges',
    modularity: 'Independence of universities (modularity)',
    undocumented: 'Undocumented links',
    cohort_gaps: 'Teams that lose many at once',
    people: 'Active students',
  },
} as const;
