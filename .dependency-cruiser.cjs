// Which way the house points. The table of the rooms is data: tools/permitted-edges.json.
const swc = require('@swc/core');
const { edges, everyone } = require('./tools/permitted-edges.json');

// The cruiser gives its parser no way to say that a file holds JSX.
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync.call(swc, file, { ...options, tsx: file.endsWith('.tsx') });

const server = '^apps/server/src/';
const rooms = Object.keys(edges);
const isRoom = `${server}(${rooms.join('|')})/`;
/** Tests may look at anything they test; what ships may not. */
const notTests = '\\.(test|fixture)\\.tsx?$';

const packageMayReach = (name, reachable) => ({
  name: `${name}-reaches-only-${reachable.join('-') || 'nothing'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: notTests },
  to: { path: '^(packages|apps|test|bench|tools)/', pathNot: `^packages/(${[name, ...reachable].join('|')})/` },
});

/** I/O does not belong to these: Node's own modules and npm packages stay out. */
const packageIsPure = (name) => ({
  name: `${name}-imports-no-package`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: notTests },
  to: {
    dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
    pathNot: '^packages/|@jiapian/',
  },
});

const roomRules = rooms.map((room) => ({
  name: `${room}-opens-only-permitted-doors`,
  severity: 'error',
  from: { path: `${server}${room}/`, pathNot: notTests },
  to: {
    path: isRoom,
    pathNot: [
      `${server}${room}/`,
      ...[...edges[room], ...(everyone.includes(room) ? [] : everyone)].map((other) => `${server}${other}/index\\.ts$`),
    ],
  },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    packageMayReach('kernel', []),
    packageMayReach('dicom', ['kernel']),
    packageMayReach('rules', ['kernel', 'dicom']),
    packageMayReach('simulator', ['kernel', 'dicom']),
    packageMayReach('contract', ['kernel']),
    packageIsPure('kernel'),
    packageIsPure('rules'),
    {
      name: 'contract-knows-only-the-schema-library',
      severity: 'error',
      from: { path: '^packages/contract/src/', pathNot: notTests },
      to: { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    },
    {
      name: 'platform-never-knows-a-room',
      severity: 'error',
      from: { path: `${server}platform/`, pathNot: notTests },
      to: { path: [isRoom, `${server}[^/]+\\.ts$`, `${server}cli/`, '^packages/(rules|simulator)/', '^apps/web/'] },
    },
    {
      name: 'rooms-know-neither-command-line-nor-composition',
      severity: 'error',
      from: { path: isRoom, pathNot: notTests },
      to: { path: [`${server}cli/`, `${server}[^/]+\\.ts$`, '^apps/web/'] },
    },
    {
      name: 'simulator-only-from-the-command-line',
      severity: 'error',
      from: { path: server, pathNot: [`${server}cli/`, notTests] },
      to: { path: '^packages/simulator/' },
    },
    {
      name: 'unlisted-room',
      comment: 'A new folder of the server is entered in tools/permitted-edges.json first.',
      severity: 'error',
      from: { path: `${server}[^/]+/`, pathNot: [isRoom, `${server}(platform|cli)/`] },
      to: {},
    },
    {
      name: 'web-reaches-only-contract-kernel-rules',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: notTests },
      to: { path: '^(apps|packages|test|tools|bench)/', pathNot: ['^apps/web/', '^packages/(contract|kernel|rules)/'] },
    },
    {
      name: 'nothing-shipped-knows-the-tests',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: notTests },
      to: { path: ['^(test|bench|tools)/', notTests] },
    },
    ...roomRules,
  ],
  options: {
    // Under TypeScript 7 the built-in parser reads nothing; the number of modules is asserted where this is run.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.tmp|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
