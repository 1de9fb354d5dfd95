/** The tour: a few steps through the window, on whatever records there are. */
export default {
  step: '{{at}} of {{count}}',
  next: 'Next',
  end: 'End the tour',
  done: 'Done',
  doneTitle: 'That was the tour',
  doneMore: 'It waits under Help whenever you want it again.',
  rail: {
    title: 'Everything that is kept',
    text: 'Universities, teams, people, projects and the links between them, each in a list. The numbers say how many there are.',
  },
  list: {
    title: 'A list works like a sheet',
    text: 'Arrow keys move, typing edits, Enter opens. Sort by a heading, narrow with a filter, paste from a spreadsheet.',
  },
  panel: {
    title: 'One record, beside its list',
    text: 'Details, links and history of the record that you choose. What you type is saved at once.',
  },
  network: {
    title: 'How it hangs together',
    text: 'Every link at a glance: thick and blue holds, thin and red is fragile. Draw a link from one record to another.',
  },
  undo: {
    title: 'Nothing is lost',
    text: 'Undo works for everything, also tomorrow. History says who changed what, and when.',
  },
  palette: {
    title: 'One box for everything',
    text: 'Find anything that has a name, every view and command, and see its key. Press Ctrl K from anywhere.',
  },
} as const;
