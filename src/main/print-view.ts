import type { BrowserWindow, WebContents } from 'electron';

type Outcome = 'printed' | 'cancelled' | 'noPrinter';

/** Chromium prints the window background in the margins, so it is white while printing. */
async function withWhiteBackground<T>(
  window: BrowserWindow,
  print: (contents: WebContents) => Promise<T>,
): Promise<T> {
  const previousColor = window.getBackgroundColor();
  window.setBackgroundColor('#ffffff');
  try {
    return await print(window.webContents);
  } finally {
    if (!window.isDestroyed()) window.setBackgroundColor(previousColor);
  }
}

export function printView(window: BrowserWindow): Promise<Outcome> {
  return withWhiteBackground(window, async (contents) => {
    const isPrinted = await new Promise<boolean>((resolve) => {
      contents.print({ printBackground: true }, (isDone) => resolve(isDone));
    });
    if (isPrinted) return 'printed';
    return (await contents.getPrintersAsync()).length === 0 ? 'noPrinter' : 'cancelled';
  });
}

/** Prints the view in a window to a PDF with the same A4 layout as the print dialog. */
export function viewAsPdf(window: BrowserWindow): Promise<Buffer> {
  return withWhiteBackground(window, (contents) =>
    contents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
    }),
  );
}
