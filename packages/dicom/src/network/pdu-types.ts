/** The seven protocol data units of the DICOM upper layer (PS3.8 2025e, section 9.3). */
export const pduTypes = {
  associateRequest: 0x01,
  associateAccept: 0x02,
  associateReject: 0x03,
  dataTransfer: 0x04,
  releaseRequest: 0x05,
  releaseResponse: 0x06,
  abort: 0x07,
} as const;

/** Bytes before the body of every unit: type, reserved, 32-bit length (PS3.8 section 9.3.1). */
export const PDU_HEADER_BYTES = 6;

/** Bytes before the fragment of a presentation data value: 32-bit length, context, message control header (PS3.8 9.3.5.1). */
export const PDV_HEADER_BYTES = 6;

/** The application context of DICOM; the only one there is (PS3.7 annex A.2.1). */
export const DICOM_APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';

/** Largest association control unit that is read, in bytes. 128 contexts with 40 syntaxes of 64 characters each need 340 kB. */
export const CONTROL_PDU_LIMIT_BYTES = 512 * 1024;

/** Most presentation contexts in one association: odd identifiers 1 to 255 (PS3.8 section 7.1.1.13). */
export const PRESENTATION_CONTEXT_LIMIT = 128;

/** Most transfer syntaxes that are read from one presentation context; the standard names about 60 in all. */
export const TRANSFER_SYNTAX_LIMIT = 256;
