/** Studies that are looked for in an archive. Days are YYYYMMDD, both inside. */
export interface WantedStudies {
  fromDay: string;
  toDay: string;
  modality: string;
  /** Empty: every station. */
  stationName: string;
  limit: number;
}

/** An archive that exams are fetched from. */
export interface ArchiveSource {
  /** Study Instance UIDs. Throws `DIMSE_…` or `INTAKE_ARCHIVE_REFUSED` when it does not answer. */
  findStudies(wanted: WantedStudies): Promise<string[]>;
  /** Has every object of the study sent to us; answers how many. Throws when one of them did not come. */
  fetchStudy(studyInstanceUid: string): Promise<number>;
}
