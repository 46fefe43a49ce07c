import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { elementsOf, encodeDataSet, joinChunks } from '../../../packages/dicom/src/index.ts';
import type { TestDatabase } from './database.ts';
import { temporaryFolder } from './repository.ts';

/**
 * Files for exams that `registerExam` made: data sets without a picture that carry the same UIDs, so that an archive
 * can be asked for them. `path` takes the object's identifier, as the object store does.
 */
export const smallObjects = (test: TestDatabase) => {
  const folder = temporaryFolder('small-objects');
  const path = (objectId: string): string => join(folder.path, `${objectId}.dcm`);
  const write = async (examId: string): Promise<void> => {
    const rows = await test.asOwner<{
      uid: string;
      series: string;
      study: string;
      cls: string;
      object_id: string;
      accession: string;
    }>(
      `select i.sop_instance_uid as uid, i.series_instance_uid as series, e.study_instance_uid as study,
         i.sop_class_uid as cls, i.object_id, e.accession_number as accession
       from instance i join exam e using (hospital_id, exam_id) where exam_id = $1`,
      [examId],
    );
    for (const row of rows) writeFileSync(path(row.object_id), joinChunks(encodeDataSet(elementsOf(valuesOf(row)))));
  };
  return { path, write, remove: () => folder.remove() };
};

const valuesOf = (row: { uid: string; series: string; study: string; cls: string; accession: string }) => ({
  SOPClassUID: row.cls,
  SOPInstanceUID: row.uid,
  StudyInstanceUID: row.study,
  SeriesInstanceUID: row.series,
  PatientID: 'P1',
  PatientName: 'Test^Patient',
  StudyDate: '20261124',
  StudyTime: '100000',
  AccessionNumber: row.accession,
  Modality: 'DX',
  SeriesNumber: 1,
  InstanceNumber: 1,
});
