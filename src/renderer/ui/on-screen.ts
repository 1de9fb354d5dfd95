/** Notices that are shown at once; of more the oldest goes, which can be read in the list. */
const most = 3;

interface Shown {
  key: string;
  tone: 'plain' | 'bad';
  /** It answers what the person has just done. Of these only the latest is shown: it alone can be undone from there. */
  answer: boolean;
}

let shown: readonly Shown[] = [];

/** Notes that a notice comes on the screen. Gives the keys of those that have to make room: plain ones before problems. */
export function appear(next: Shown): string[] {
  const others = shown.filter(({ key }) => key !== next.key);
  const answered = next.answer ? others.filter(({ answer }) => answer) : [];
  const staying = others.filter((one) => !answered.includes(one));
  const surplus = staying.length + 1 - most;
  const pushed = [
    ...staying.filter(({ tone }) => tone === 'plain'),
    ...staying.filter(({ tone }) => tone === 'bad'),
  ].slice(0, Math.max(0, surplus));
  const leaving = [...answered, ...pushed].map(({ key }) => key);
  shown = [...others.filter(({ key }) => !leaving.includes(key)), next];
  return leaving;
}

/** Notes that all but some leave the screen. Gives the keys of those that leave. */
export function sweep(staying: ReadonlySet<string>): string[] {
  const leaving = shown.filter(({ key }) => !staying.has(key)).map(({ key }) => key);
  shown = shown.filter(({ key }) => staying.has(key));
  return leaving;
}

/** Whether a notice is on the screen: one that fades out is gone from it. */
export const isShown = (key: string): boolean => shown.some((one) => one.key === key);

/** Notes that a notice is gone from the screen. */
export function vanish(key: string): void {
  shown = shown.filter((one) => one.key !== key);
}
