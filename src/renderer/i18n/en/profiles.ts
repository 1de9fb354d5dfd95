export default {
  button: 'You act as {{name}}',
  switchTo: 'Switch to',
  denied: 'Only admins can add or change profiles; {{name}} is not an admin.',
  note: 'Profiles record who did what. They don’t restrict access: anyone with the file can use any profile.',
  switched: 'You now act as {{name}}',
  gone: 'Your profile no longer exists',
  refused: {
    title: 'Choose your profile',
    why: 'After an interruption, FRAMES did not accept your profile.',
    safe: 'Your unsaved input is still here.',
    choose: 'Continue as',
  },
  may: {
    admin: 'Can change everything, including profiles.',
    researcher: 'Can change every record.',
    editor: 'Can change records and links of their university.',
    viewer: 'Can read everything and change nothing.',
  },
  rename: {
    title: 'Change your name',
    hint: 'Shown in History and saved views, also for earlier changes.',
    save: 'Change name',
    done: 'Name changed to {{name}}',
  },
  change: {
    command: 'Change profiles…',
    one: 'Change {{name}}…',
    title: 'Change profile',
    done: 'Profile {{name}} changed',
    last: 'You are the only admin. Make another profile an admin first.',
    less: {
      researcher: 'You could no longer change profiles. Only another admin can reverse this.',
      editor:
        'You could no longer change profiles or other universities. Only another admin can reverse this.',
      viewer: 'You could only change your own name. Only another admin can reverse this.',
    },
  },
  form: {
    title: 'Add profile',
    universityHint: 'Editors change its records; new records belong to it by default.',
    universityNeeded: 'Editors need a university. Choose one.',
    universityUnclear: 'Choose a university from the list, or clear the field.',
    added: 'Profile {{name}} added',
    act: 'Act as {{name}}',
  },
} as const;
