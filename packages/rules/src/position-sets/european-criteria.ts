import { hintsOf, type PositionHint } from './five-blocks.ts';

/**
 * European criteria for radiographs of adults (EUR 16260) by position. The text was not retrieved: every line is general
 * knowledge and unverified. Entrance surface dose in mGy, focus-film distance in cm.
 */
export const europeanCriteria: Readonly<Record<string, readonly PositionHint[]>> = {
  CH01: hintsOf([
    [
      'diagnostic',
      '深吸气屏气(膈上前肋6、后肋10);血管锐利至外周;心后肺与纵隔可见',
      'Full inspiration held (6 anterior or 10 posterior ribs above the diaphragm); vessels sharp to the periphery; retrocardiac lung and mediastinum seen',
      'GKU',
    ],
    ['technique', '125 kV;< 20 ms;180(140–200)cm', '125 kV; < 20 ms; 180 (140–200) cm', 'GKU'],
    ['dose', '0.3 mGy', '0.3 mGy', 'GKU'],
  ]),
  CH02: hintsOf([
    [
      'diagnostic',
      '深吸气;双臂移开;两肺后缘重叠;气管、肋膈角、心后缘、主动脉、胸骨、胸椎锐利',
      'Full inspiration; arms clear; posterior lung edges superposed; trachea, CP angles, posterior heart border, aorta, sternum and T-spine sharp',
      'GKU',
    ],
    ['technique', '125 kV;< 40 ms;180 cm', '125 kV; < 40 ms; 180 cm', 'GKU'],
    ['dose', '1.5 mGy', '1.5 mGy', 'GKU'],
  ]),
  HD01: hintsOf([
    [
      'diagnostic',
      '颅盖、眼眶、岩骨对称;岩骨尖位于眶中心;额窦、筛房、内耳道锐利',
      'Vault, orbits and petrous parts symmetric; petrous apex at the orbit centre; frontal sinus, ethmoid cells and IAC sharp',
      'GKU',
    ],
    ['technique', '70–85 kV;< 100 ms;115 cm', '70–85 kV; < 100 ms; 115 cm', 'GKU'],
    ['dose', '5 mGy', '5 mGy', 'GKU'],
  ]),
  HD02: hintsOf([
    [
      'diagnostic',
      '内外板、鞍底、岩骨尖锐利;前颅窝、蝶骨小翼、床突、耳道重叠;血管沟与骨小梁',
      'Tables, sella floor and petrous apex sharp; anterior fossa, lesser wing, clinoids and ear canals superposed; vessel channels and trabeculae',
      'GKU',
    ],
    ['technique', '70–85 kV;< 100 ms;115 cm', '70–85 kV; < 100 ms; 115 cm', 'GKU'],
    ['dose', '3 mGy', '3 mGy', 'GKU'],
  ]),
  SP03: hintsOf([
    [
      'diagnostic',
      '中部终板呈线状;椎弓根锐利;小关节、横突、骨小梁、腰大肌、骶髂关节',
      'End plates linear in the centre; pedicles sharp; facets, processes, trabeculae, psoas, SI joints',
      'GKU',
    ],
    ['technique', '75–90 kV;< 400 ms;115 cm', '75–90 kV; < 400 ms; 115 cm', 'GKU'],
    ['dose', '10 mGy', '10 mGy', 'GKU'],
  ]),
  SP04: hintsOf([
    [
      'diagnostic',
      '终板呈线状,椎间隙清楚;后缘重叠;椎弓根与椎间孔;棘突;骨小梁锐利',
      'End plates linear, disc spaces; posterior edges superposed; pedicles and foramina; spinous processes; trabeculae sharp',
      'GKU',
    ],
    ['technique', '80–95 kV;< 1000 ms;115 cm', '80–95 kV; < 1000 ms; 115 cm', 'GKU'],
    ['dose', '30 mGy', '30 mGy', 'GKU'],
  ]),
  SP06: hintsOf([
    [
      'diagnostic',
      '腰5下缘与骶1上缘切线位;骶骨上部前缘',
      'L5 lower and S1 upper plate tangential; anterior upper sacrum',
      'GKU',
    ],
    ['technique', '80–100 kV;< 1000 ms;115 cm', '80–100 kV; < 1000 ms; 115 cm', 'GKU'],
    ['dose', '40 mGy', '40 mGy', 'GKU'],
  ]),
  PV01: hintsOf([
    [
      'diagnostic',
      '对称;骶骨与骶孔、骶髂关节、耻坐骨支可见;股骨颈不失真;骨松质与皮质、转子',
      'Symmetric; sacrum and foramina, SI joints, rami; femur necks undistorted; spongiosa and cortex, trochanters',
      'GKU',
    ],
    ['technique', '75–90 kV;< 400 ms;115 cm', '75–90 kV; < 400 ms; 115 cm', 'GKU'],
    ['dose', '10 mGy', '10 mGy', 'GKU'],
  ]),
  AB01: hintsOf([
    [
      'diagnostic',
      '肾上极至膀胱底;肾轮廓、腰大肌;骨清晰;结石 1.0 mm',
      'Upper kidney pole to bladder base; kidney outline, psoas; bones sharp; stone of 1.0 mm',
      'GKU',
    ],
    ['technique', '75–90 kV;< 200 ms;115 cm', '75–90 kV; < 200 ms; 115 cm', 'GKU'],
    ['dose', '10 mGy', '10 mGy', 'GKU'],
  ]),
  BR01: hintsOf([
    ['detail', '微钙化 0.2 mm', 'Microcalcification 0.2 mm', 'GKU'],
    ['technique', '25–35 kV;≤ 2 s;≥ 60 cm', '25–35 kV; ≤ 2 s; ≥ 60 cm', 'GKU'],
    ['dose', '10 mGy(4.5 cm,有栅)', '10 mGy (4.5 cm, with grid)', 'GKU'],
  ]),
  BR02: hintsOf([
    ['detail', '微钙化 0.2 mm', 'Microcalcification 0.2 mm', 'GKU'],
    ['technique', '25–35 kV;≤ 2 s;≥ 60 cm', '25–35 kV; ≤ 2 s; ≥ 60 cm', 'GKU'],
    ['dose', '10 mGy(4.5 cm,有栅)', '10 mGy (4.5 cm, with grid)', 'GKU'],
  ]),
};
