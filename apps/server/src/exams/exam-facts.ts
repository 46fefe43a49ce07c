import { displayPersonName, type HeaderFacts } from '@jiapian/dicom';
import { plainText } from './plain-text.ts';
import { searchTextOf } from './search-text.ts';

/** What one object says about the exam that it belongs to. */
export interface ExamFacts {
  accessionNumber: string;
  modality: string;
  description: string;
  bodyPart: string;
  /** Local date and time of the hospital, or with an offset; null when the header tells none. */
  examAt: string | null;
  patientAge: string;
  operatorName: string;
  institutionName: string;
  searchText: string;
}

export interface PatientFacts {
  dicomPatientId: string;
  issuer: string;
  name: string;
  sex: string | null;
  birthDate: string | null;
}

export const examFactsOf = (facts: HeaderFacts): ExamFacts => {
  const description = plainText(facts.studyDescription ?? facts.protocolName ?? facts.seriesDescription);
  const accessionNumber = plainText(facts.accessionNumber);
  return {
    accessionNumber,
    modality: plainText(facts.modality),
    description,
    bodyPart: plainText(facts.bodyPartExamined),
    examAt: examMomentOf(facts),
    patientAge: facts.patientAge ?? '',
    operatorName: operatorNameOf(facts),
    institutionName: plainText(facts.institutionName),
    searchText: searchTextOf({
      patientName: facts.patientName ?? '',
      dicomPatientId: facts.patientId ?? '',
      accessionNumber,
      description,
    }),
  };
};

export const patientFactsOf = (facts: HeaderFacts): PatientFacts => ({
  dicomPatientId: plainText(facts.patientId),
  issuer: plainText(facts.issuerOfPatientId),
  name: plainText(displayPersonName(facts.patientName ?? '')),
  sex: facts.patientSex ?? null,
  birthDate: facts.patientBirthDate ?? null,
});

/** The first operator; several stand joined by a backslash (VM 1-n). */
const operatorNameOf = (facts: HeaderFacts): string =>
  plainText(displayPersonName((facts.operatorsName ?? '').split('\\')[0] ?? ''));

/** The study's own moment, else the series', the acquisition's, the content's: the first that has a date. */
const examMomentOf = (facts: HeaderFacts): string | null => {
  const pairs = [
    [facts.studyDate, facts.studyTime],
    [facts.seriesDate, facts.seriesTime],
    [facts.acquisitionDate, facts.acquisitionTime],
    [facts.contentDate, facts.contentTime],
  ] as const;
  const dated = pairs.find(([date]) => date !== undefined);
  if (dated === undefined) return null;
  return `${dated[0]}T${dated[1] ?? '00:00:00'}${facts.timezoneOffsetFromUtc ?? ''}`;
};
