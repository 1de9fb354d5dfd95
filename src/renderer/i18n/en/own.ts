export default {
  tip: 'Fields that FRAMES does not define, such as columns of an imported table.',
  add: 'Add custom field…',
  name: 'Field name',
  use: 'Add',
  readAs: 'Read as {{day}} and stored as {{stored}}.',
} as const;
