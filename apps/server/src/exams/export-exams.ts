import type { ExamRow } from '@jiapian/contract';
import {
  exportRowLimit,
  exportRows,
  type ExportColumn,
  type ExportFile,
  type ExportFormat,
} from '../bulletins/index.ts';
import type { Database } from '../platform/database.ts';
import { asExamRow, loadExamRows } from './exam-rows.repository.ts';
import type { BlindViewer } from './blind-viewer.ts';
import { findHidden, maskExam } from './mask-exam.ts';
import { findExamKeys, type ExamFilter, type ExamKey } from './find-exams.repository.ts';

type Locale = 'zh-CN' | 'en';

type ExportViewer = BlindViewer & { hospitalId: string };

/** The list as a file, in the order of the screen; read page by page, so that no long transaction holds the database. */
export const exportExams = (
  database: Database,
  viewer: ExportViewer,
  filter: ExamFilter,
  { format, locale }: { format: ExportFormat; locale: Locale },
): ExportFile => {
  const columns = fields.map(({ titles, value, width }): ExportColumn<ExamRow> => ({
    title: titles[locale],
    value,
    ...(width === undefined ? {} : { width }),
  }));
  return exportRows(format, columns, pages(database, viewer, filter));
};

const pageRows = 1_000;

async function* pages(database: Database, viewer: ExportViewer, filter: ExamFilter): AsyncGenerator<ExamRow> {
  let after: ExamKey | null = null;
  for (let read = 0; read <= exportRowLimit; read += pageRows) {
    const from: ExamKey | null = after;
    const { keys, rows, hidden } = await database.withHospital(viewer.hospitalId, async (unit) => {
      const page = await findExamKeys(unit, filter, { after: from, limit: pageRows });
      const examIds = page.map(({ examId }) => examId);
      return {
        keys: page,
        rows: await loadExamRows(unit, examIds),
        hidden: await findHidden(unit, viewer, examIds),
      };
    });
    yield* rows.map((row) => maskExam(asExamRow(row), viewer, hidden));
    after = keys.at(-1) ?? null;
    if (keys.length < pageRows) return;
  }
}

interface Field {
  titles: Record<Locale, string>;
  value: ExportColumn<ExamRow>['value'];
  width?: number;
}

const fields: readonly Field[] = [
  { titles: { 'zh-CN': '检查时间', en: 'Exam time' }, value: (row) => new Date(row.examAt), width: 22 },
  { titles: { 'zh-CN': '检查号', en: 'Accession number' }, value: (row) => row.accessionNumber, width: 18 },
  { titles: { 'zh-CN': '姓名', en: 'Patient name' }, value: (row) => row.patientName },
  { titles: { 'zh-CN': '患者编号', en: 'Patient ID' }, value: (row) => row.dicomPatientId },
  { titles: { 'zh-CN': '性别', en: 'Sex' }, value: (row) => row.patientSex, width: 6 },
  { titles: { 'zh-CN': '年龄', en: 'Age' }, value: (row) => row.patientAge, width: 8 },
  { titles: { 'zh-CN': '类型', en: 'Modality' }, value: (row) => row.modality, width: 8 },
  { titles: { 'zh-CN': '检查描述', en: 'Description' }, value: (row) => row.description, width: 28 },
  { titles: { 'zh-CN': '部位', en: 'Body part' }, value: (row) => row.bodyPart },
  { titles: { 'zh-CN': '体位', en: 'Positions' }, value: (row) => row.positionCodes.join(' ') },
  { titles: { 'zh-CN': '设备', en: 'Device' }, value: (row) => row.deviceName, width: 20 },
  { titles: { 'zh-CN': '机房', en: 'Room' }, value: (row) => row.roomName },
  { titles: { 'zh-CN': '技师', en: 'Technologist' }, value: (row) => row.technologistName },
  { titles: { 'zh-CN': '操作者（图像头）', en: 'Operator in header' }, value: (row) => row.operatorName },
  { titles: { 'zh-CN': '优先级', en: 'Priority' }, value: (row) => row.priority, width: 10 },
  { titles: { 'zh-CN': '状态', en: 'State' }, value: (row) => row.state, width: 10 },
  { titles: { 'zh-CN': '放行状态', en: 'Gate' }, value: (row) => row.gateState, width: 10 },
  { titles: { 'zh-CN': '序列数', en: 'Series' }, value: (row) => row.seriesCount, width: 8 },
  { titles: { 'zh-CN': '图像数', en: 'Images' }, value: (row) => row.instanceCount, width: 8 },
  { titles: { 'zh-CN': '已评片数', en: 'Graded' }, value: (row) => row.gradedCount, width: 8 },
  { titles: { 'zh-CN': '最低等级', en: 'Worst grade' }, value: (row) => row.worstGrade, width: 10 },
  { titles: { 'zh-CN': '更正', en: 'Corrected' }, value: (row) => row.correction?.kinds.join(' ') ?? '', width: 10 },
  { titles: { 'zh-CN': '原姓名', en: 'Original name' }, value: (row) => row.correction?.originalPatientName ?? '' },
  {
    titles: { 'zh-CN': '原患者编号', en: 'Original patient ID' },
    value: (row) => row.correction?.originalPatientId ?? '',
  },
  {
    titles: { 'zh-CN': '原检查号', en: 'Original accession number' },
    value: (row) => row.correction?.originalAccessionNumber ?? '',
    width: 18,
  },
];
