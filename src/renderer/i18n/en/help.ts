export default {
  search: 'Search terms and tasks',
  nothing: 'No results for “{{text}}”.',
  nothingAction: 'Clear search',
  explain: 'What is “{{word}}”?',
  more: 'All terms',
  support: {
    title: 'Copy for support',
    what: 'This text describes FRAMES and its last errors. It has no records, and names of people, folders and servers are left out. Read it before you send it.',
    label: 'Text for support',
    copy: 'Copy',
    copied: 'Copied for support',
  },
  group: {
    tasks: 'How to',
  },
  word: {
    interface: 'Link (interface)',
    play: 'Play and sandboxes',
    flow: 'Knowledge people rely on',
  },
  term: {
    university: 'An institution that takes part. Teams, people and projects can belong to one.',
    team: 'A group with one kind of work, such as flight software. It has a discipline, a size and a lifecycle stage.',
    faculty:
      'People who stay: advisors, principal investigators, staff and mentors. They keep knowledge over the years.',
    student: 'A person who will graduate. The terms left say how soon their knowledge leaves.',
    project: 'A mission, contract or competition that teams work for. Universities can share one.',
    repository:
      'A git repository of a project. FRAMES reads who changed which file, never what the code does.',
    task: 'A step of a repair, with people responsible, a date and what shows that it is done.',
    organisation:
      'A company, agency or laboratory outside the universities. It is an end of links and has no members.',
    interface: 'A handover of knowledge from one record to another. The literature calls it an interface.',
    outcome: 'How a mission or programme ended, and for which cohort year.',
    contact: 'A meeting, message or review on a day: who took part, and with whom. Evidence for links.',
    document:
      'Something written down: a file kept in the workspace, or a web address, and the records that it describes.',
    comment: 'A remark about a record, with its author and time. It can mention people and be resolved.',
    repair: 'A step against a weakness that someone took on, with a date and the effect it had.',
    bond: 'How knowledge passes over a link: in reviewed documents, in notes and routines, from person to person, or by chance. It sets the usual loss and documented share. The literature calls these bonds codified (strong and moderate), institutional and fragile.',
    loss: 'Of the knowledge that passes over a link, the share that does not arrive, even while everybody stays. What remains when people leave is its documented share. In the network, links are strong up to 5 %, moderate up to 15 %, weak up to 59 % and fragile from 60 %. The literature calls it energy loss.',
    flow: 'What reaches people over links and, just as much, what their own team knows; an area of expertise counts like one person. In What if, knowledge flow is the part over links, as a share of what would reach people without any loss.',
    cross: 'A link between different universities, so neither is responsible for it alone.',
    discipline: 'The kind of work of a team: electrical, software, mechanical, mission operations and so on.',
    lifecycle:
      'A stage: incoming members learn, established members do the work, outgoing members are about to leave.',
    terms:
      'Terms left before a student graduates. 0 and 1: leaves at the end of this term. Four or more: incoming. Two or three: established. One or none: outgoing.',
    experience: 'The average number of months a team has done its work.',
    history: 'Every change, with author, time and earlier values. Entries are never removed.',
    undo: 'Reverts your own latest change, even after a restart. An import or bulk edit is one step.',
    play: 'A sandbox is a copy of all records to try changes in; live is unchanged until you promote. An amber frame marks a sandbox.',
    view: 'A saved setup of a list, the network or the history. Everyone in the workspace sees it.',
    workspace: 'One folder with all your data. It works offline, and you can have several.',
    profile:
      'Who you act as. Viewers can read, editors can change their own university, researchers and admins can change everything.',
  },
  task: {
    import: 'Import a spreadsheet or file',
    wizard: 'Enter a university with its teams and people',
    create: 'Add a record',
    who: 'See who changed a record',
    undo: 'See and undo your changes',
    play: 'Try changes in a sandbox',
    find: 'Find a record or a command',
    network: 'See the whole network',
    keys: 'Learn the keys',
    tour: 'Take the tour',
    export: 'Export everything to a file',
  },
} as const;
