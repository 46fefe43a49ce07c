import { isoDate, isoTime, jsonItems, jsonNumber, jsonText, type DicomJson } from '@jiapian/dicom';
import type { PerformedStepState } from '@jiapian/rules';
import type { StepFacts, StepImage } from './performed-steps.repository.ts';
import { plainText } from './plain-text.ts';

/** Reads a step from its data set in the DICOM JSON model (PS3.4 table F.7.2-1). */
export const stepFactsOf = (
  content: DicomJson,
  step: { sopInstanceUid: string; callingAeTitle: string; state: PerformedStepState },
): StepFacts => {
  const [scheduled = {}] = jsonItems(content, '00400270');
  const [reason = {}] = jsonItems(content, '00400281');
  const doseItems = jsonItems(content, '0040030E').length;
  const text = (tag: string, from: DicomJson = content): string => plainText(jsonText(from, tag));
  return {
    ...step,
    stationAeTitle: text('00400241'),
    stationName: text('00400242'),
    stepNumber: text('00400253'),
    modality: text('00080060'),
    studyInstanceUid: text('0020000D', scheduled),
    accessionNumber: text('00080050', scheduled),
    dicomPatientId: text('00100020'),
    startedAt: momentOf(text('00400244'), text('00400245')),
    endedAt: momentOf(text('00400250'), text('00400251')),
    reasonCode: text('00080100', reason),
    exposures: jsonNumber(content, '00400301') ?? (doseItems > 0 ? doseItems : null),
    content,
  };
};

const momentOf = (date: string, time: string): string | null => {
  const day = isoDate(date);
  return day === undefined ? null : `${day}T${isoTime(time) ?? '00:00:00'}`;
};

/** The images and other objects that a step lists, each once. */
export const stepImagesOf = (content: DicomJson): StepImage[] => {
  const images = jsonItems(content, '00400340').flatMap((series) =>
    [...jsonItems(series, '00081140'), ...jsonItems(series, '00400220')].map((image) => ({
      sopInstanceUid: jsonText(image, '00081155'),
      sopClassUid: jsonText(image, '00081150'),
      seriesInstanceUid: jsonText(series, '0020000E'),
    })),
  );
  return [...new Map(images.map((image) => [image.sopInstanceUid, image])).values()].filter(
    ({ sopInstanceUid }) => sopInstanceUid !== '',
  );
};
