import type { CopyFacts } from '@jiapian/contract';
import { elementsOf, type WriteElement } from '@jiapian/dicom';

const LATERALITY = 0x00200060;
const IMAGE_LATERALITY = 0x00200062;
const ISSUER_OF_PATIENT_ID = 0x00100021;

/**
 * What else a worklist entry or a registration brings into a head about a person (PS3.3 C.2.2, C.2.3, C.7.1.1,
 * C.7.2.2, C.3.4): it is not known of the right one, and the wrong one's must not stand beside the right name.
 */
export const ofThePerson: readonly number[] = [
  0x00081110, // Referenced Study Sequence
  0x00081111, // Referenced Performed Procedure Step Sequence
  0x00081120, // Referenced Patient Sequence
  0x00100022, // Type of Patient ID
  0x00100024, // Issuer of Patient ID Qualifiers Sequence
  0x00100032, // Patient's Birth Time
  0x00101000, // Other Patient IDs
  0x00101001, // Other Patient Names
  0x00101002, // Other Patient IDs Sequence
  0x00101005, // Patient's Birth Name
  0x00101010, // Patient's Age
  0x00101020, // Patient's Size
  0x00101030, // Patient's Weight
  0x00101040, // Patient's Address
  0x00101060, // Patient's Mother's Birth Name
  0x00102000, // Medical Alerts
  0x00102110, // Allergies
  0x00102154, // Patient's Telephone Numbers
  0x00102160, // Ethnic Group
  0x00102180, // Occupation
  0x001021b0, // Additional Patient History
  0x001021c0, // Pregnancy Status
  0x00104000, // Patient Comments
  0x00321032, // Requesting Physician
  0x00380010, // Admission ID
  0x00380300, // Current Patient Location
];
/** Of the order (PS3.3 C.7.3.1, C.4.11). */
export const ofTheOrder: readonly number[] = [
  0x00321060, // Requested Procedure Description
  0x00400275, // Request Attributes Sequence
];
/** Type 2 of the General Study module: not known of the right order, but there. */
const emptied = { ReferringPhysicianName: '', StudyID: '' };

/** Elements that a copy has otherwise than its object, and those that it does not have; UIDs apart. */
export const copyElementsOf = (
  facts: CopyFacts,
  has: (tag: number) => boolean,
): { set: WriteElement[]; remove: ReadonlySet<number> } => {
  const { identity, isOtherPerson, side } = facts;
  const set: WriteElement[] = [];
  const remove = new Set<number>();
  if (identity !== null) {
    set.push(
      ...elementsOf({
        PatientName: identity.patientName,
        PatientID: identity.dicomPatientId,
        ...(identity.issuer !== '' && { IssuerOfPatientID: identity.issuer }),
        PatientBirthDate: (identity.birthDate ?? '').replaceAll('-', ''),
        PatientSex: identity.sex ?? '',
        AccessionNumber: identity.accessionNumber,
      }),
    );
    if (identity.issuer === '') remove.add(ISSUER_OF_PATIENT_ID);
    for (const tag of ofTheOrder) remove.add(tag);
  }
  if (isOtherPerson) {
    set.push(...elementsOf(emptied));
    for (const tag of ofThePerson) remove.add(tag);
  }
  if (side !== null) {
    // Where the device wrote it; an object without either says it in the image's own element.
    const tags = has(LATERALITY) ? [LATERALITY, IMAGE_LATERALITY].filter(has) : [IMAGE_LATERALITY];
    set.push(...tags.map((tag) => ({ tag, vr: 'CS', value: side })));
  }
  return { set, remove };
};
