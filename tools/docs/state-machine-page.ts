import {
  appealTable,
  circuitTable,
  consultationTable,
  crossCheckTable,
  describeTable,
  examTable,
  filmTable,
  forwardTable,
  gateTable,
  meetingTable,
  orderTable,
  parameterTableTable,
  correctionTable,
  rejectionTable,
  repeatTable,
  mailTable,
  reviewTaskTable,
  teachingCaseTable,
} from '@jiapian/rules';
import type { Language } from './language.ts';

type Words = Readonly<Record<Language, string>>;

const machines: readonly { readonly title: Words; readonly text: Words; readonly diagram: string }[] = [
  {
    title: { 'zh-CN': '检查', en: 'Exam' },
    text: {
      'zh-CN':
        '`receiving` 接收中,`ready` 收齐。静止一段时间(默认 60 秒)或有人按「结束接收」即收齐;之后再来的图像会重新打开。',
      en: '`receiving` objects are coming, `ready` complete. Complete after a quiet period (60 s by default) or when a person ends it; a later object opens it again.',
    },
    diagram: describeTable(examTable, 'receiving'),
  },
  {
    title: { 'zh-CN': '闸门', en: 'Gate' },
    text: {
      'zh-CN':
        '`none` 未到闸门,`held` 扣留,`released` 已放行,`returned` 全部评废、不放行。每个检查一道闸门。已经发出的由拒绝通知召回。',
      en: '`none` not at the gate yet, `held`, `released`, `returned` every film is rejected. One gate for each exam. What has left is called back by a rejection note.',
    },
    diagram: describeTable(gateTable, 'none'),
  },
  {
    title: { 'zh-CN': '片子', en: 'Film' },
    text: {
      'zh-CN': '`waiting` 待评,`missed` 漏评,`graded` 已评,`late-reviewed` 补评,`not-sampled` 未抽中。评片锁不是状态。',
      en: '`waiting`, `missed` left unread, `graded`, `late-reviewed` read after it had left, `not-sampled` left out by a draw. The lock of a reader is no state.',
    },
    diagram: describeTable(filmTable, 'waiting'),
  },
  {
    title: { 'zh-CN': '复评', en: 'Second reading' },
    text: {
      'zh-CN': '第二人评片、本人再评、仲裁、申诉裁定。`open` 待评,`done` 已评,`void` 所评的评级已撤销或申诉已撤回。',
      en: 'Second and repeat readings, arbitrations, decisions on appeals. `open`, `done`, `void` when the grade it is about was taken back or the appeal was.',
    },
    diagram: describeTable(reviewTaskTable, 'open'),
  },
  {
    title: { 'zh-CN': '申诉', en: 'Appeal' },
    text: {
      'zh-CN': '`open` 待裁定,`upheld` 维持,`changed` 改评,`withdrawn` 撤回。',
      en: '`open`, `upheld`, `changed`, `withdrawn`.',
    },
    diagram: describeTable(appealTable, 'open'),
  },
  {
    title: { 'zh-CN': '教学病例', en: 'Teaching case' },
    text: {
      'zh-CN':
        '`requested` 正在去标识,`prepared` 程序核查通过、待人工确认,`confirmed` 已收入,`failed` 核查未通过,`refused` 不收入。',
      en: '`requested` is being de-identified, `prepared` the check found nothing and a person must look, `confirmed`, `failed`, `refused`.',
    },
    diagram: describeTable(teachingCaseTable, 'requested'),
  },
  {
    title: { 'zh-CN': '邮件通知', en: 'Mail notice' },
    text: {
      'zh-CN': '`waiting` 等待发送,`sent` 邮件服务器已接收,`failed` 需要人处理。',
      en: '`waiting` for its next attempt, `sent` the mail server took it, `failed` a person must look.',
    },
    diagram: describeTable(mailTable, 'waiting'),
  },
  {
    title: { 'zh-CN': '评片会', en: 'Meeting' },
    text: {
      'zh-CN': '`look` 看片,`voting` 投票中,`revealed` 已揭示,`closed` 已结束,记录不再改。',
      en: '`look` the film is on the screen, `voting`, `revealed`, `closed`: its minutes are final.',
    },
    diagram: describeTable(meetingTable, 'look'),
  },
  {
    title: { 'zh-CN': '会诊', en: 'Consultation' },
    text: {
      'zh-CN':
        '`asked` 已提请,`judging` 各自评,互不可见,`open` 意见已公开,`signed` 主持已签发,`declined` 未采纳,`withdrawn` 提请人撤回,`called-off` 中止。',
      en: '`asked`, `judging` apart and hidden from one another, `open` the opinions are shown, `signed` by the chair, `declined`, `withdrawn` by whoever asked, `called-off`.',
    },
    diagram: describeTable(consultationTable, 'asked'),
  },
  {
    title: { 'zh-CN': '互评', en: 'Cross-check' },
    text: {
      'zh-CN': '`open` 等抽中的同事,`done` 已评,`lapsed` 过期未评。',
      en: '`open` waits for the colleague it was drawn for, `done`, `lapsed` nobody came in time.',
    },
    diagram: describeTable(crossCheckTable, 'open'),
  },
  {
    title: { 'zh-CN': '转发', en: 'Forward' },
    text: {
      'zh-CN':
        '一个对象发往一个目的地。`failed` 自动重试;`refused`(对方拒绝)和 `parked`(次数用完)等人处理;`cancelled` 不再发。',
      en: 'One object on its way to one destination. `failed` is tried again by itself; `refused` (the peer said no) and `parked` (attempts spent) wait for a person; `cancelled` is not sent.',
    },
    diagram: describeTable(forwardTable, 'queued'),
  },
  {
    title: { 'zh-CN': '拒绝通知', en: 'Rejection' },
    text: {
      'zh-CN':
        '一个归档被告知的废片。`sent` 已收下,效果未知;`hidden` 查询已查不到;`visible` 仍能查到,待人工;`task` 归档不认识通知,待人工;`done` 已人工处理;`taken-back` 已撤销。',
      en: 'What one archive is told of rejected objects. `sent` taken, effect unknown; `hidden` a search no longer finds them; `visible` it still does, a person must act; `task` the archive does not understand notes; `done` by hand; `taken-back`.',
    },
    diagram: describeTable(rejectionTable, 'queued'),
  },
  {
    title: { 'zh-CN': '更正', en: 'Correction' },
    text: {
      'zh-CN':
        '与收到的数据并列的一条事实。`proposed` 等第二人签字或等人确认消息;`in-force` 有效;`refused` 从未生效;`undone` 由另一条事实撤销。',
      en: 'A fact beside what was received. `proposed` a second person has to sign, or to believe a message; `in-force`; `refused` it never stood; `undone` by another fact.',
    },
    diagram: describeTable(correctionTable, 'proposed'),
  },
  {
    title: { 'zh-CN': '重拍单', en: 'Repeat order' },
    text: {
      'zh-CN': '`open` 待重拍,`done` 已重拍(关联到新片,或有人说已拍),`cancelled` 不再重拍,写明原因。',
      en: '`open`, `done` linked to the new film or closed by a person, `cancelled` with a reason.',
    },
    diagram: describeTable(repeatTable, 'open'),
  },
  {
    title: { 'zh-CN': '目的地的通路', en: 'Way to a destination' },
    text: {
      'zh-CN': '`closed` 正常发送,`open` 连续三轮没有应答、暂停,`half-open` 用一个对象试探。',
      en: '`closed` it is sent to; `open` three rounds without an answer, left alone for a while; `half-open` one object is on trial.',
    },
    diagram: describeTable(circuitTable, 'closed'),
  },
  {
    title: { 'zh-CN': '检查参数表', en: 'Exam parameter table' },
    text: {
      'zh-CN':
        '`draft` 草稿,`owner-signed` 设备负责人已签,`leader-signed` 组长已签,`in-force` 现行(两人都签),`superseded` 被新版代替,`dropped` 作废。修改会使签名作废;生效后不再改变。',
      en: '`draft`, `owner-signed` and `leader-signed` one of the two has signed, `in-force` both have, `superseded` by the next version, `dropped`. An edit voids a signature; what was in force never changes.',
    },
    diagram: describeTable(parameterTableTable, 'draft'),
  },
  {
    title: { 'zh-CN': '申请单', en: 'Order' },
    text: {
      'zh-CN':
        '`expected` 待检,`started` 设备已开始(MPPS),`arrived` 图像已到,`done` 已完成,`cancelled` 已取消,`discontinued` 设备中止。已有图像的申请不能再取消。',
      en: '`expected`, `started` by the modality (MPPS), `arrived` images are here, `done`, `cancelled`, `discontinued` by the modality. An order with images is not cancelled any more.',
    },
    diagram: describeTable(orderTable, 'expected'),
  },
];

const head: Words = {
  'zh-CN': `# 状态机

[English](state-machines.en.md)

每个状态机是 \`packages/rules/src\` 里一张冻结的表 (状态, 事件) → 状态。表里没有的组合不改变任何东西。下面的图由表生成(\`node tools/generate-reference-pages.ts\`),测试保证不过时。`,
  en: `# State machines

[中文](state-machines.md)

Each machine is one frozen table (state, event) → state in \`packages/rules/src\`. A pair that is not in the table changes nothing. The diagrams are generated from the tables (\`node tools/generate-reference-pages.ts\`); a test fails when they are stale.`,
};

/** The diagrams of all state machines, with one line each about their states. */
export function stateMachinePage(language: Language): string {
  const sections = machines.map(
    ({ title, text, diagram }) => `## ${title[language]}\n\n${text[language]}\n\n\`\`\`mermaid\n${diagram}\`\`\``,
  );
  return `${[head[language], ...sections].join('\n\n')}\n`;
}
