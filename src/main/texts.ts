/** The few words that the shell itself shows, beside what the window's catalogue publishes as the menu. */
export const texts = {
  importTitle: 'Import file',
  exportTitle: 'Export as',
  newTitle: 'Choose an empty folder for the new workspace',
  newButton: 'Make workspace here',
  openTitle: 'Choose the folder of a workspace',
  openButton: 'Open workspace',
  framesData: 'FRAMES data',
  allFiles: 'All files',
  stoppedTitle: 'FRAMES stopped',
  stopped:
    'Something went wrong in FRAMES itself, and it has to close. Your data is safe. What happened is in its log.',
  windowTitle: 'FRAMES',
  windowStopped: 'The window stopped several times within a minute. Your data is safe. Start FRAMES again.',
} as const;
