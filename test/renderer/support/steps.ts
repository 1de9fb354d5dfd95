import { useAlongside } from '#renderer/stores/alongside.ts';

/** As in a window that has just come: every test workspace has the same ids, and nothing of the test before goes along with them. */
export function freshSteps(): void {
  useAlongside.setState({}, true);
}
