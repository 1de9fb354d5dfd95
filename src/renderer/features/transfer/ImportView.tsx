import { Failed } from './import/Failed.tsx';
import { Importing, Reading } from './import/Waiting.tsx';
import { Preview } from './import/Preview.tsx';
import { Result } from './import/Result.tsx';
import { cancelImport, leave } from './import/run.ts';
import { Start } from './import/Start.tsx';
import { useImport } from './import/state.ts';
import { SheetImport } from './sheet/SheetImport.tsx';
import { useSheet } from './sheet/state.ts';
import './transfer.css';
import './import/import.css';

/** Bringing a file in, from choosing it to what came of it. */
export default function ImportView() {
  const state = useImport();
  const isSheet = useSheet(({ stage }) => stage !== 'nothing');
  if (isSheet) return <SheetImport />;
  switch (state.stage) {
    case 'nothing':
      return <Start />;
    case 'reading':
      return <Reading file={state.file} progress={state.progress} onCancel={leave} />;
    case 'preview':
      return <Preview looked={state.looked} rereading={state.rereading} />;
    case 'importing':
      return (
        <Importing
          name={state.looked.file.name}
          progress={state.progress}
          cancelling={state.cancelling}
          onCancel={cancelImport}
        />
      );
    case 'done':
      return <Result looked={state.looked} result={state.result} />;
    case 'failed':
      return <Failed {...state} />;
  }
}
