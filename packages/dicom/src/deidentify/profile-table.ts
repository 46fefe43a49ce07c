/**
 * What becomes of each element of an image for the teaching file. PS3.15 table E.1-1 (edition 2024b) lists what must
 * go; this table turns it round and lists what may stay, so that an element that nobody thought of is removed. It is
 * stricter than the Basic Profile: nothing that E.1-1 lists with X, Z, D or U is in the lists of what is kept.
 */

/** Groups whose technical elements may stay: image description, acquisition, geometry, pixels, frames. [PS3.15 E.1-1] */
export const keptGroups: ReadonlySet<number> = new Set([0x0008, 0x0018, 0x0020, 0x0028, 0x0054, 0x2050, 0x5200]);

/** Doses and the organ exposed stand in a group of procedures of which nothing else may stay. [PS3.3 C.8.11.6] */
export const keptBeyondGroups: ReadonlySet<number> = new Set([
  0x00400302, // Entrance Dose
  0x00400314, // Half Value Layer
  0x00400316, // Organ Dose
  0x00400318, // Organ Exposed
  0x00408302, // Entrance Dose in mGy
]);

/** Text that describes the technique and not people, places or orders; all other text is removed. [PS3.15 E.1-1] */
export const keptText: ReadonlySet<number> = new Set([
  0x00080070, // Manufacturer
  0x00080100, // Code Value, in the sequences below only
  0x00080102, // Coding Scheme Designator
  0x00080103, // Coding Scheme Version
  0x00080104, // Code Meaning
  0x00081090, // Manufacturer's Model Name
  0x00180024, // Sequence Name
  0x00181020, // Software Versions
  0x00181160, // Filter Type
  0x00181210, // Convolution Kernel
  0x00181250, // Receive Coil Name
  0x00181251, // Transmit Coil Name
  0x00181401, // Acquisition Device Processing Code
  0x00189005, // Pulse Sequence Name
  0x00189041, // Receive Coil Manufacturer Name
  0x00189050, // Transmit Coil Manufacturer Name
  0x00281054, // Rescale Type
  0x00281055, // Window Center & Width Explanation
  0x00283003, // LUT Explanation
  0x00283004, // Modality LUT Type
]);

/** Sequences that describe the technique; all others are removed with everything in them. [PS3.15 E.1-1] */
export const keptSequences: ReadonlySet<number> = new Set([
  0x00082218, // Anatomic Region
  0x00082228, // Primary Anatomic Structure
  0x00186011, // Sequence of Ultrasound Regions
  0x00189006, // MR Imaging Modifier
  0x00189042, // MR Receive Coil
  0x00189049, // MR Transmit Coil
  0x00189112, // MR Timing and Related Parameters
  0x00189114, // MR Echo
  0x00189115, // MR Modifier
  0x00189117, // MR Diffusion
  0x00189119, // MR Averages
  0x00189125, // MR FOV/Geometry
  0x00189226, // MR Image Frame Type
  0x00189301, // CT Acquisition Type
  0x00189304, // CT Acquisition Details
  0x00189308, // CT Table Dynamics
  0x00189312, // CT Geometry
  0x00189314, // CT Reconstruction
  0x00189321, // CT Exposure
  0x00189325, // CT X-Ray Details
  0x00189326, // CT Position
  0x00189329, // CT Image Frame Type
  0x00189346, // CTDI Phantom Type Code
  0x00209071, // Frame Anatomy
  0x00209111, // Frame Content
  0x00209113, // Plane Position
  0x00209116, // Plane Orientation
  0x00209221, // Dimension Organization
  0x00209222, // Dimension Index
  0x00283000, // Modality LUT
  0x00283010, // VOI LUT
  0x00289110, // Pixel Measures
  0x00289132, // Frame VOI LUT
  0x00289145, // Pixel Value Transformation
  0x00540220, // View Code
  0x00540222, // View Modifier Code
  0x52009229, // Shared Functional Groups
  0x52009230, // Per-frame Functional Groups
]);

