/** The search box: what it finds, and how it is used. */
export default {
  label: 'Search everything',
  results: 'Results',
  recent: 'Recent places',
  records: 'Records',
  sandboxes: 'Sandboxes',
  sandbox: 'Sandbox',
  sandboxAside: 'Sandbox · put aside',
  commands: 'Commands',
  terms: 'Words explained',
  nothing: 'Nothing found for “{{query}}”',
  nothingMore:
    'Records are found by their names, links at the records that they join. The Filter of a list looks in other fields.',
  searching: 'Searching…',
  failed: 'Records cannot be searched just now; commands still work.',
  deleted: 'deleted',
  found_one: '{{count, number}} result',
  found_other: '{{count, number}} results',
  hint: {
    open: 'open',
    tab: 'open in a new tab',
    commands: 'commands only',
    close: 'close',
  },
} as const;
