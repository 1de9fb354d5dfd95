/** What the words mean, and how to do the common things. */
export default {
  title: 'Help',
  intro: 'What the words mean, and where to do things. Nothing here needs a network.',
  search: 'Find a word or a task',
  nothing: 'Nothing here is about “{{text}}”.',
  nothingAction: 'Show everything',
  explain: 'What is “{{word}}”?',
  more: 'All terms',
  group: {
    records: 'What is kept',
    links: 'How links hold',
    people: 'How people come and go',
    keeping: 'How your data is kept',
    tasks: 'How to',
  },
  term: {
    university: {
      word: 'University',
      text: 'An institution that takes part. Teams, people and projects belong to one, or to none yet.',
    },
    team: {
      word: 'Team',
      text: 'A group that does one kind of work, such as flight software. It has a discipline, a size, and a place in its lifecycle.',
    },
    faculty: {
      word: 'Faculty',
      text: 'People who stay: advisors, principal investigators, staff and mentors. They carry knowledge over the years.',
    },
    student: {
      word: 'Student',
      text: 'A person who will graduate. How many terms are left says how soon what they know leaves with them.',
    },
    project: {
      word: 'Project',
      text: 'What the teams work for: a mission, a contract, a competition. Several universities may share one.',
    },
    interface: {
      word: 'Link (interface)',
      text: 'What two records share: one hands something over to the other. FRAMES looks at how well each link holds. In the literature it is called an interface.',
    },
    outcome: { word: 'Outcome', text: 'How a mission or a programme ended, and for which year’s cohort.' },
    bond: {
      word: 'Bond',
      text: 'How a link is kept up. Codified (strong or moderate): it is written down. Institutional, weak: the organisation keeps it. Fragile, temporary: a few people keep it, for a while. How much is really lost is said by the energy lost.',
    },
    loss: {
      word: 'Energy lost',
      text: 'How much of what one side knows is lost on the way to the other, in per cent. Lines in the network are drawn by it: up to 5 strong, up to 15 moderate, up to 59 weak, from 60 on fragile, whatever the bond.',
    },
    cross: {
      word: 'Across universities',
      text: 'The two ends of the link belong to different universities, so that no single one looks after it.',
    },
    discipline: {
      word: 'Discipline',
      text: 'The kind of work that a team does: electrical, software, mechanical, mission operations and so on.',
    },
    lifecycle: {
      word: 'Lifecycle',
      text: 'Where a team stands: incoming is still learning, established carries the work, outgoing is about to leave.',
    },
    terms: {
      word: 'Terms left',
      text: 'How many terms a student has before graduating. Four or more: incoming. Two or three: established. One or none: outgoing.',
    },
    experience: { word: 'Experience', text: 'For how many months a team has done its work on average.' },
    history: {
      word: 'History',
      text: 'Every change is written down with who made it, when, and what it was before. Nothing is ever taken out of it.',
    },
    undo: {
      word: 'Undo',
      text: 'Takes back your own latest change, also after a restart. An import or a change of many records is one step.',
    },
    play: {
      word: 'Play and sandboxes',
      text: 'A sandbox is a copy of all records in which you can try anything. Live stays as it is, whatever you do there. An amber frame around the window says that you are in one.',
    },
    view: {
      word: 'Saved view',
      text: 'A list, the network or the history as you set it up, under a name. Everybody in the workspace sees it.',
    },
    workspace: {
      word: 'Workspace',
      text: 'One folder with everything in it. It works without a network, and you can have several.',
    },
    profile: {
      word: 'Profile',
      text: 'Who you act as. Its role says what may be changed: viewers read, editors change their own university, researchers and admins everything.',
    },
  },
  task: {
    import: { word: 'Bring in a spreadsheet or a file', action: 'Import…' },
    wizard: { word: 'Enter a university with its teams and people', action: 'Start' },
    create: { word: 'Add one record', action: 'New team' },
    who: { word: 'See who changed a record', action: 'Open History' },
    undo: { word: 'Take a change back', action: 'See your last steps' },
    play: { word: 'Try something without touching live', action: 'New sandbox' },
    find: { word: 'Find a record or a command', action: 'Search' },
    network: { word: 'See how everything hangs together', action: 'Open network' },
    keys: { word: 'Learn the keys', action: 'Show keys' },
    tour: { word: 'Be shown around', action: 'Take the tour' },
    export: { word: 'Take everything out as a file', action: 'Export…' },
  },
} as const;
