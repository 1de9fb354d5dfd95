/** Notes of a record: a name each, and what is noted under it. */
export default {
  name: 'Name, such as “Meeting day”',
  nameOf: 'Name of the note',
  value: 'Note',
  valueOf: 'Note under “{{name}}”',
  add: 'Add note',
  remove: 'Remove “{{name}}”',
  removeNew: 'Remove line',
  unnamed: 'Enter a name to save it',
  twice: 'This name already exists',
  nested: 'Lists and nested notes can be edited as text.',
  asText: 'Edit as text',
} as const;
