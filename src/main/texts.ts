/** The few words that the shell itself shows, beside what the window's catalogue publishes as the menu. */
export const texts = {
  importTitle: 'Import file',
  exportTitle: 'Export as',
  framesData: 'FRAMES data',
  allFiles: 'All files',
  stoppedTitle: 'FRAMES stopped',
  stopped:
    'Something went wrong in FRAMES itself, and it has to close. Your data is safe. What happened is in its log.',
  windowTitle: 'FRAMES',
  windowStopped: 'The window stopped several times within a minute. Your data is safe. Start FRAMES again.',
} as const;
