export default {
  next: 'Next',
  end: 'End tour',
  done: 'Done',
  doneTitle: 'Tour finished',
  doneMore: 'Start it again from Help.',
  rail: {
    title: 'All your records',
    text: 'Universities, teams, people, projects and links, each in a list with its count.',
  },
  list: {
    title: 'A list works like a sheet',
    text: 'Arrow keys move, typing edits, Enter opens. Sort by a column, filter, or paste from a spreadsheet.',
  },
  panel: {
    title: 'One record in detail',
    text: 'Details, links and history of the selected record. Edits save at once.',
  },
  network: {
    title: 'The whole network',
    text: 'Thick blue links hold, thin red ones are fragile. Press L, then drag from one record to another to link them.',
  },
  undo: {
    title: 'Nothing is lost',
    text: 'You can undo everything, even tomorrow. History shows who changed what, and when.',
  },
  palette: {
    title: 'Search everything',
    text: 'Find records, views and commands with their keys. Press Ctrl K anywhere.',
  },
} as const;
