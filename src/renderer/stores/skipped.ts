/** Changes that cannot be taken back and that the person chose to pass over, by op_id, as long as the window is open. */
const skipped = new Set<string>();

/** For the calls that look for what to undo next. */
export function skip(): string[] {
  return [...skipped];
}

export function passOver(opId: string): void {
  skipped.add(opId);
}
