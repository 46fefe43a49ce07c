import { type DataSet, itemsOf } from './read-data-set.ts';
import type { Element } from './element-header.ts';

const sharedGroups = 0x52009229;
const perFrameGroups = 0x52009230;
/** Pixel measures, plane position and orientation, VOI, rescale, CT exposure/reconstruction, MR timing and echo. */
const macros = [
  0x00289110, 0x00209113, 0x00209116, 0x00289132, 0x00289145, 0x00189321, 0x00189314, 0x00189325, 0x00189112,
  0x00189114, 0x00209071,
];

/**
 * An enhanced multi-frame data set with the elements of its functional groups (shared ones, then those of
 * frame `frameIndex`, from 0) laid beside the top-level ones; any other data set as it is. PS3.3 C.7.6.16.
 */
export const withFunctionalGroups = (dataSet: DataSet, frameIndex = 0): DataSet => {
  if (!dataSet.elements.has(sharedGroups) && !dataSet.elements.has(perFrameGroups)) return dataSet;
  const elements = new Map<number, Element>(dataSet.elements);
  const groups = [itemsOf(dataSet, perFrameGroups, frameIndex + 1)[frameIndex], itemsOf(dataSet, sharedGroups)[0]];
  for (const group of groups) {
    if (group === undefined) continue;
    for (const macro of macros) {
      for (const [tag, element] of itemsOf(group, macro)[0]?.elements ?? []) {
        if (!elements.has(tag)) elements.set(tag, element);
      }
    }
  }
  return { ...dataSet, elements };
};
