export default {
  rename: {
    title: 'Rename workspace',
    hint: 'Visible to everyone who opens this workspace; the folder keeps its name.',
    done: 'Workspace renamed to “{{name}}”',
  },
} as const;
