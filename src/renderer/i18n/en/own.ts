/** Own fields: what records hold that FRAMES has no field for. */
export default {
  heading: 'Own fields',
  tip: 'Fields that FRAMES has none of: columns of a spreadsheet that were kept, or fields that somebody added. They can be shown, sorted, filtered and edited like any other.',
  add: 'Add own field…',
  name: 'Name of the new field',
  use: 'Add',
  readAs: 'Read as {{day}} and stored as {{stored}}.',
  taken: 'FRAMES has a field of this name. Choose another.',
  unsaved: 'Typed earlier and not saved. Leave the field to save it, or press Esc to discard it.',
} as const;
