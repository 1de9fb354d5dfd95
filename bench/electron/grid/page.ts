import { clientOf, connect } from '../echo/ports.ts';

/** Rows that a window shows, of those that its first query reads. */
const [shown, read] = [40, 200];

/** A grid with nothing around it: the first query of a list of students, and its rows as plain elements. */
async function show(): Promise<void> {
  const { data } = await connect();
  const { rows } = await clientOf(data).entities.list({ type: 'student', limit: read });
  for (const { payload } of rows.slice(0, shown)) {
    const row = document.createElement('div');
    row.textContent = JSON.stringify(payload);
    document.body.append(row);
  }
  performance.mark('frames:first-rows');
}

void show();
