export const measureNames = {
  reach: 'Knowledge flow',
  single_bearer: 'Links that depend on one person',
  bridges: 'Bridges',
  modularity: 'Independence of universities (modularity)',
  undocumented: 'Undocumented links',
  cohort_gaps: 'Teams that lose many at once',
  people: 'Active students',
} as const;
