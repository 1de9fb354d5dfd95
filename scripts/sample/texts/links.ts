/** How two parties keep in touch, by the strength of the bond. */
export const channels: Readonly<Record<string, readonly string[]>> = {
  'codified-strong': ['interface control document', 'signed procedure', 'automated test', 'versioned schema'],
  'codified-moderate': ['shared wiki page', 'review minutes', 'issue tracker', 'weekly stand-up with notes'],
  'institutional-weak': ['monthly meeting', 'lab routine', 'mailing list', 'group chat'],
  'fragile-temporary': [
    'one person who knows both',
    'hallway conversation',
    'a friend on the other team',
    'phone calls',
  ],
};

/** Remarks that some interfaces carry, by the strength of the bond. */
export const remarks: Readonly<Record<string, readonly string[]>> = {
  'codified-strong': ['Revision C is signed by both sides.', 'Checked by the nightly build.'],
  'codified-moderate': ['Page last edited in {month}.', 'Needs a second reviewer.'],
  'institutional-weak': ['Works as long as the {day} meeting happens.', 'Nobody has written this down yet.'],
  'fragile-temporary': [
    'Ends when one of the two graduates.',
    'Was lost once already and cost us three weeks.',
  ],
};

export const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;
export const handoverMonths = ['May', 'June', 'August', 'December', 'January'] as const;
