/** Pages that are shared with people without FRAMES. */
export default {
  command: 'Share as page…',
  title: 'Share as page',
  what: 'Saves one HTML file that opens in any browser, offline and without FRAMES.',
  include: 'Include',
  part: {
    people: 'Names of people',
    universities: 'Names of universities',
    repairs: 'Simulated repairs',
    network: 'Network',
  },
  hint: {
    people: 'Otherwise Person 1, Person 2…',
    universities: 'Otherwise University 1, University 2…',
  },
  within: 'Only whole names are replaced. Check names of teams and projects that contain part of one.',
  person: 'Person {{number}}',
  university: 'University {{number}}',
  name: 'Name',
  type: 'Type',
  links: 'Links',
  asOf: 'As of {{when}}',
  failed: 'The page was not saved',
  tooManyNames: 'More than {{most}} names would have to be replaced. Include them instead.',
  values: 'Values',
  valuesAndLive: 'Values here and in live (outlined)',
  inLive: 'live {{value}}',
} as const;
