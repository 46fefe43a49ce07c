/** Characters typed again: enough that no habit types them, few enough to read off the film. [PD] */
const confirmationLength = 4;

/**
 * What a reader types again to confirm a 废: the last four characters of the accession number, or of the study UID when
 * the exam has none that long.
 */
export const rejectConfirmationOf = (exam: {
  readonly accessionNumber: string;
  readonly studyInstanceUid: string;
}): string => {
  const accession = exam.accessionNumber.trim();
  return (accession.length >= confirmationLength ? accession : exam.studyInstanceUid).slice(-confirmationLength);
};

/** Whether the typed characters are the ones asked for; case and surrounding space do not matter. */
export const isRejectConfirmed = (
  exam: { readonly accessionNumber: string; readonly studyInstanceUid: string },
  typed: string,
): boolean => typed.trim().toUpperCase() === rejectConfirmationOf(exam).toUpperCase();
