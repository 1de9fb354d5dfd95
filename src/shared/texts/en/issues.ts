export default {
  inRow: 'row {{row, number}}, {{field}}: {{problem}}',
  numberWritten: 'must be a number, written as {{example}}',
  boolean: 'must be yes or no',
  json: 'is not valid JSON: {{message}}',
  invalid: 'cannot be saved',
} as const;
