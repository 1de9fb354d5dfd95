/** Notes of a record: a name each, and what is noted under it. */
export default {
  name: 'Name, as Meeting day',
  nameOf: 'Name of the note',
  value: 'Note',
  valueOf: 'What is noted under “{{name}}”',
  add: 'Add a note',
  remove: 'Remove “{{name}}”',
  removeNew: 'Remove this line',
  unnamed: 'Needs a name to be kept',
  twice: 'This name is there already',
  nested: 'A list, or notes within a note. It can be changed as text.',
  asText: 'Edit as text',
} as const;
