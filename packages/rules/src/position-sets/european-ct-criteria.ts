import type { LocalText } from '../local-text.ts';
import { hintsOf, type PositionHint } from './five-blocks.ts';

/** The European criteria of one CT exam. */
export interface EuropeanCtExam {
  readonly code: string;
  /** Group of the document. */
  readonly group: LocalText;
  readonly name: LocalText;
  /** What the exam must be of. */
  readonly description: RegExp;
  readonly hints: readonly PositionHint[];
}

/** The criteria as one piece of data with its version: a hospital sees which it was read with. */
export interface EuropeanCtCriteria {
  readonly version: number;
  readonly edition: LocalText;
  /** Of the standard adult (70 kg, 170 cm). Its doses are those of 1999: alarms use current reference levels. */
  readonly note: LocalText;
  readonly exams: readonly EuropeanCtExam[];
}

const cranium = { zh: '颅脑', en: 'Cranium' };
const spine = { zh: '脊柱', en: 'Spine' };
const chest = { zh: '胸部', en: 'Chest' };
const abdomen = { zh: '腹部与盆腔', en: 'Abdomen and pelvis' };

/**
 * EUR 16262 (1999), pages looked up (S28) but where a line says GKU; an exam of which only the number of its items was
 * found says so. Dose: CTDIw in mGy, DLP in mGy·cm; slices in mm. Domain notes §1.8.
 */
