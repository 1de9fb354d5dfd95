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
  word: {
    interface: 'Link (interface)',
    play: 'Play and sandboxes',
  },
  term: {
    university: 'An institution that takes part. Teams, people and projects belong to one, or to none yet.',
    team: 'A group that does one kind of work, such as flight software. It has a discipline, a size, and a place in its lifecycle.',
    faculty:
      'People who stay: advisors, principal investigators, staff and mentors. They carry knowledge over the years.',
    student:
      'A person who will graduate. How many terms are left says how soon what they know leaves with them.',
    project:
      'What the teams work for: a mission, a contract, a competition. Several universities may share one.',
    interface:
      'What two records share: one hands something over to the other. FRAMES looks at how well each link holds. In the literature it is called an interface.',
    outcome: 'How a mission or a programme ended, and for which year’s cohort.',
    bond: 'How a link is kept up. Codified (strong or moderate): it is written down. Institutional, weak: the organisation keeps it. Fragile, temporary: a few people keep it, for a while. How much is really lost is said by the energy lost.',
    loss: 'How much of what one side knows is lost on the way to the other, in per cent. Lines in the network are drawn by it: up to 5 strong, up to 15 moderate, up to 59 weak, from 60 on fragile, whatever the bond.',
    cross: 'The two ends of the link belong to different universities, so that no single one looks after it.',
    discipline:
      'The kind of work that a team does: electrical, software, mechanical, mission operations and so on.',
    lifecycle:
      'Where a team stands: incoming is still learning, established carries the work, outgoing is about to leave.',
    terms:
      'How many terms a student has before graduating. Four or more: incoming. Two or three: established. One or none: outgoing.',
    experience: 'For how many months a team has done its work on average.',
    history:
      'Every change is written down with who made it, when, and what it was before. Nothing is ever taken out of it.',
    undo: 'Takes back your own latest change, also after a restart. An import or a change of many records is one step.',
    play: 'A sandbox is a copy of all records in which you can try anything. Live stays as it is, whatever you do there. An amber frame around the window says that you are in one.',
    view: 'A list, the network or the history as you set it up, under a name. Everybody in the workspace sees it.',
    workspace: 'One folder with everything in it. It works without a network, and you can have several.',
    profile:
      'Who you act as. Its role says what may be changed: viewers read, editors change their own university, researchers and admins everything.',
  },
  task: {
    import: 'Bring in a spreadsheet or a file',
    wizard: 'Enter a university with its teams and people',
    create: 'Add one record',
    who: 'See who changed a record',
    undo: 'Take a change back',
    play: 'Try something without touching live',
    find: 'Find a record or a command',
    network: 'See how everything hangs together',
    keys: 'Learn the keys',
    tour: 'Be shown around',
    export: 'Take everything out as a file',
  },
} as const;
