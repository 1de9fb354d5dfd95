export default {
  name: 'Name, such as “Meeting day”',
  nameOf: 'Note name',
  value: 'Note',
  valueOf: 'Note “{{name}}”',
  add: 'Add note',
  remove: 'Delete note “{{name}}”',
  removeNew: 'Delete note',
  unnamed: 'Enter a name to save the note',
  twice: 'This name already exists',
  nested: 'Lists and nested notes can be edited as text.',
  asText: 'Edit as text',
} as const;
