import { clientOf, connect } from './ports.ts';

/** The page's clock has steps of 100 µs: a block of ten calls is timed as one. Returns milliseconds of one call, the median of the blocks. */
async function perCall(call: () => Promise<unknown>, blocks: number): Promise<number> {
  const times: number[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const begin = performance.now();
    for (let n = 0; n < 10; n += 1) await call();
    times.push((performance.now() - begin) / 10);
  }
  return times.toSorted((a, b) => a - b)[blocks >> 1] as number;
}

/** Measures `rounds` pairs of a real call and a bare echo. Called by the bench from outside the page. */
async function measure(rounds: number, blocks: number): Promise<{ call: number; echo: number }[]> {
  const { data, echo } = await connect();
  const client = clientOf(data);
  let answered: () => void = () => {};
  echo.addEventListener('message', () => answered());
  echo.start();
  const bounce = (): Promise<void> =>
    new Promise((resolve) => {
      answered = resolve;
      echo.postMessage({ id: 1, text: 'workspace.profiles' });
    });
  const figures: { call: number; echo: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const one = await perCall(() => client.workspace.profiles({}), blocks);
    const other = await perCall(bounce, blocks);
    if (round >= 0) figures.push({ call: one, echo: other });
  }
  return figures;
}

Object.assign(globalThis, { measureRoundTrips: measure });
