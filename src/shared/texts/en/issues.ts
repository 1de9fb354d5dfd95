/** What is wrong with a value, after the name of its field. */
export default {
  inRow: 'row {{row, number}}, {{field}}: {{problem}}',
  required: 'must be filled in',
  oneLine: 'must be one line of plain text',
  number: 'must be a number',
  noSuchDay: 'must be a day of the calendar',
  numberWritten: 'must be a number, written as {{example}}',
  whole: 'must be a whole number',
  atLeast: 'must be at least {{min, number}}',
  atMost: 'must be at most {{max, number}}',
  tooLong: 'is too long ({{max, number}} characters at most)',
  boolean: 'must be yes or no',
  json: 'is not valid JSON: {{message}}',
  sameEnds: 'must be a different record',
  missingReference: 'refers to a record that does not exist',
  invalid: 'cannot be saved',
} as const;
