import { beforeEach, describe, expect, it } from 'vitest';
import { noteWorkspace, takeWaiting } from '#renderer/features/links/elsewhere.ts';
import { useSeat } from '#renderer/stores/seat.ts';

const entry = (id: string, current: boolean) => ({ id, name: id, within: null, missing: false, current });
const known = () => useSeat.getState().items['workspaces'];

beforeEach(() => useSeat.setState({ items: {} }));

describe('where a workspace is found again', () => {
  it('is its entry among the recent ones, or the sample', () => {
    noteWorkspace({ id: 'w1', sample: false }, [entry('a', false), entry('b', true)]);
    noteWorkspace({ id: 'w2', sample: true }, [entry('a', false)]);
    expect(known()).toEqual({ w1: 'b', w2: 'sample' });
    noteWorkspace({ id: 'w1', sample: false }, [entry('c', true)]);
    expect(known()).toEqual({ w1: 'c', w2: 'sample' });
  });

  it('is not known as long as the shell has not said which one is open', () => {
    noteWorkspace({ id: 'w1', sample: false }, []);
    expect(known()).toBeUndefined();
  });
});

describe('a link that waits for its workspace', () => {
  it('is followed once', () => {
    useSeat.setState({ items: { link: 'frames://live/home' } });
    expect(takeWaiting()).toBe('frames://live/home');
    expect(takeWaiting()).toBeNull();
  });

  it('that is no text is forgotten', () => {
    useSeat.setState({ items: { link: 7 } });
    expect(takeWaiting()).toBeNull();
    expect(useSeat.getState().items).toEqual({});
  });
});
