/** `cross-sectional` is CT, MR and PET; every other modality is read as a `projection`. */
export type ModalityClass = 'projection' | 'cross-sectional';

const crossSectionalModalities: readonly string[] = ['CT', 'MR', 'PT'];

/** Which half of the deduction catalogue a modality is read with. */
export const modalityClassOf = (modality: string): ModalityClass =>
  crossSectionalModalities.includes(modality) ? 'cross-sectional' : 'projection';

/** What is reviewed as one: each image of radiography, or the whole exam of a stack of images. */
export type ReviewUnit = 'image' | 'exam';

/** Radiography by DICOM modality (PS3.3 C.7.3.1.1.1), and what devices write besides. */
const radiographs: readonly string[] = ['CR', 'DX', 'MG', 'RG', 'IO', 'PX', 'DR', 'XR'];

/** Whether each image of the modality is a film, or the exam as a whole (CT, MR, US, XA and the rest). */
export const reviewUnitOf = (modality: string): ReviewUnit => (radiographs.includes(modality) ? 'image' : 'exam');
