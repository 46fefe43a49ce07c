import type { UploadFile } from '@jiapian/contract';
import { describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../api/api-problem.ts';
import { fileKeyOf, type ChosenFile } from './chosen-files.ts';
import { UploadQueue, type UploadDoor, type UploadState } from './upload-queue.ts';

const chosen = (path: string): ChosenFile => ({ path, fileKey: fileKeyOf(path, 3, 7), file: new File(['abc'], path) });
const resultOf = ({ fileKey, path }: ChosenFile): UploadFile => ({
  fileKey,
  fileName: path,
  outcome: 'received',
  reason: null,
  objects: 1,
});
const lost = () => new ApiProblem({ code: 'NETWORK_LOST', status: 0 });

const memoryOf = (content: Record<string, string> = {}) => {
  const values = new Map(Object.entries(content));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
};
const doorOf = (parts: Partial<UploadDoor> = {}): UploadDoor => ({
  start: vi.fn(async () => 'u1'),
  arrived: vi.fn(async () => []),
  send: vi.fn(async (_uploadId: string, file: ChosenFile) => resultOf(file)),
  memory: memoryOf(),
  wait: async () => {},
  ...parts,
});
const until = (queue: UploadQueue, isSo: (state: UploadState) => boolean): Promise<UploadState> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (isSo(queue.state())) resolve(queue.state());
    };
    queue.subscribe(look);
    look();
  });
const isSettled = ({ items }: UploadState): boolean =>
  [...items.values()].every((item) => item.state === 'done' || item.state === 'failed');

describe('UploadQueue', () => {
  it('sends every file once, however often it is chosen', async () => {
    const door = doorOf();
    const queue = new UploadQueue(door);
    queue.add([chosen('a'), chosen('b')]);
    queue.add([chosen('a')]);
    await until(queue, isSettled);
    expect(
      vi
        .mocked(door.send)
        .mock.calls.map(([, file]) => file.path)
        .sort(),
    ).toEqual(['a', 'b']);
    expect(door.start).toHaveBeenCalledTimes(1);
  });

  it('asks what has arrived after a lost connection and sends only the rest', async () => {
    let isFirst = true;
    const door = doorOf({
      arrived: vi.fn(async () => [resultOf(chosen('a'))]),
      send: vi.fn(async (_uploadId: string, file: ChosenFile) => {
        if (isFirst) {
          isFirst = false;
          throw lost();
        }
        return resultOf(file);
      }),
    });
    const queue = new UploadQueue(door);
    queue.add([chosen('a')]);
    const state = await until(queue, isSettled);
    expect(door.send).toHaveBeenCalledTimes(1);
    expect([...state.items.values()][0]?.result?.outcome).toBe('received');
    await until(queue, (now) => !now.isLost);
  });

  it('takes up the upload that the tab remembers, and starts a new one when the server has forgotten it', async () => {
    const known = doorOf({ memory: memoryOf({ 'jiapian.upload': 'u0' }) });
    const queue = new UploadQueue(known);
    queue.add([chosen('a')]);
    await until(queue, isSettled);
    expect(known.start).not.toHaveBeenCalled();
    expect(vi.mocked(known.send).mock.calls[0]?.[0]).toBe('u0');

    const forgotten = doorOf({ memory: memoryOf({ 'jiapian.upload': 'u0' }), arrived: vi.fn(async () => null) });
    const other = new UploadQueue(forgotten);
    other.add([chosen('a')]);
    await until(other, isSettled);
    expect(forgotten.start).toHaveBeenCalledTimes(1);
  });

  it('keeps a refused file with its reason and goes on with the others', async () => {
    const door = doorOf({
      send: vi.fn(async (_uploadId: string, file: ChosenFile) => {
        if (file.path === 'big') throw new ApiProblem({ code: 'INTAKE_TOO_LARGE', status: 413 });
        return resultOf(file);
      }),
    });
    const queue = new UploadQueue(door);
    queue.add([chosen('big'), chosen('good')]);
    const { items } = await until(queue, isSettled);
    expect([...items.values()].map((item) => [item.chosen.path, item.state, item.problem?.code])).toEqual([
      ['big', 'failed', 'INTAKE_TOO_LARGE'],
      ['good', 'done', undefined],
    ]);
  });

  it('says so when an upload may not be started', async () => {
    const refuse = async (): Promise<string> => {
      throw new ApiProblem({ code: 'ACCESS_PERMISSION_MISSING', status: 403 });
    };
    const queue = new UploadQueue(doorOf({ start: refuse }));
    queue.add([chosen('a')]);
    const { problem } = await until(queue, (state) => state.problem !== null);
    expect(problem?.code).toBe('ACCESS_PERMISSION_MISSING');
  });
});

describe('fileKeyOf', () => {
  it('tells files apart by path, size and time of change, within what the server keeps', () => {
    expect(fileKeyOf('a/b', 3, 7)).toBe('a/b|3|7');
    expect(fileKeyOf('x'.repeat(2000), 3, 7)).toHaveLength(500);
  });
});
