import type { LocalText, Sourced } from '../local-text.ts';

/** What a position's page and the score sheet show beside the signs of the library. */
export type HintKind = 'diagnostic' | 'detail' | 'positioning' | 'technique' | 'dose' | 'density';

/** One hint of one position (or exam of CT, MR), with where it comes from. */
export interface PositionHint extends Sourced {
  readonly kind: HintKind;
  readonly text: LocalText;
}

type Line = readonly [kind: HintKind, zh: string, en: string, source: string];

/** Lines as data files write them; a line that rests on general knowledge or a default is not verified. */
export const hintsOf = (lines: readonly Line[]): readonly PositionHint[] =>
  lines.map(([kind, zh, en, source]) => ({
    kind,
    text: { zh, en },
    source,
    verified: source.split(', ').every((key) => key.startsWith('S')),
  }));

/**
 * The five blocks of the Chinese draft (诊断学要求, 体位显示标准, 成像技术, 体表入射剂量, 选点密度) for the seven positions; what
 * was not found is left out, never guessed. Units stand in the text. Sources: domain notes §1.5, keys in sources.ts.
 */
export const fiveBlocks: Readonly<Record<string, readonly PositionHint[]>> = {
  HD02: hintsOf([
    ['diagnostic', '内外板、血管沟、蝶鞍清晰', 'Inner and outer table, vessel grooves, sella clear', 'S11'],
    ['detail', '0.3–0.5 mm', '0.3–0.5 mm', 'S11'],
    [
      'positioning',
      '蝶鞍居中略前,鞍底呈单边;前颅窝底呈单线;两侧外耳孔与岩骨重叠;包括全颅与下颌升支',
      'Sella central or a little anterior with a single-line floor; anterior fossa floor a single line; both ear canals and petrous parts superimposed; whole skull and mandibular ramus included',
      'S11',
    ],
    [
      'technique',
      '75–80 kV;25–30 mAs;< 100 ms;自动曝光中间电离室;焦片距 100–120 cm;小焦点 0.6;滤线栅 10:1',
      '75–80 kV; 25–30 mAs; < 100 ms; AEC centre; FFD 100–120 cm; focus 0.6; grid 10:1',
      'S11',
    ],
    ['dose', '体表入射剂量 < 3.0 mGy', 'Entrance surface dose < 3.0 mGy', 'S11'],
    [
      'density',
      '颅内前后中点 0.45–0.50;鞍内 0.55–0.65',
      'Mid AP intracranial 0.45–0.50; in the sella 0.55–0.65',
      'S11',
    ],
  ]),
  SP04: hintsOf([
    [
      'diagnostic',
      '骨皮质与骨小梁清晰;椎弓根、椎间孔与邻近软组织可见;小关节、腰骶关节、棘突可见',
      'Cortex and trabeculae sharp; pedicles, foramina and soft tissue; facets, lumbosacral joint and spinous processes seen',
      'S12',
    ],
    ['detail', '0.5 mm', '0.5 mm', 'S12'],
    ['positioning', '第11胸椎至第2骶椎;无双边影', 'T11–S2; no double contours', 'S12'],
    [
      'technique',
      '80–95 kV;< 1000 ms;焦点 ≤ 1.3;滤过 ≥ 3.0 mm Al;滤线栅 ≥ 10:1;距离 100–120 cm;性腺防护',
      '80–95 kV; < 1000 ms; focus ≤ 1.3; filtration ≥ 3.0 mm Al; grid ≥ 10:1; SID 100–120 cm; gonad shield',
      'S12',
    ],
    ['dose', '体表入射剂量 < 30 mGy', 'Entrance surface dose < 30 mGy', 'S12'],
    [
      'density',
      '腰3中心 1.1–1.3;腰3棘突 2.0–2.2;腰3/4间隙 1.0–1.4;腰骶关节 0.5–0.7',
      'L3 centre 1.1–1.3; L3 spinous 2.0–2.2; L3/4 disc 1.0–1.4; LS joint 0.5–0.7',
      'S12',
    ],
  ]),
  LL02: hintsOf([
    [
      'diagnostic',
      '股骨远端与胫骨近端骨小梁清晰;髌骨隐约可见;软组织可见',
      'Trabeculae of distal femur and proximal tibia clear; patella faint; soft tissue seen',
      'S11',
    ],
    ['detail', '0.3–0.5 mm', '0.3–0.5 mm', 'S11'],
    ['positioning', '关节居中,间隙开放', 'Joint centred, space open', 'GKU'],
    ['technique', '55–65 kV;距离 100 cm', '55–65 kV; SID 100 cm', 'GKU'],
  ]),
  LL03: hintsOf([
    [
      'diagnostic',
      '髌骨呈侧位,髌股间隙开放,两髁重叠,骨小梁清晰',
      'Patella in profile, femoropatellar space open, condyles superimposed, trabeculae clear',
      'GKU',
    ],
    ['detail', '0.3–0.5 mm', '0.3–0.5 mm', 'GKU'],
    ['positioning', '屈曲 120–135°', 'Flexion 120–135°', 'S14, S15'],
    ['technique', '55–65 kV', '55–65 kV', 'GKU'],
  ]),
  HD01: hintsOf([
    [
      'diagnostic',
      '额窦、筛窦、岩骨尖、内耳道清晰',
      'Frontal and ethmoid sinuses, petrous tips, internal ear canals clear',
      'S16',
    ],
    ['detail', '0.3–0.5 mm', '0.3–0.5 mm', 'GKU'],
    [
      'positioning',
      '颅顶(+2 cm)至下颌,两耳;眶外缘至颅缘等距;岩骨上缘位于眶中心',
      'Vertex (+2 cm) to mandible, both ears; outer orbital margins equidistant from the skull edge; petrous top at the orbit centre',
      'S16',
    ],
    ['technique', '70–80 kV;自动曝光中间电离室', '70–80 kV; AEC centre', 'S16'],
    ['dose', '体表入射剂量 5 mGy', 'Entrance surface dose 5 mGy', 'GKU'],
  ]),
  CH01: hintsOf([
    [
      'diagnostic',
      '肺纹理自肺门向外清晰,肋骨、膈、心缘锐利;透过纵隔见第1–4胸椎',
      'Lung markings from the hila outwards, ribs, diaphragm, heart border sharp; T1–4 through the mediastinum',
      'S17',
    ],
    [
      'detail',
      '圆形 0.7 mm(高对比)/ 2 mm(低对比);线形 0.3 / 2 mm',
      'Round 0.7 mm (high) / 2 mm (low contrast); linear 0.3 / 2 mm',
      'GKU',
    ],
    [
      'positioning',
      '胸锁关节对称;肩胛骨在肺野外;肺尖高于锁骨;两肋膈角',
      'SC joints symmetric; scapulae outside the lung; apex above the clavicle; both CP angles',
      'S17',
    ],
    [
      'technique',
      '110–125 kV;距离 150–180(心脏 200)cm;< 20 ms',
      '110–125 kV; SID 150–180 (heart 200) cm; < 20 ms',
      'GKU',
    ],
    ['dose', '体表入射剂量 0.3 mGy', 'Entrance surface dose 0.3 mGy', 'GKU'],
  ]),
  SP03: hintsOf([
    ['diagnostic', '腰1–5结构清晰,腰大肌轮廓可见', 'L1–5 structure clear, psoas outline', 'S19'],
    ['detail', '0.3–0.5 mm', '0.3–0.5 mm', 'GKU'],
    [
      'positioning',
      '腰3居中,棘突居中线,腰3上下缘切线位;两骶髂关节对称并包括在内',
      'L3 at the centre; spinous processes midline; L3 end plates tangential; both SI joints symmetric and included',
      'S19',
    ],
    ['technique', '75–90 kV;< 400 ms', '75–90 kV; < 400 ms', 'GKU'],
    ['dose', '体表入射剂量 10 mGy', 'Entrance surface dose 10 mGy', 'GKU'],
  ]),
};
