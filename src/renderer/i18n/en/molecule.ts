/** The molecule: projects as nuclei, faculty and teams in rings around them. */
export default {
  title: 'Molecule',
  drawing: 'Molecule of {{count, number}} records',
  help: 'Arrow keys move between records, Enter opens one, Esc closes it. Plus and minus zoom, 0 shows everything. Drag a record to move it, or Shift-drag to link it.',
  leaks: 'Loss particles',
  leaksTip: 'More and faster particles mean more energy loss',
  still: 'Reduced motion is on, so particles do not move',
  suggest: 'Suggest changes',
  suggestTip: 'Moving a record suggests a change to its lifecycle or links',
  reset: 'Reset positions',
  picture: 'Save picture (SVG)…',
  handle: 'Drag to another record to link them',
  nucleus: 'project',
  faculty: 'faculty',
  student: 'student',
  noDiscipline: 'No discipline',
  point: 'Point at a record or link for details.',
  without: {
    share: 'Losing “{{title}}” would cut {{share}} of knowledge flow.',
    computing: 'Computing the effect of losing “{{title}}”…',
    unknown: '– The effect of losing “{{title}}” is unknown: it has no measured links.',
  },
  proposals: 'Suggested changes',
  proposal: {
    lifecycle: 'Move “{{title}}” to {{to}}?',
    bond: 'Change the bond of “{{from}} → {{to}}” to {{bond}}?',
  },
  accept: 'Accept',
  refuse: 'Refuse',
  accepted: {
    lifecycle: 'Moved “{{title}}” to {{to}}',
    bond: 'Changed the bond of “{{from}} → {{to}}” to {{bond}}',
  },
  tooMany: {
    text: '{{count, number}} records are too many to draw (limit {{most, number}}). Choose a project or university.',
  },
  empty: {
    text: 'No projects yet. Add one to see its faculty and teams.',
    none: 'No teams or faculty here.',
    notFound: 'This project or university was not found.',
    another: 'Show another project',
  },
} as const;
