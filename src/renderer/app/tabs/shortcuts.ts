/** Keys of what can be done with tabs, shown in menus as well. */
export const tabShortcuts = {
  new: 'mod+T',
  close: 'mod+W',
  reopen: 'mod+shift+T',
  next: 'ctrl+Tab',
  previous: 'ctrl+shift+Tab',
  split: 'mod+\\',
  moveAcross: 'mod+shift+\\',
  otherPane: 'F6',
} as const;
