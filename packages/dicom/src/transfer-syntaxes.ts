/** How the frames of an encapsulated transfer syntax are coded. */
export type Codec = 'native' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'rle' | 'unsupported';

/** One transfer syntax of PS3.6 annex A: how its data set is written and what packs its pixels. */
export interface TransferSyntax {
  uid: string;
  name: string;
  isExplicit: boolean;
  isLittleEndian: boolean;
  isDeflated: boolean;
  isEncapsulated: boolean;
  isLossy: boolean;
  codec: Codec;
}

/** The default of DICOM: no VR in the data set (PS3.5 annex A.1). */
export const implicitLittleEndian = '1.2.840.10008.1.2';
/** VRs in the data set, little endian (PS3.5 annex A.2). */
export const explicitLittleEndian = '1.2.840.10008.1.2.1';
/** Explicit little endian behind raw deflate (PS3.5 annex A.5). */
export const deflatedExplicitLittleEndian = '1.2.840.10008.1.2.1.99';
/** VRs in the data set, big endian; retired in 2006, still in archives. */
export const explicitBigEndian = '1.2.840.10008.1.2.2';

const native = (uid: string, name: string, differs: Partial<TransferSyntax> = {}): TransferSyntax => ({
  uid,
  name,
  isExplicit: true,
  isLittleEndian: true,
  isDeflated: false,
  isEncapsulated: false,
  isLossy: false,
  codec: 'native',
  ...differs,
});

const encapsulated = (uid: string, name: string, codec: Codec, isLossy: boolean): TransferSyntax =>
  native(uid, name, { isEncapsulated: true, codec, isLossy });

/** The transfer syntaxes this package knows by name. Source: PS3.6 table A-1. */
export const transferSyntaxes: readonly TransferSyntax[] = [
  native(implicitLittleEndian, 'Implicit VR Little Endian', { isExplicit: false }),
  native(explicitLittleEndian, 'Explicit VR Little Endian'),
  native(deflatedExplicitLittleEndian, 'Deflated Explicit VR Little Endian', { isDeflated: true }),
  native(explicitBigEndian, 'Explicit VR Big Endian', { isLittleEndian: false }),
  encapsulated('1.2.840.10008.1.2.1.98', 'Encapsulated Uncompressed Explicit VR Little Endian', 'native', false),
  encapsulated('1.2.840.10008.1.2.4.50', 'JPEG Baseline (Process 1)', 'jpeg', true),
  encapsulated('1.2.840.10008.1.2.4.51', 'JPEG Extended (Process 2 and 4)', 'jpeg', true),
  encapsulated('1.2.840.10008.1.2.4.53', 'JPEG Spectral Selection (Process 6 and 8)', 'jpeg', true),
  encapsulated('1.2.840.10008.1.2.4.55', 'JPEG Full Progression (Process 10 and 12)', 'jpeg', true),
  encapsulated('1.2.840.10008.1.2.4.57', 'JPEG Lossless (Process 14)', 'jpeg-lossless', false),
  encapsulated('1.2.840.10008.1.2.4.70', 'JPEG Lossless, First-Order Prediction', 'jpeg-lossless', false),
  encapsulated('1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless', 'jpeg-ls', false),
  encapsulated('1.2.840.10008.1.2.4.81', 'JPEG-LS Near-Lossless', 'jpeg-ls', true),
  encapsulated('1.2.840.10008.1.2.4.90', 'JPEG 2000 (Lossless Only)', 'jpeg-2000', false),
  encapsulated('1.2.840.10008.1.2.4.91', 'JPEG 2000', 'jpeg-2000', true),
  encapsulated('1.2.840.10008.1.2.4.92', 'JPEG 2000 Part 2 (Lossless Only)', 'unsupported', false),
  encapsulated('1.2.840.10008.1.2.4.93', 'JPEG 2000 Part 2', 'unsupported', true),
  encapsulated('1.2.840.10008.1.2.4.100', 'MPEG2 Main Profile / Main Level', 'unsupported', true),
  encapsulated('1.2.840.10008.1.2.4.101', 'MPEG2 Main Profile / High Level', 'unsupported', true),
  encapsulated('1.2.840.10008.1.2.4.102', 'MPEG-4 AVC/H.264 High Profile', 'unsupported', true),
  encapsulated('1.2.840.10008.1.2.4.103', 'MPEG-4 AVC/H.264 BD-compatible', 'unsupported', true),
  encapsulated('1.2.840.10008.1.2.4.107', 'HEVC/H.265 Main Profile', 'unsupported', true),
  encapsulated('1.2.840.10008.1.2.4.108', 'HEVC/H.265 Main 10 Profile', 'unsupported', true),
  encapsulated('1.2.840.10008.1.2.4.201', 'High-Throughput JPEG 2000 (Lossless Only)', 'htj2k', false),
  encapsulated('1.2.840.10008.1.2.4.202', 'High-Throughput JPEG 2000 RPCL (Lossless Only)', 'htj2k', false),
  encapsulated('1.2.840.10008.1.2.4.203', 'High-Throughput JPEG 2000', 'htj2k', true),
  encapsulated('1.2.840.10008.1.2.5', 'RLE Lossless', 'rle', false),
];

const byUid = new Map(transferSyntaxes.map((syntax) => [syntax.uid, syntax]));

/** Is this UID one of the table? An association may accept exactly these. */
export const isKnownTransferSyntax = (uid: string): boolean => byUid.has(uid);

/**
 * What a transfer syntax UID means. An unknown (private) one is read as explicit little endian with
 * encapsulated pixels nobody can decode, as PS3.5 section 10 requires of every later syntax.
 */
export const transferSyntaxFor = (uid: string): TransferSyntax =>
  byUid.get(uid) ?? encapsulated(uid, 'Unknown transfer syntax', 'unsupported', false);
