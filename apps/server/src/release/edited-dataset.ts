import type { DimseDataset } from '../platform/dimse-dataset.ts';
import type { ByteEdit } from './outgoing.ts';

/** A data set in which one range of bytes is another; `edit` counts from the beginning of the data set. */
export const editedDataset = (original: DimseDataset, edit: ByteEdit): DimseDataset => {
  const shift = edit.bytes.length - (edit.to - edit.from);
  const editEnd = edit.from + edit.bytes.length;
  return {
    byteLength: original.byteLength + shift,
    fill: async (views, position) => {
      let at = position;
      for (const view of views) {
        await fillOne(view, at);
        at += view.byteLength;
      }
    },
    close: () => original.close(),
  };

  async function fillOne(view: Uint8Array, at: number): Promise<void> {
    const end = at + view.byteLength;
    const before = Math.max(0, Math.min(edit.from, end) - at);
    if (before > 0) await original.fill([view.subarray(0, before)], at);
    const from = Math.max(at, edit.from);
    const to = Math.min(end, editEnd);
    if (to > from) view.set(edit.bytes.subarray(from - edit.from, to - edit.from), from - at);
    const after = Math.max(at, editEnd);
    if (end > after) await original.fill([view.subarray(after - at)], after - shift);
  }
};
