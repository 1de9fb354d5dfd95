/** What the workspace as such is called. */
export default {
  rename: {
    command: 'Rename workspace…',
    title: 'Rename this workspace',
    needed: 'A workspace needs a name.',
    hint: 'Everybody who opens it sees this name. The folder it lies in keeps its own.',
    save: 'Rename',
    done: 'The workspace is called {{name}} now',
  },
} as const;
