/** The search box: what it finds, and how it is used. */
export default {
  label: 'Search everything',
  results: 'Results',
  recent: 'Recent places',
  records: 'Records',
  texts: 'In texts',
  sandboxes: 'Sandboxes',
  sandbox: 'Sandbox',
  sandboxAside: 'Sandbox · put aside',
  commands: 'Commands',
  terms: 'Words explained',
  nothing: 'Nothing found for “{{query}}”',
  nothingMore:
    'Records are found by their names and texts, also with typing errors, and with the name of their university beside; links at the records that they join.',
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
