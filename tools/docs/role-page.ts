import fs from 'node:fs';
import path from 'node:path';
import { permissions, permissionsOfRole, roles, type Permission } from '@jiapian/contract';
import type { Language } from './language.ts';

type Words = Readonly<Record<Language, string>>;

/** Which role may do what, from the table that the server asks. */
export function rolePage(root: string, language: Language): string {
  const names = namesOf(root, language);
  const columns = roles.map((role) => names[role] ?? role);
  const rows = permissions.map((permission) => {
    const marks = roles.map((role) => (permissionsOfRole[role].includes(permission) ? '●' : ''));
    return `| ${meanings[permission][language]} \`${permission}\` | ${marks.join(' | ')} |`;
  });
  const title = language === 'en' ? 'Permission' : '权限';
  const table = [`| ${title} | ${columns.join(' | ')} |`, `| --- |${' :-: |'.repeat(roles.length)}`, ...rows];
  const codes = roles.map((role, at) => `${columns[at]} \`${role}\``).join(' · ');
  return `${head[language]}\n\n${codes}\n\n${table.join('\n')}\n`;
}

function namesOf(root: string, language: Language): Readonly<Record<string, string>> {
  const file = path.join(root, 'apps/web/src/locales', language, 'shell.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { role: Record<string, string> }).role;
}

const head: Words = {
  'zh-CN': `# 角色与权限

[English](roles.en.md)

一个人可以有几个角色,权限相加。没有列出的就是不许。权限在服务器上检查。下表由程序里的表生成(\`node tools/generate-reference-pages.ts\`)。`,
  en: `# Roles and permissions

[中文](roles.md)

A person may have several roles; the permissions add up. What is not listed is not allowed. The server checks. The table is generated from the one in the code (\`node tools/generate-reference-pages.ts\`).`,
};

const meanings: Readonly<Record<Permission, Words>> = {
  'exams.read': { 'zh-CN': '看检查登记、QIDO-RS 检索', en: 'See the exam register, search by QIDO-RS' },
  'exams.correct': { 'zh-CN': '改技师、改体位、结束接收', en: 'Correct technologist and position, end reception' },
  'exams.order': { 'zh-CN': '录入申请单', en: 'Enter orders' },
  'exams.export': { 'zh-CN': '导出检查与评片列表', en: 'Export exams and worklist' },
  'archive.read': { 'zh-CN': '看图像、下载原文件、WADO-RS', en: 'See images, download originals, WADO-RS' },
  'intake.upload': { 'zh-CN': '上传、STOW-RS', en: 'Upload, STOW-RS' },
  'intake.quarantine': { 'zh-CN': '处理隔离与冲突', en: 'Deal with quarantine and conflicts' },
  'review.read': { 'zh-CN': '看评片列表与片子', en: 'See worklist and films' },
  'review.grade': { 'zh-CN': '评片、撤销、关闭重拍单', en: 'Grade, undo, close repeat orders' },
  'review.unlock': { 'zh-CN': '接手别人锁定的片子', en: "Take over a film from another reader's lock" },
  'review.arbitrate': { 'zh-CN': '仲裁', en: 'Settle two readings (arbitration)' },
  'review.plan': { 'zh-CN': '抽样方案、抽取、复评规则', en: 'Sampling plan, draws, rules of double reading' },
  'review.appeal': { 'zh-CN': '对本人片子申诉', en: 'Appeal the grade of own films' },
  'consultations.ask': { 'zh-CN': '提请会诊、看本人提请的会诊', en: 'Ask for a consultation, see what became of it' },
  'consultations.judge': { 'zh-CN': '参加会诊、看会诊记录', en: 'Judge in consultations, see their minutes' },
  'consultations.chair': { 'zh-CN': '召集与主持会诊、签发', en: 'Convene, chair and sign consultations' },
  'self-checks.check': { 'zh-CN': '自评本人片子、互评抽到的片子', en: 'Self-check own films, cross-check drawn ones' },
  'teaching.read': { 'zh-CN': '看教学片库、做测验', en: 'Read the teaching file, take quizzes' },
  'teaching.manage': {
    'zh-CN': '收入教学片库、确认去标识、建教学集、看众人测验成绩',
    en: 'Take films into the teaching file, confirm them, make collections, see quiz results of all',
  },
  'teaching.download': { 'zh-CN': '下载去标识的 DICOM 文件', en: 'Download de-identified DICOM files' },
  'analysis.read': {
    'zh-CN': '看测量统计、曝光、剂量、提示规则',
    en: 'See figures, exposure, dose and the rules of hints',
  },
  'analysis.manage': { 'zh-CN': '重新启用静默的规则', en: 'Give a silenced rule another chance' },
  'standards.read': { 'zh-CN': '看评片标准', en: 'See the review standard' },
  'standards.manage': { 'zh-CN': '改评片标准、试算、发布', en: 'Change, simulate and publish review standards' },
  'protocols.read': {
    'zh-CN': '看检查参数表、偏离、漂移、计算器',
    en: 'See parameter tables, deviations, drift, calculators',
  },
  'protocols.manage': {
    'zh-CN': '起草与修改检查参数表、控制台二维码、计算器限值',
    en: 'Draft and edit parameter tables, console codes, limits of calculators',
  },
  'protocols.sign': { 'zh-CN': '以设备负责人签署检查参数表', en: 'Sign parameter tables as owner of the device' },
  'protocols.lead': { 'zh-CN': '以组长签署检查参数表', en: 'Sign parameter tables as leader' },
  'release.read': { 'zh-CN': '看放行页', en: 'See the release page' },
  'release.decide': { 'zh-CN': '提前放行', en: 'Release an exam before its time' },
  'release.operate': { 'zh-CN': '重试转发、测试 PACS', en: 'Retry forwards, test the PACS' },
  'organization.read': { 'zh-CN': '看科室、设备、人员', en: 'See department, devices, staff' },
  'organization.manage': {
    'zh-CN': '管理设备、PACS、规则、机房、人员、操作者名',
    en: 'Manage devices, PACS, rules, rooms, staff, operator names',
  },
  'access.manage': { 'zh-CN': '管理帐号与接口令牌', en: 'Manage accounts and tokens' },
  'audit.read': { 'zh-CN': '看审计、校验链', en: 'See the audit trail, verify the chain' },
};
