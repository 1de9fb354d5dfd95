/** Custom fields: what records hold that FRAMES has no field for. */
export default {
  heading: 'Custom fields',
  tip: 'Fields that your data has and FRAMES does not: columns of an imported table, or fields that somebody added.',
  add: 'Add custom field…',
  name: 'Name of the new field',
  use: 'Add',
  readAs: 'Read as {{day}} and stored as {{stored}}.',
  taken: 'FRAMES has a field of this name. Choose another.',
} as const;
