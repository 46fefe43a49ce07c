import { characterSetFor } from './character-sets.ts';
import type { DataSet } from './read-data-set.ts';
import { numbersOf, plainTextOf } from './element-values.ts';

/** One setting of the grey scale window, in modality units (after rescale). */
export interface WindowPreset {
  center: number;
  width: number;
  explanation: string | undefined;
}

/** The window settings of an image in its order, those without a usable width left out (PS3.3 C.11.2.1.2). */
export const windowsOf = (dataSet: DataSet): WindowPreset[] => {
  const widths = numbersOf(dataSet, 0x00281051, 'DS');
  const words = explanationsOf(dataSet);
  return numbersOf(dataSet, 0x00281050, 'DS').flatMap((center, index) => {
    const width = widths[index] ?? 0;
    if (!Number.isFinite(center) || !(width > 0)) return [];
    return [{ center, width, explanation: words[index]?.trim() || undefined }];
  });
};

const explanationsOf = (dataSet: DataSet): string[] => {
  const element = dataSet.elements.get(0x00281055);
  if (element === undefined) return [];
  const characterSet = characterSetFor(plainTextOf(dataSet, 0x00080005));
  return characterSet.decode(dataSet.bytes, element.offset, element.offset + element.length).text.split('\\');
};
