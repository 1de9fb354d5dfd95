import { Button } from '@mantine/core';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { say } from '../i18n/setup.ts';
import { copyText } from '../ui/clipboard.ts';

interface Props {
  children: ReactNode;
  /** A new value clears the error and renders the children again. */
  resetKey?: string;
}

interface State {
  error: unknown;
  key: string | undefined;
}

/** Contains a crash of one part; shows the error and a button to retry. */
export class Boundary extends Component<Props, State> {
  override state: State = { error: null, key: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error ?? new Error('unknown') };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.key ? null : { key: props.resetKey, error: null };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const details = error instanceof Error ? (error.stack ?? error.message) : say('common:unknown');
    return (
      <div className="state" role="alert">
        <h2>{say('frame:crashed.title')}</h2>
        <p>{say('frame:crashed.safe')}</p>
        <Button onClick={() => this.setState({ error: null })}>{say('frame:crashed.again')}</Button>
        <details className="small text-start prose state-details">
          <summary>{say('common:details')}</summary>
          <pre className="scroll tiny lines crash-stack">{details}</pre>
          <Button size="xs" onClick={() => copyText(details)}>
            {say('common:copy')}
          </Button>
        </details>
      </div>
    );
  }
}
