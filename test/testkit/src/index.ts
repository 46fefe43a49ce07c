export { startBrowser } from './browser.ts';
export { dcmdump, echoscu, startStorescp, storescu, type DicomAddress, type Storescp } from './dcmtk.ts';
export { freePorts } from './free-ports.ts';
export { startOrthanc, type Orthanc, type OrthancOptions, type OrthancPeer } from './orthanc.ts';
export { findProgram, runToEnd, startProgram, type Finished, type ProgramOptions, type Running } from './programs.ts';
export { repositoryRoot, temporaryFolder } from './repository.ts';
export { sample, samplesBelow, samplesFolder } from './samples.ts';
export { signIn, startServer, type Server, type ServerOptions, type SignedIn } from './server.ts';
export { waitUntil } from './wait-until.ts';
