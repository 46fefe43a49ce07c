/** Invented people of the demo department; the names say so. */
export interface DemoStaff {
  readonly staffNumber: string;
  readonly chineseName: string;
  readonly pinyin: string;
  readonly post: 'technologist' | 'radiologist' | 'team-leader' | 'head';
}

export const demoStaff: readonly DemoStaff[] = [
  { staffNumber: 'T001', chineseName: '林示范', pinyin: 'Lin^Shifan', post: 'technologist' },
  { staffNumber: 'T002', chineseName: '何演示', pinyin: 'He^Yanshi', post: 'technologist' },
  { staffNumber: 'T003', chineseName: '沈例行', pinyin: 'Shen^Lixing', post: 'technologist' },
  { staffNumber: 'T004', chineseName: '周样例', pinyin: 'Zhou^Yangli', post: 'technologist' },
  { staffNumber: 'T005', chineseName: '方模拟', pinyin: 'Fang^Moni', post: 'technologist' },
  { staffNumber: 'L001', chineseName: '顾组长', pinyin: 'Gu^Zuzhang', post: 'team-leader' },
  { staffNumber: 'R001', chineseName: '程读片', pinyin: 'Cheng^Dupian', post: 'radiologist' },
  { staffNumber: 'H001', chineseName: '苏主任', pinyin: 'Su^Zhuren', post: 'head' },
];

/** A DICOM person name with its ideographic group. */
export function personNameOf(person: { readonly chineseName: string; readonly pinyin: string }): string {
  return `${person.pinyin}=${person.chineseName.slice(0, 1)}^${person.chineseName.slice(1)}`;
}
