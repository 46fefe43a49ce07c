/** What is reviewed as one: each image of radiography, or the whole exam of a stack of images. */
export type ReviewUnit = 'image' | 'exam';

/** Radiography by DICOM modality (PS3.3 C.7.3.1.1.1): each exposure is a film of its own. */
const radiographs: ReadonlySet<string> = new Set(['CR', 'DX', 'MG', 'RG', 'IO', 'PX', 'DR', 'XR']);

/** Whether each image of the modality is a film, or the exam as a whole (CT, MR, US, XA and the rest). */
export const reviewUnitOf = (modality: string): ReviewUnit => (radiographs.has(modality) ? 'image' : 'exam');