/** Numbers and codes of the kept groups that say too much all the same. [PS3.15 E.1-1, PD] */
export const removedCodes: ReadonlySet<number> = new Set([
  0x00080201, // Timezone Offset From UTC
  0x00181030, // Protocol Name
  0x00189623, // Functional Sync Pulse
  0x00200010, // Study ID
  0x00201206, // Number of Study Related Series, which is a fact of the archive
  0x00201208, // Number of Study Related Instances
]);

/** Binary values that belong to the picture: lookup table data and colour profile. Pixel Data is written apart. */
export const keptBinary: ReadonlySet<number> = new Set([0x00283006, 0x00282000]);

/** UIDs that say what an object is, not which one. [PS3.6 annex A] */
export const classUids: ReadonlySet<number> = new Set([0x00080016, 0x00081150]);

/** Dates that are kept, moved, when the dates of a case are moved and not removed. [PS3.15 E.3.6] */
export const movableDates: ReadonlySet<number> = new Set([0x00080020, 0x00080021, 0x00080022, 0x00080023]);

/** Facts of the patient that the option to retain them keeps. [PS3.15 E.3.4] */
export const patientCharacteristics: ReadonlySet<number> = new Set([0x00100040, 0x00101010, 0x00101020, 0x00101030]);

/** Elements that image objects must have though they may be empty; written empty whatever the source says. [PS3.3] */
export const emptiedElements: readonly (readonly [tag: number, vr: string])[] = [
  [0x00080020, 'DA'], // Study Date
  [0x00080030, 'TM'], // Study Time
  [0x00080050, 'SH'], // Accession Number
  [0x00080090, 'PN'], // Referring Physician's Name
  [0x00100030, 'DA'], // Patient's Birth Date
  [0x00100040, 'CS'], // Patient's Sex
  [0x00200010, 'SH'], // Study ID
];

/** As those, but only in place of a value that the source has: required with the module that it stands in. [PS3.3] */
export const emptiedWhenPresent: readonly (readonly [tag: number, vr: string])[] = [
  [0x00080023, 'DA'], // Content Date
  [0x00080033, 'TM'], // Content Time
  [0x00180010, 'LO'], // Contrast/Bolus Agent
  [0x00201040, 'LO'], // Position Reference Indicator
  [0x00400555, 'SQ'], // Acquisition Context Sequence
];

/**
 * Private elements that carry no identity, by creator and element number within its block.
 * [PS3.15 table E.3.10-1, those of CT and MR only; verified against the vendors' published conformance statements: no]
 */
export const safePrivate: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map([
  ['ELSCINT1', new Map([[0x00e10021, 'DS']])],
  [
    'SIEMENS MR HEADER',
    new Map([
      [0x0019000c, 'IS'],
      [0x0019000d, 'CS'],
      [0x0019000e, 'FD'],
      [0x00190027, 'FD'],
    ]),
  ],
  [
    'GEMS_ACQU_01',
    new Map([
      [0x00190023, 'DS'],
      [0x00190024, 'DS'],
      [0x00190027, 'DS'],
    ]),
  ],
  [
    'GEMS_PARM_01',
    new Map([
      [0x00430027, 'SH'],
      [0x00430039, 'IS'],
    ]),
  ],
  [
    'GEMS_HELIOS_01',
    new Map([
      [0x00450001, 'SS'],
      [0x00450002, 'FL'],
    ]),
  ],
  [
    'Philips Imaging DD 001',
    new Map([
      [0x20010003, 'FL'],
      [0x20010004, 'CS'],
    ]),
  ],
]);

/** Codes of De-identification Method Code Sequence (0012,0064). [PS3.16 CID 7050] */
export const methodCodes = {
  basicProfile: ['113100', 'Basic Application Confidentiality Profile'],
  cleanPixelData: ['113101', 'Clean Pixel Data Option'],
  cleanGraphics: ['113103', 'Clean Graphics Option'],
  modifiedDates: ['113107', 'Retain Longitudinal Temporal Information Modified Dates Option'],
  patientCharacteristics: ['113108', 'Retain Patient Characteristics Option'],
  safePrivate: ['113111', 'Retain Safe Private Option'],
} as const;
