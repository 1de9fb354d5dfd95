/** The search box and its results. */
export default {
  label: 'Search everything',
  results: 'Results',
  recent: 'Recent places',
  texts: 'In texts',
  meaning: 'By meaning (English)',
  similar: '{{percent, number}} % similar',
  archivedSandbox: 'Archived sandbox',
  commands: 'Commands',
  terms: 'Terms',
  nothing: 'Nothing found for “{{query}}”',
  nothingMore: 'Search by name, text or university. Links are found at the records that they connect.',
  searching: 'Searching…',
  failed: 'Records cannot be searched right now. Commands still work.',
  found_one: '{{count, number}} result',
  found_other: '{{count, number}} results',
  hint: {
    open: 'open',
    tab: 'open in a new tab',
    commands: 'commands only',
    close: 'close',
  },
} as const;
