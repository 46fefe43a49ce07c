import { AppError } from '@jiapian/kernel';
import { plainTextOf } from '../element-values.ts';
import { readPart10, type Part10 } from '../read-part10.ts';
import { encodeDataSet, type WriteElement } from '../write-data-set.ts';
import { encodePart10, joinChunks } from '../write-part10.ts';
import { keptElements } from './deidentify-elements.ts';
import { cleanPixels, wasLossy } from './deidentify-pixels.ts';
import { findIdentity, type FoundIdentity } from './find-identity.ts';
import { identityOf } from './identity.ts';
import type { DeidentifyOptions } from './options.ts';
import type { PixelBox } from './pixel-box.ts';
import { emptiedElements, emptiedWhenPresent, methodCodes } from './profile-table.ts';

/** The name of the profile in (0012,0063); the number grows when the table changes what a file may hold. */
export const deidentifyProfile = 'JIAPIAN teaching file 1' as const;

/** A de-identified object and what its check found. */
export interface Deidentified {
  /** Part 10, Explicit VR Little Endian. */
  readonly bytes: Uint8Array;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly rows: number;
  readonly columns: number;
  readonly numberOfFrames: number;
  /** How many values of the original's identity were looked for. */
  readonly soughtCount: number;
  /** Of those, what the finished file still holds; only a file with none may be used. */
  readonly found: readonly FoundIdentity[];
  /** Elements left out because their text held such a value, `0xGGGGEEEE`. */
  readonly scrubbed: readonly number[];
}

/** `boxes` in pixels of the picture may depend on its size. */
export type DeidentifyRequest = Omit<DeidentifyOptions, 'boxes'> & {
  readonly boxesOf: (size: { rows: number; columns: number }) => readonly PixelBox[];
};

const explicitLittleEndian = '1.2.840.10008.1.2.1';

/**
 * An image without its patient: PS3.15 annex E, Basic Application Level Confidentiality Profile with the options
 * Clean Pixel Data, Clean Graphics (overlays, curves and annotations are removed), Retain Safe Private and, when
 * chosen, Retain Patient Characteristics and Retain Longitudinal Temporal Information with Modified Dates. Pixels are
 * decoded, the boxes painted black, and written uncompressed. The finished file is read again and searched for every
 * value of the original's identity (`found`).
 *
 * Throws INTAKE_NOT_DICOM and DICOM_UNREADABLE as `readPart10`, DICOM_NO_PIXELS for an object without pixels,
 * DICOM_CODEC_FAILED.
 */
export const deidentify = async (part10: Uint8Array, request: DeidentifyRequest): Promise<Deidentified> => {
  const original = readPart10(part10);
  const sopClassUid = plainTextOf(original.dataSet, 0x00080016) ?? original.mediaStorageSopClassUid;
  if (sopClassUid === undefined) throw new AppError('DICOM_UNREADABLE', { reason: 'the object has no SOP class' });
  const identity = identityOf(original.dataSet);
  const pixels = await cleanPixels(original, request.boxesOf);
  const scrubbed = new Set<number>();
  const options = { ...request, boxes: request.boxesOf(pixels) };
  const stays = keptElements(original.dataSet, { options, identity, characterSet: undefined, scrubbed });
  const sopInstanceUid = request.uidFor(original.sopInstanceUid ?? '');
  const elements = merged([
    emptied(original),
    stays,
    pixels.elements,
    statements(request),
    [
      { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
      ...(wasLossy(original) ? [{ tag: 0x00282110, vr: 'CS', value: '01' }] : []),
    ],
  ]);
  const meta = { sopClassUid, sopInstanceUid, transferSyntaxUid: explicitLittleEndian };
  const bytes = joinChunks(encodePart10(meta, encodeDataSet(elements)));
  const { rows, columns, numberOfFrames } = pixels;
  return {
    bytes,
    ...meta,
    ...{ rows, columns, numberOfFrames },
    soughtCount: identity.length,
    found: findIdentity(bytes, identity),
    scrubbed: [...scrubbed],
  };
};

/** Later lists win. */
const merged = (lists: readonly (readonly WriteElement[])[]): WriteElement[] => [
  ...new Map(lists.flat().map((element) => [element.tag, element])).values(),
];

const emptied = ({ dataSet }: Part10): WriteElement[] =>
  [...emptiedElements, ...emptiedWhenPresent.filter(([tag]) => dataSet.elements.has(tag))].map(([tag, vr]) => ({
    tag,
    vr,
    value: [],
  }));

/** Who the patient is now, and how it was done (PS3.15 E.1.1). */
const statements = (request: DeidentifyRequest): WriteElement[] => {
  const isMoved = request.dates !== 'removed';
  const codes = [
    methodCodes.basicProfile,
    methodCodes.cleanPixelData,
    methodCodes.cleanGraphics,
    methodCodes.safePrivate,
    ...(request.keepsPatientCharacteristics ? [methodCodes.patientCharacteristics] : []),
    ...(isMoved ? [methodCodes.modifiedDates] : []),
  ];
  return [
    { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
    { tag: 0x00100010, vr: 'PN', value: request.code },
    { tag: 0x00100020, vr: 'LO', value: request.code },
    { tag: 0x00120062, vr: 'CS', value: 'YES' },
    { tag: 0x00120063, vr: 'LO', value: deidentifyProfile },
    {
      tag: 0x00120064,
      vr: 'SQ',
      value: codes.map(([code, meaning]) => [
        { tag: 0x00080100, vr: 'SH', value: code },
        { tag: 0x00080102, vr: 'SH', value: 'DCM' },
        { tag: 0x00080104, vr: 'LO', value: meaning },
      ]),
    },
    { tag: 0x00280301, vr: 'CS', value: 'NO' },
    { tag: 0x00280303, vr: 'CS', value: isMoved ? 'MODIFIED' : 'REMOVED' },
  ];
};