export const europeanCtCriteria: EuropeanCtCriteria = {
  version: 1,
  edition: { zh: '欧洲CT质量标准 EUR 16262(1999)', en: 'European CT criteria, EUR 16262 (1999)' },
  note: {
    zh: '标准成人 70 kg、170 cm;剂量为 1999 年数值,报警用现行诊断参考水平',
    en: 'Standard adult of 70 kg and 170 cm; doses of 1999, alarms use current reference levels',
  },
  exams: [
    {
      code: 'EUR_CT_HEAD',
      group: cranium,
      name: { zh: '头颅常规', en: 'Head, routine' },
      description: /头|颅|脑|HEAD|BRAIN|SKULL/i,
      hints: hintsOf([
        ['diagnostic', '可见:全脑', 'Visualised: the whole brain', 'S28'],
        [
          'diagnostic',
          '锐利:灰白质交界、基底节、脑室、脑脊液间隙',
          'Sharp: border of grey and white matter, basal ganglia, ventricles, CSF spaces',
          'GKU',
        ],
        ['technique', '后颅窝 2–5 mm,大脑半球 5–10 mm', '2–5 mm posterior fossa, 5–10 mm hemispheres', 'GKU'],
        ['dose', 'CTDIw 60 mGy;DLP 1050 mGy·cm', 'CTDIw 60 mGy; DLP 1050 mGy·cm', 'S28'],
      ]),
    },
    {
      code: 'EUR_CT_PETROUS',
      group: cranium,
      name: { zh: '岩骨', en: 'Petrous bone' },
      description: /岩骨|颞骨|内耳|乳突|PETROUS|TEMPORAL BONE|INNER EAR|\bIAC\b/i,
      hints: hintsOf([
        ['diagnostic', '锐利:听小骨、半规管与耳道、耳蜗', 'Sharp: ossicles, canals, cochlea', 'GKU'],
        ['technique', '1–3 mm', '1–3 mm', 'GKU'],
      ]),
    },
    {
      code: 'EUR_CT_VERTEBRAL',
      group: spine,
      name: { zh: '椎体与椎旁(外伤)', en: 'Vertebral and paravertebral (trauma)' },
      description: /椎|脊柱|SPINE|VERTEBRA/i,
      hints: hintsOf([
        [
          'diagnostic',
          '锐利显示 9 项(条文未找到)',
          'Nine items reproduced sharply (their words were not found)',
          'S28',
        ],
        ['technique', '2–5 mm', '2–5 mm', 'S28'],
        ['dose', 'CTDIw 70 mGy;DLP 460 mGy·cm(外伤)', 'CTDIw 70 mGy; DLP 460 mGy·cm (trauma)', 'S28'],
      ]),
    },
    {
      code: 'EUR_CT_CHEST',
      group: chest,
      name: { zh: '胸部常规', en: 'Chest, general' },
      description: /胸(?!椎)|肺(?!动脉)|CHEST|LUNG|THORAX/i,
      hints: hintsOf([
        [
          'diagnostic',
          '可见:胸壁、主动脉与腔静脉、心脏、肺实质、增强后血管',
          'Visualised: chest wall, aorta and vena cava, heart, parenchyma, vessels after contrast',
          'S28',
        ],
        [
          'diagnostic',
          '锐利:主动脉;前纵隔与胸腺残余;气管与主支气管;气管旁组织;隆突与淋巴结;食管;胸膜纵隔界面;肺大中血管;段支气管;肺实质;胸膜胸壁界面',
          'Sharp: aorta; anterior mediastinum with thymic rest; trachea and main bronchi; paratracheal tissue; carina and nodes; oesophagus; pleuro-mediastinal border; large and medium lung vessels; segmental bronchi; parenchyma; border of pleura and wall',
          'S28',
        ],
        ['technique', '7–10 mm,肺尖至肺底', '7–10 mm, apex to base', 'S28'],
        ['dose', 'CTDIw 30 mGy;DLP 650 mGy·cm', 'CTDIw 30 mGy; DLP 650 mGy·cm', 'S28'],
      ]),
    },
    {
      code: 'EUR_CT_MEDIASTINAL_VESSELS',
      group: chest,
      name: { zh: '纵隔血管', en: 'Mediastinal vessels' },
      description: /纵隔血管|肺动脉|胸主动脉|MEDIASTIN|PULMONARY ANGIO|\bCTPA\b|THORACIC AORTA/i,
      hints: hintsOf([
        ['diagnostic', '可见:主动脉、腔静脉、心脏、血管', 'Visualised: aorta, vena cava, heart, vessels', 'S28'],
        [
          'diagnostic',
          '锐利显示 7 项(条文未找到)',
          'Seven items reproduced sharply (their words were not found)',
          'S28',
        ],
      ]),
    },
    {
      code: 'EUR_CT_HRCT',
      group: chest,
      name: { zh: '肺高分辨', en: 'Lung, high resolution' },
      description: /高分辨|HRCT|HIGH RESOLUTION/i,
      hints: hintsOf([
        ['diagnostic', '可见:全肺', 'Visualised: the whole lung', 'S28'],
        [
          'diagnostic',
          '锐利:肺实质、叶间裂、小叶结构、大中小血管、大中小支气管、胸膜界面',
          'Sharp: parenchyma, fissures, lobular structures, large, medium and small vessels and bronchi, pleural borders',
          'S28',
        ],
        ['technique', '1–2 mm,间隔 10–20 mm', '1–2 mm every 10–20 mm', 'S28'],
        ['dose', 'CTDIw 35 mGy;DLP 280 mGy·cm', 'CTDIw 35 mGy; DLP 280 mGy·cm', 'S28'],
      ]),
    },
    {
      code: 'EUR_CT_ABDOMEN',
      group: abdomen,
      name: { zh: '腹部常规', en: 'Abdomen, general' },
      description: /腹|ABDOMEN/i,
      hints: hintsOf([
        [
          'diagnostic',
          '可见:膈、全肝与脾、腹膜后脏器、主动脉与髂动脉近段、腹壁(含疝)、血管',
          'Visualised: diaphragm, whole liver and spleen, retroperitoneal organs, aorta and proximal iliacs, wall with hernia, vessels',
          'S28',
        ],
        [
          'diagnostic',
          '锐利:肝及血管、脾、肠、腹膜后血管旁、胰腺轮廓、十二指肠、肾与上段输尿管、主动脉、分叉与髂动脉、15 mm 以下淋巴结、主动脉分支、腔静脉及属支',
          'Sharp: liver with vessels, spleen, bowel, perivascular retroperitoneum, contour of the pancreas, duodenum, kidneys and upper ureters, aorta, bifurcation and iliacs, nodes below 15 mm, aortic branches, vena cava and tributaries',
          'S28',
        ],
        ['technique', '7–10 mm', '7–10 mm', 'S28'],
        ['dose', 'CTDIw 35 mGy;DLP 800 mGy·cm', 'CTDIw 35 mGy; DLP 800 mGy·cm', 'S28'],
      ]),
    },
    {
      code: 'EUR_CT_LIVER_SPLEEN',
      group: abdomen,
      name: { zh: '肝与脾', en: 'Liver and spleen' },
      description: /肝|脾|LIVER|SPLEEN/i,
      hints: hintsOf([
        [
          'diagnostic',
          '锐利显示 12 项(条文未找到)',
          'Twelve items reproduced sharply (their words were not found)',
          'S28',
        ],
        ['dose', 'CTDIw 35 mGy;DLP 900 mGy·cm', 'CTDIw 35 mGy; DLP 900 mGy·cm', 'S28'],
      ]),
    },
    {
      code: 'EUR_CT_KIDNEYS',
      group: abdomen,
      name: { zh: '肾', en: 'Kidneys' },
      description: /肾|KIDNEY|RENAL|UROGRAPHY/i,
      hints: hintsOf([
        ['diagnostic', '可见:双肾、上段输尿管、血管', 'Visualised: both kidneys, upper ureters, vessels', 'S28'],
        [
          'diagnostic',
          '锐利显示 7 项(条文未找到)',
          'Seven items reproduced sharply (their words were not found)',
          'S28',
        ],
      ]),
    },
  ],
};

/** The European exams that a CT of this description is held against; none for any other modality. */
export const europeanCtExamsFor = (modality: string, description: string): readonly EuropeanCtExam[] =>
  modality === 'CT' ? europeanCtCriteria.exams.filter((exam) => exam.description.test(description)) : [];
