import type { LocalText } from './local-text.ts';

/**
 * What the source keys of standards and positions stand for. A key that begins with S was looked up at the place named;
 * GKU and PD were not, so nothing that rests on them is called verified.
 */
export const sources: Readonly<Record<string, LocalText>> = {
  GKU: { zh: '一般知识,未核实', en: 'General knowledge, unverified' },
  PD: { zh: '产品建议值,不是标准', en: 'Product default, no standard' },
  S00: {
    zh: '影像科技术质量管理论文(每日评片、岗位责任制)',
    en: 'Paper on technical quality management (daily film review, post responsibility)',
  },
  S01: { zh: '某院医学影像科质量控制指标(360docs 0d5518839)', en: 'QC indicators of a hospital (360docs 0d5518839)' },
  S02: { zh: '口腔X线室评片制度(zixin 7139116)', en: 'Film review rules of a dental X-ray room (zixin 7139116)' },
  S03: {
    zh: '放射科影像检查技术评价制度(360docs 1210997951)',
    en: 'Technique review rules of a department (360docs 1210997951)',
  },
  S05: { zh: '浙江省放射科影像技术和诊断质量评价指南(2011)', en: 'Zhejiang guide on imaging quality (2011)' },
  S09: {
    zh: '腕关节后前位质量评价(novel.qq 1036534764)',
    en: 'Wrist PA with quality assessment (novel.qq 1036534764)',
  },
  S10: { zh: '照片标记、距离与呼吸(med126)', en: 'Film marks, distances, breathing (med126)' },
  S11: { zh: '医学影像质量管理及评价课件(mdjjksjc)', en: 'Course on image-quality management (mdjjksjc)' },
  S12: { zh: '腰椎侧位标准(asch 2763)', en: 'Lumbar lateral standard (asch 2763)' },
  S14: { zh: '膝关节侧位屈曲角度(laixue 5232676)', en: 'Knee lateral flexion (laixue 5232676)' },
  S15: { zh: '膝关节侧位与髌骨轴位(274949 t26588544)', en: 'Knee lateral and patella axial (274949 t26588544)' },
  S16: { zh: '颅骨后前位(tsu.tw 377515)', en: 'Skull PA (tsu.tw 377515)' },
  S17: {
    zh: '普通X线摄影体位显示标准(360docs d818060907)',
    en: 'Display standards of 15 positions (360docs d818060907)',
  },
  S19: { zh: '腰椎正位标准影像(livelovelifegateway)', en: 'Lumbar AP standard image (livelovelifegateway)' },
  S20: { zh: '汤氏位(tsu.tw 418642)', en: 'Towne (tsu.tw 418642)' },
  S21: { zh: '眼眶正位(examk 2542733650)', en: 'Orbit PA (examk 2542733650)' },
  S22: {
    zh: '北京X线检查共享指南2011,颈椎(fx361 16208089)',
    en: 'Beijing sharing guide 2011, cervical spine (fx361 16208089)',
  },
  S23: { zh: '脊柱摄影体位(renrendoc 223730848)', en: 'Spine positions (renrendoc 223730848)' },
  S24: { zh: '手部摄影(tsu.tw 399139)', en: 'Hand (tsu.tw 399139)' },
  S25: { zh: '肱骨摄影(tsu.tw 418605)', en: 'Humerus (tsu.tw 418605)' },
  S26: { zh: '肱骨正位(ykpass 99086)', en: 'Humerus AP (ykpass 99086)' },
  S27: { zh: '踝关节摄影(esmavibe 10783804)', en: 'Ankle positioning (esmavibe 10783804)' },
  S29: { zh: 'CT 窗宽窗位(rinaloveslife)', en: 'CT windows (rinaloveslife)' },
  S37: {
    zh: 'radser.com:ACR CT 每日质控;ACR CT 质控手册目录',
    en: 'radser.com: ACR CT daily QC; ACR CT QC manual listing',
  },
  S40: { zh: 'WS/T 263-2006 目录与方法文字', en: 'WS/T 263-2006, listing and method text' },
  S42: { zh: 'PMC9359023:按场强的 ACR 磁共振限值', en: 'PMC9359023: ACR MR limits by field strength' },
  S43: { zh: 'jrkerns/pylinac(ACR CT/MR 分析)', en: 'jrkerns/pylinac (ACR CT and MR analysis)' },
  S45: { zh: 'GSTT-CSC/hazen', en: 'GSTT-CSC/hazen' },
  S46: { zh: 'ACR CT 体模(scribd 613302906)', en: 'ACR CT phantom (scribd 613302906)' },
  S28: { zh: '欧洲CT质量标准 EUR 16262(1999)', en: 'European CT criteria, EUR 16262 (1999)' },
  S54: { zh: 'DICOM PS3.16 代码表(经 pydicom 核对)', en: 'DICOM PS3.16 context groups (checked against pydicom)' },
  S38: {
    zh: 'WS/T 637-2018 CT 诊断参考水平(数值未核对原文)',
    en: 'WS/T 637-2018 CT reference levels (figures not checked against it)',
  },
  S95: { zh: 'X 线成像理论讲义(dybbs8 4351712)', en: 'X-ray imaging theory notes (dybbs8 4351712)' },
  S39: { zh: '上海儿童 CT 剂量调查', en: 'Shanghai survey of CT dose in children' },
  S60: { zh: 'IEC 62494-1 偏差指数公式', en: 'IEC 62494-1, formula of the deviation index' },
  S61: { zh: 'DICOM PS3.16 剂量报告模板代码', en: 'DICOM PS3.16 dose report templates' },
  S65: {
    zh: 'AAPM TG-204/220 换算系数的公开实现',
    en: 'Conversion factors of AAPM TG-204/220, public implementations',
  },
  S66: { zh: 'CT 摆位偏心(PMC6560313)', en: 'CT mis-centring (PMC6560313)' },
  S67: {
    zh: '全局噪声水平的公开代码(Christianson, AJR 2015;Kuo 2024)',
    en: 'Public code of the global noise level (Christianson, AJR 2015; Kuo 2024)',
  },
  S68: { zh: 'nipreps/mriqc 的公式', en: 'Formulae of nipreps/mriqc' },
};
