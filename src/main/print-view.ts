import type { BrowserWindow, WebContents } from 'electron';

type Outcome = 'printed' | 'cancelled' | 'noPrinter';

/** Runs `print` with a white window: its background colour, dark in the dark theme, would be printed in the margins. */
async function onWhite<T>(window: BrowserWindow, print: (contents: WebContents) => Promise<T>): Promise<T> {
  const before = window.getBackgroundColor();
  window.setBackgroundColor('#ffffff');
  try {
    return await print(window.webContents);
  } finally {
    if (!window.isDestroyed()) window.setBackgroundColor(before);
  }
}

/** Opens the system's print dialog for the view in a window, and resolves when it is closed. */
export function printView(window: BrowserWindow): Promise<Outcome> {
  return onWhite(window, async (contents) => {
    const isPrinted = await new Promise<boolean>((resolve) => {
      contents.print({ printBackground: true }, (isDone) => resolve(isDone));
    });
    if (isPrinted) return 'printed';
    return (await contents.getPrintersAsync()).length === 0 ? 'noPrinter' : 'cancelled';
  });
}

/** The view in a window as a PDF, as the print dialog would print it on A4. */
export function viewAsPdf(window: BrowserWindow): Promise<Buffer> {
  return onWhite(window, (contents) =>
    contents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
    }),
  );
}
