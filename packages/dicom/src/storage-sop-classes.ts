/** What an object is, told by its SOP class: only images have pixels to grade. */
export type ObjectKind =
  'image' | 'structured-report' | 'key-object-selection' | 'presentation-state' | 'document' | 'waveform' | 'other';

const storageRoot = '1.2.840.10008.5.1.4.1.1.';
const dicomRoot = '1.2.840.10008.';
/** Retired or special storage classes that live outside the storage root (PS3.6 annex A). */
const outsideRoot = new Set(['1.2.840.10008.5.1.4.34.7', '1.2.840.10008.5.1.4.43.1', '1.2.840.10008.5.1.4.45.1']);

/**
 * Is this a class an object can be stored under? Every class below the storage root is, known or not, and
 * so is every private one: refusing a modality's own class loses images.
 */
export const isStorageSopClass = (uid: string): boolean =>
  uid.startsWith(storageRoot) || outsideRoot.has(uid) || (!uid.startsWith(dicomRoot) && /^[0-2](\.\d+)+$/.test(uid));

const kindsByPrefix: readonly (readonly [string, ObjectKind])[] = [
  ['1.2.840.10008.5.1.4.1.1.88.59', 'key-object-selection'],
  ['1.2.840.10008.5.1.4.1.1.88.', 'structured-report'],
  ['1.2.840.10008.5.1.4.1.1.11.', 'presentation-state'],
  ['1.2.840.10008.5.1.4.1.1.104.', 'document'],
  ['1.2.840.10008.5.1.4.1.1.9.', 'waveform'],
  ['1.2.840.10008.5.1.4.1.1.66.5', 'other'],
];

/** The kind a SOP class promises; undefined when the class alone does not tell (then the pixel module does). */
export const kindOfSopClass = (uid: string): ObjectKind | undefined =>
  kindsByPrefix.find(([prefix]) => uid.startsWith(prefix))?.[1];

/** The classes a modality is offered by name; `isStorageSopClass` accepts many more. Source: PS3.4 annex B.5. */
export const storageSopClasses: readonly { uid: string; name: string }[] = [
  { uid: '1.2.840.10008.5.1.4.1.1.1', name: 'Computed Radiography Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.1.1', name: 'Digital X-Ray Image Storage - For Presentation' },
  { uid: '1.2.840.10008.5.1.4.1.1.1.1.1', name: 'Digital X-Ray Image Storage - For Processing' },
  { uid: '1.2.840.10008.5.1.4.1.1.1.2', name: 'Digital Mammography X-Ray Image Storage - For Presentation' },
  { uid: '1.2.840.10008.5.1.4.1.1.1.2.1', name: 'Digital Mammography X-Ray Image Storage - For Processing' },
  { uid: '1.2.840.10008.5.1.4.1.1.1.3', name: 'Digital Intra-Oral X-Ray Image Storage - For Presentation' },
  { uid: '1.2.840.10008.5.1.4.1.1.1.3.1', name: 'Digital Intra-Oral X-Ray Image Storage - For Processing' },
  { uid: '1.2.840.10008.5.1.4.1.1.2', name: 'CT Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.2.1', name: 'Enhanced CT Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.3.1', name: 'Ultrasound Multi-frame Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.4', name: 'MR Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.4.1', name: 'Enhanced MR Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.6.1', name: 'Ultrasound Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.7', name: 'Secondary Capture Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.7.2', name: 'Multi-frame Grayscale Byte Secondary Capture Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.7.4', name: 'Multi-frame True Color Secondary Capture Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.11.1', name: 'Grayscale Softcopy Presentation State Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.12.1', name: 'X-Ray Angiographic Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.12.2', name: 'X-Ray Radiofluoroscopic Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.13.1.3', name: 'Breast Tomosynthesis Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.20', name: 'Nuclear Medicine Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.66.4', name: 'Segmentation Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.88.11', name: 'Basic Text SR Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.88.22', name: 'Enhanced SR Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.88.33', name: 'Comprehensive SR Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.88.59', name: 'Key Object Selection Document Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.88.67', name: 'X-Ray Radiation Dose SR Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.104.1', name: 'Encapsulated PDF Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.128', name: 'Positron Emission Tomography Image Storage' },
  { uid: '1.2.840.10008.5.1.4.1.1.481.1', name: 'RT Image Storage' },
];
