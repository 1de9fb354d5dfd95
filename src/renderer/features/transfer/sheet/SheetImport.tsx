import { Importing } from '../import/Importing.tsx';
import { Reading } from '../import/Reading.tsx';
import { cancelSheetImport, leaveSheet } from './run.ts';
import { SheetDone } from './SheetDone.tsx';
import { SheetFailed } from './SheetFailed.tsx';
import { useSheet } from './state.ts';
import { TablePage } from './TablePage.tsx';
import './sheet.css';

/** Bringing a spreadsheet in, from looking at it to what came of it. */
export function SheetImport() {
  const state = useSheet();
  switch (state.stage) {
    case 'nothing':
      return null;
    case 'reading':
      return <Reading file={state.file} progress={state.progress} onCancel={leaveSheet} />;
    case 'table':
      return <TablePage table={state.table} />;
    case 'importing': {
      const { table, progress, cancelling } = state;
      return (
        <Importing
          name={table.file.name}
          progress={progress}
          cancelling={cancelling}
          onCancel={cancelSheetImport}
        />
      );
    }
    case 'done':
      return <SheetDone table={state.table} result={state.result} />;
    case 'failed':
      return <SheetFailed {...state} />;
  }
}
