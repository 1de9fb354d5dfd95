/** Questions in words. */
export default {
  title: 'Ask',
  question: 'Your question',
  placeholder: 'software teams at Summit',
  ask: 'Ask',
  intro: 'Ask about the records in this workspace in English or German words. Nothing leaves this computer.',
  examples: 'For example',
  understood: 'How it was understood',
  unknown: 'Not understood: {{words}}. FRAMES searched for the words instead.',
  sql: 'SQL',
  run: 'Run',
  running: 'Running…',
  records: 'Open record',
  truncated: 'Only the first {{count, number}} rows are shown.',
  insight: 'Open in Insights',
  nothing: 'No record has these words.',
  rows: 'Answer',
} as const;
