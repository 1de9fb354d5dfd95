import { useEffect } from 'react';
import { useShown } from '../../stores/shown.ts';
import { Failed } from './import/Failed.tsx';
import { Importing } from './import/Importing.tsx';
import { Preview } from './import/Preview.tsx';
import { Reading } from './import/Reading.tsx';
import { Result } from './import/Result.tsx';
import { Start } from './import/Start.tsx';
import { useImport } from './import/state.ts';
import './transfer.css';
import './import/import.css';

/** Bringing a file in, from choosing it to what came of it. */
export default function ImportView() {
  const state = useImport();
  useEffect(() => useShown.setState({ summary: '', selected: 0 }), []);
  switch (state.stage) {
    case 'nothing':
      return <Start />;
    case 'reading':
      return <Reading file={state.file} progress={state.progress} />;
    case 'preview':
      return <Preview looked={state.looked} rereading={state.rereading} />;
    case 'importing':
      return <Importing looked={state.looked} progress={state.progress} cancelling={state.cancelling} />;
    case 'done':
      return <Result looked={state.looked} result={state.result} />;
    case 'failed':
      return <Failed {...state} />;
  }
}
