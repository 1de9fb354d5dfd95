/** Names of commands, as palette, menus and buttons show them; a command's id is its key. */
export default {
  group: { go: 'Go to', record: 'Record', edit: 'Edit', view: 'View', file: 'File', help: 'Help' },
  go: { back: 'Back', forward: 'Forward' },
  edit: { undo: 'Undo', redo: 'Redo', undoNamed: 'Undo: {{what}}', redoNamed: 'Redo: {{what}}' },
  view: {
    palette: 'Search, or run a command…',
    sidebar: 'Show or hide the sidebar',
    light: 'Light theme',
    dark: 'Dark theme',
    auto: 'Theme as the system',
  },
  record: {
    open: 'Open',
    edit: 'Edit cell',
    delete: 'Delete',
    deleteNamed: 'Delete {{what}}',
    restore: 'Restore',
    restoreNamed: 'Restore {{what}}',
    links: 'Show links',
    history: 'Show history',
    copyId: 'Copy id',
  },
  list: {
    search: 'Search in this list',
    filter: 'Filter this list',
    deleted: 'Show deleted',
    clear: 'Clear search and filters',
  },
} as const;
