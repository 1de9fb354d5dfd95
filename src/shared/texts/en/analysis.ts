export default {
  bondLinks: {
    'codified-strong': 'a strong, codified link',
    'codified-moderate': 'a moderate, codified link',
    'institutional-weak': 'a weak, institutional link',
    'fragile-temporary': 'a fragile, temporary link',
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
